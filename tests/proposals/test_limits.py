"""A limit as two fields of a form: what is typed, what is shown, what is refused."""

import pytest
from django import forms

from proposals.deadlines import Limit
from proposals.limits import LimitFormField, LimitWidget


class LimitForm(forms.Form):
    limit = LimitFormField(required=False)


@pytest.mark.parametrize(
    ("number", "unit", "limit"),
    [
        ("3", "months", Limit(3, "months")),
        ("5", "working_days", Limit(5, "working_days")),
        ("10", "days", Limit(10, "days")),
        ("", "months", None),
        ("", "", None),
    ],
)
def test_a_number_and_its_unit_are_a_limit_and_no_number_is_none(number, unit, limit):
    form = LimitForm({"limit_0": number, "limit_1": unit})

    assert form.is_valid()
    assert form.cleaned_data["limit"] == limit


@pytest.mark.parametrize(
    ("number", "unit"),
    [("0", "months"), ("-3", "months"), ("x", "days"), ("3", "years"), ("367", "days")],
)
def test_what_is_no_limit_is_refused(number, unit):
    assert not LimitForm({"limit_0": number, "limit_1": unit}).is_valid()


def test_a_number_without_a_unit_is_refused():
    form = LimitForm({"limit_0": "3", "limit_1": ""})

    codes = [error.code for error in form.errors.as_data()["limit"]]
    assert codes == ["unit_missing"]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (Limit(6, "months"), [6, "months"]),
        ("5 working_days", [5, "working_days"]),
        (None, [None, "months"]),
        ("", [None, "months"]),
    ],
)
def test_a_limit_is_shown_as_its_number_and_its_unit(kept, shown):
    assert LimitWidget().decompress(kept) == shown
