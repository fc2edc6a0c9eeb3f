"""The statutory forms of the yearly report, by edition."""

from casework.tables import Form
from disclosure.annual_forms.edition_2014 import FORM_2014
from disclosure.annual_forms.edition_2019 import FORM_2019
from disclosure.annual_forms.edition_2021 import FORM_2021

FORMS = {form.edition: form for form in (FORM_2014, FORM_2019, FORM_2021)}


def form_for(year: int) -> Form:
    """The edition that the report of the year is made with."""
    if year >= 2021:
        return FORM_2021
    return FORM_2019 if year >= 2019 else FORM_2014


__all__ = ["FORMS", "FORM_2014", "FORM_2019", "FORM_2021", "form_for"]
