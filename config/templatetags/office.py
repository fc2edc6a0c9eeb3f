"""What any page can say, even one that is made without its request."""

from django import template
from django.conf import settings

from config import numbers

register = template.Library()


@register.simple_tag
def office() -> dict[str, str]:
    """How the office is reached: its telephone and its hours, if they are set."""
    return {"phone": settings.OFFICE_PHONE, "hours": settings.OFFICE_HOURS}


@register.simple_tag
def request_number() -> str:
    """By which support finds in the log what went wrong."""
    return numbers.current()
