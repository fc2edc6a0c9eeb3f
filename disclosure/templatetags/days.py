"""Days as they are written on the public page."""

from datetime import date

from django.template import Library

from casework import reasons

register = Library()


@register.filter
def written(day: date | None) -> str:
    """The day as the reader's language writes it; nothing for none."""
    return reasons.written(day) if day else ""
