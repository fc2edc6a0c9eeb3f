"""What the office and support can be reached by, on any page."""

from config import numbers
from config.templatetags.office import office, request_number


def test_the_office_is_reached_as_the_settings_say(settings):
    settings.OFFICE_PHONE, settings.OFFICE_HOURS = "0917-1", "9–17"

    assert office() == {"phone": "0917-1", "hours": "9–17"}


def test_the_number_is_that_of_the_request():
    assert numbers.give() == request_number()
