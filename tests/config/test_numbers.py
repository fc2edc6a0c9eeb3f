"""Each request has its number, and the log knows it."""

import logging

from config import numbers


def test_each_request_has_another_number():
    given = [numbers.give() for _time in range(100)]

    assert len(set(given)) == 100
    assert {len(number) for number in given if number.isdigit()} == {10}
    assert numbers.current() == given[-1]


def test_a_record_of_the_log_has_the_number():
    record = logging.makeLogRecord({"msg": "x"})
    number = numbers.give()

    assert numbers.Numbered().filter(record)
    assert record.number == number


def test_each_handler_of_the_settings_numbers_its_records(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["numbered"]]
    [form] = settings.LOGGING["formatters"].values()
    assert "{number}" in form["format"]
