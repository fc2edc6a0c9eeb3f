"""What a refusal says, by its codes, and that it leaves everything as it was."""

import pytest
from django.core.exceptions import ValidationError

from disclosure.models import DisclosureRequest


def refused(deed, *args, **kwargs):
    """The codes with which a deed is refused."""
    with pytest.raises(ValidationError) as refusal:
        deed(*args, **kwargs)
    return codes(refusal)


def codes(refused):
    """The codes of a ValidationError that pytest caught."""
    return codes_of(refused.value)


def codes_of(error):
    """The codes of a ValidationError, of all its fields together."""
    fields = error.error_dict.values() if hasattr(error, "error_dict") else [[error]]
    every = [each for errors in fields for each in errors]
    return sorted(each.code for error in every for each in error.error_list)


def stored(case):
    """Everything that is kept of a case, to see that nothing has changed."""
    row = DisclosureRequest.objects.filter(pk=case.pk).values().get()
    return row, case.events.count(), case.consultations.count()
