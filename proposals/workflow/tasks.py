"""What a unit may do about its part of an item, in which order."""

from django.utils.translation import gettext_lazy as _

from casework.models import CalendarDay
from casework.workflow import Step, Workflow
from casework.workflow.guards import ended_as, refusal
from proposals.deadlines import end
from proposals.models import (
    REPLYING,
    Assignment,
    Role,
    Status,
    TaskOutcome,
    TaskStatus,
)
from proposals.workflow.items import (
    items,
    replied_by_all,
    waits_for_another_unit,
)
from proposals.workflow.rights import APPROVE, ASSIGN, WORK

IN_HAND = (TaskStatus.ASSIGNED, TaskStatus.HANDLING)
WORKING = (*IN_HAND, TaskStatus.RETURN_ASKED, TaskStatus.REVIEW, TaskStatus.SIGNED)


def return_in_time(case, on, facts):
    """A wrong assignment is handed back at once or not at all."""
    limit = case.case.session.returning
    if limit is None:
        return None
    last = end(limit, case.assigned_on, CalendarDay.objects.as_calendar()).last
    if on <= last:
        return None
    return refusal("return_late", _("An assignment is returned by %(day)s."), day=last)


def co_handling(case):
    if case.role == Role.CO_HANDLER:
        return None
    return refusal("not_co_handling", _("Only a co-handling unit gives an opinion."))


def replying(case):
    if case.role in REPLYING:
        return None
    return refusal("not_replying", _("A co-handling unit does not reply itself."))


def opinions_in(case):
    """The lead waits for the co-handlers, or for the office's word that it need not."""
    if case.role != Role.LEAD:
        return None
    if not any(
        task.role == Role.CO_HANDLER
        and task.round == case.round
        and task.closed_on is None
        for task in case.case.rows("assignments")
    ):
        return None
    return refusal("opinion_open", _("The opinion of a co-handler is outstanding."))


def author_contacted(case, on, facts):
    """Contact and listen (代表法 art. 51); a reply without needs a reason."""
    if facts["note"].strip() or case.case.rows("contacts"):
        return None
    return refusal(
        "no_contact",
        _(
            "No contact with the author is recorded: record one, or say why there is "
            "none."
        ),
    )


def class_of_the_session(case, on, facts):
    labels = case.case.session.class_labels
    given = facts.get("result_class")
    if given in labels or not (given or facts["whole"]):
        return None
    letters = "、".join(labels)
    return refusal(
        "result_class",
        _("The classes of this session are: %(letters)s."),
        letters=letters,
    )


def publication_decided(case):
    """Together with the reply, not afterwards (国办发〔2014〕46号). The record of a
    case of the past, that is in memory only, may be silent about it."""
    if case.case.publication or case.round > 1 or not case.pk:
        return None
    return refusal(
        "publication_open", _("Decide on the publication of the reply first.")
    )


def item_over(case):
    """A unit is rid of it by returning it, or when the item itself has ended."""
    if case.case.status == Status.CLOSED:
        return None
    return refusal("item_open", _("The item is being handled."))


def item_replied(case, by, on):
    """The last of the units that reply makes the item a replied one."""
    # It is held: of two that serve at once the second sees what the first has done.
    item = case.case
    missing = replied_by_all(item) or waits_for_another_unit(item)
    if not (item.replied_on or missing):
        items.take("replied", item, by=by, on=on)


class Tasks(Workflow):
    """The steps of assignments, of which each looks at the item, and one changes it."""

    def lock(self, case, by):
        # The item first, as the steps of an item do that go on to its assignments:
        # else two could wait for each other.
        item = items.lock(case.case, by)
        case = super().lock(case, by)
        case.case = item
        return case


tasks = Tasks(
    Assignment,
    Step(
        "sign_for", _("Sign for it"),
        (TaskStatus.ASSIGNED,), TaskStatus.HANDLING, WORK, "signed_for_on",
        onward=True,
    ),
    Step(
        "ask_return", _("Ask to return it"),
        IN_HAND, TaskStatus.RETURN_ASKED, WORK, "return_asked_on",
        ("return_reason", "return_text", "unit_instead"),
        optional=frozenset({"unit_instead"}), guards=(return_in_time,),
    ),
    Step(
        "grant_return", _("Take it back"),
        (TaskStatus.RETURN_ASKED,), TaskStatus.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(TaskOutcome.RETURNED),
        onward=True,
    ),
    Step(
        "refuse_return", _("Do not take it back"),
        (TaskStatus.RETURN_ASKED,), TaskStatus.HANDLING, ASSIGN, reason=True,
    ),
    Step(
        "give_opinion", _("Give the opinion"),
        (TaskStatus.HANDLING,), TaskStatus.CLOSED, WORK, "closed_on", ("opinion",),
        sets=ended_as(TaskOutcome.OPINION), preconditions=(co_handling,),
        onward=True,
    ),
    Step(
        "waive", _("Waive the opinion"),
        (*IN_HAND, TaskStatus.RETURN_ASKED), TaskStatus.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(TaskOutcome.WAIVED), reason=True, preconditions=(co_handling,),
    ),
    Step(
        "submit_draft", _("Submit draft reply"),
        (TaskStatus.HANDLING,), TaskStatus.REVIEW, WORK, "drafted_on",
        preconditions=(replying, opinions_in), guards=(author_contacted,),
        onward=True,
    ),
    Step(
        "return_draft", _("Return for rework"),
        (TaskStatus.REVIEW,), TaskStatus.HANDLING, APPROVE,
        sets=lambda case: {"reworks": case.reworks + 1}, reason=True,
    ),
    Step(
        "sign", _("Sign reply"),
        (TaskStatus.REVIEW,), TaskStatus.SIGNED, APPROVE, "signed_on",
        ("document_number", "result_class"),
        preconditions=(publication_decided,), guards=(class_of_the_session,),
        onward=True,
    ),
    Step(
        "serve", _("Serve reply on each author"),
        (TaskStatus.SIGNED,), TaskStatus.CLOSED, WORK, "closed_on",
        sets=ended_as(TaskOutcome.REPLIED), then=item_replied,
        onward=True,
    ),
    Step(
        "end", _("Ended with the item"),
        WORKING, TaskStatus.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(TaskOutcome.ENDED), preconditions=(item_over,),
    ),
    initial=lambda case: TaskStatus.ASSIGNED,
    initials=(TaskStatus.ASSIGNED,),
    closed=TaskStatus.CLOSED,
)  # fmt: skip
