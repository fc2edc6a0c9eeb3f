"""The sessions: their limits, those that a new one begins with, who may change them."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from proposals.deadlines import Limit
from proposals.models import Session
from tests.clients import codes, form_on, logged_in
from tests.factories import make_agency, make_calendar
from tests.items import ASSIGNED, OFFICE, UNIT, make_assigned, make_session, replied

pytestmark = pytest.mark.django_db

LIST = "/admin/proposals/session/"
SESSIONS = (
    "proposals.view_session",
    "proposals.add_session",
    "proposals.change_session",
)


def page(session):
    return f"{LIST}{session.pk}/change/"


def typed(form, **changes):
    """What a browser sends of a form with limits: two fields of each."""
    data = {}
    for field in form:
        value = field.value()
        if isinstance(value, Limit):
            value = [value.count, value.unit]
        if hasattr(field.field.widget, "decompress"):
            data |= dict(
                zip(
                    (f"{field.html_name}_0", f"{field.html_name}_1"),
                    value or ["", "months"],
                    strict=True,
                )
            )
        else:
            data[field.html_name] = "" if value is None else value
    return data | changes


@pytest.fixture
def session():
    make_calendar(2016)
    return make_session(returning=Limit(7, "days"), contact=Limit(20, "working_days"))


@pytest.fixture
def client(session):
    return logged_in(*SESSIONS, *OFFICE, agency=session.agency)


def test_a_new_session_begins_with_the_limits_of_the_last(client, session):
    form = form_on(client.get(f"{LIST}add/?after={session.pk}"))
    data = typed(form, opened_on=date(2017, 2, 14), closed_on=date(2017, 2, 18))

    assert client.post(f"{LIST}add/", data).status_code == 302

    new = Session.objects.get(number=session.number + 1)
    assert (new.agency, new.body, new.term) == (session.agency, "congress", 14)
    for name in ("returning", "contact", "reply", "difficult", "opinion", "classes"):
        assert getattr(new, name) == getattr(session, name), name


def test_a_fixed_day_is_of_its_year_and_not_copied(client, session):
    Session.objects.update(reply_by=date(2016, 8, 31))

    form = form_on(client.get(f"{LIST}add/?after={session.pk}"))

    assert form["reply_by"].value() is None


def test_the_last_session_of_each_body_is_offered(client, session):
    make_session(session.agency, number=5)
    other = make_session(session.agency, body="cppcc", term=11, number=5)
    make_session()

    latest = client.get(f"{LIST}add/").context["latest"]

    assert set(latest) == {session, other}


@pytest.mark.parametrize("after", ["x", "0", "999999", "-1", "²", "9" * 30])
def test_after_a_session_that_is_not_there_nothing_is_copied(client, after):
    form = form_on(client.get(f"{LIST}add/?after={after}"))

    assert form["number"].value() is None


def test_the_page_says_what_is_law_and_what_is_local(client, session):
    form = form_on(client.get(page(session)))
    limits = ("returning", "contact", "opinion", "again", "feedback")

    told = {name: str(field.help_text) for name, field in form.fields.items()}

    assert len({told[name] for name in limits}) == 1
    assert len({told[name] for name in ("reply", "difficult", "again")}) == 3


@pytest.mark.parametrize(
    ("body", "changes", "refused"),
    [
        ("congress", {"reply_0": 4}, {"reply": ["beyond_law"]}),
        ("congress", {"difficult_0": 7}, {"difficult": ["beyond_law"]}),
        ("congress", {"reply_0": 2, "difficult_0": 5}, None),
        ("congress", {"reply_0": 60, "reply_1": "days"}, None),
        ("cppcc", {"reply_0": 5}, None),
    ],
)
def test_a_session_gives_suggestions_no_more_time_than_the_law(body, changes, refused):
    session = make_session(body=body)
    client = logged_in(*SESSIONS, agency=session.agency)

    response = client.post(
        page(session), typed(form_on(client.get(page(session))), **changes)
    )

    assert response.status_code == (200 if refused else 302)
    if refused:
        assert codes(response) == refused


def test_other_limits_move_the_last_days_of_what_is_open(client, session):
    units = [make_agency(parent=session.agency) for _unit in range(2)]
    case = make_assigned([(units[0], "lead"), (units[1], "co_handler")], session)
    done = make_assigned([(units[0], "lead")], session)
    replied(done, client.user, ASSIGNED)
    before = done.due_on

    data = typed(form_on(client.get(page(session))), reply_0=2, opinion_0=2)
    client.post(page(session), data)

    case.refresh_from_db()
    done.refresh_from_db()
    assert (case.due_on, done.due_on) == (date(2016, 5, 10), before)
    assert [task.due_on for task in case.assignments.all()] == [date(2016, 5, 10)] * 2
    assert case.events.last().step == "recalculate"


def test_what_the_page_of_a_session_sends_unchanged_changes_nothing(client, session):
    form = form_on(client.get(page(session)))
    hidden = {
        field.html_initial_name: field.value()
        for field in form
        if field.field.show_hidden_initial
    }

    response = client.post(page(session), typed(form) | hidden)

    assert response.status_code == 302
    assert LogEntry.objects.get().change_message == "[]"


def test_a_session_is_for_three_people(session):
    above = session.agency
    unit = make_agency(parent=above)
    people = {
        "office": logged_in(*SESSIONS, agency=above),
        "unit": logged_in(*SESSIONS, agency=unit),
        "reader": logged_in("proposals.view_session", *UNIT, agency=unit),
        "elsewhere": logged_in(*SESSIONS, agency=make_agency()),
    }
    seen = {name: c.get(page(session)).status_code for name, c in people.items()}
    sent = {
        name: c.post(page(session), {"reply_0": 1}).status_code
        for name, c in people.items()
    }
    listed = {
        name: len(c.get(LIST).context["cl"].result_list) for name, c in people.items()
    }

    assert seen == {"office": 200, "unit": 200, "reader": 200, "elsewhere": 404}
    assert sent == {"office": 200, "unit": 403, "reader": 403, "elsewhere": 404}
    assert listed == {"office": 1, "unit": 1, "reader": 1, "elsewhere": 0}


def test_a_session_of_another_government_is_not_begun(client):
    form = form_on(client.get(f"{LIST}add/"))
    data = typed(
        form, agency=make_agency().pk, body="congress", term=15, number=1,
        opened_on=date(2017, 2, 14), closed_on=date(2017, 2, 18),
    )  # fmt: skip

    assert codes(client.post(f"{LIST}add/", data)) == {"agency": ["invalid_choice"]}
