"""What people do at a browser: log in, and send a form as they were shown it."""

from django.test import Client

from tests.factories import make_user


def logged_in(*permissions, **fields) -> Client:
    """The browser of a new member of staff, who is its `user`."""
    client = Client()
    client.user = make_user(*permissions, is_staff=True, **fields)
    client.force_login(client.user)
    return client


def typed(form, **changes) -> dict:
    """What a browser sends of the form that it was shown, after these changes."""
    shown = {field.html_name: field.value() for field in form if not _left_out(field)}
    return {
        name: "" if value is None else value
        for name, value in (shown | changes).items()
    }


def _left_out(field) -> bool:
    """A file, and boxes of which none is ticked."""
    widget = field.field.widget
    boxes = getattr(widget, "allow_multiple_selected", False)
    return widget.needs_multipart_form or (boxes and not field.value())


def form_on(response):
    """The form of the page: the record's in the admin's wrapping, or a deed's."""
    admin_form = response.context.get("adminform")
    return admin_form.form if admin_form else response.context["form"]


def send(client, to, **changes):
    """The form of the page, sent back after these changes."""
    return client.post(to, typed(form_on(client.get(to)), **changes))


def codes(response):
    """The codes of what that form refuses, by field."""
    return {
        name: [error.code for error in errors.as_data()]
        for name, errors in form_on(response).errors.items()
    }


def read(response) -> bytes:
    """The page as two people would compare theirs: without the number of each."""
    return response.content.replace(response["X-Request-ID"].encode(), b"")
