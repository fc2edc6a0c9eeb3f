"""What may be done to an item, in which order."""

from django.utils.translation import gettext_lazy as _

from casework.workflow import SAME, Step, Workflow
from casework.workflow.guards import (
    ended_as,
    limit_not_over,
    no_number_of_a_person,
    refusal,
)
from proposals.models import (
    GONE,
    REPLYING,
    Assignment,
    Outcome,
    Proposal,
    Publication,
    Status,
    TaskOutcome,
)
from proposals.workflow.rights import ASSIGN, HANDLE, WORK

BEFORE = (Status.REGISTERED, Status.FILED)
OPEN = (Status.REGISTERED, Status.FILED, Status.ASSIGNED)


def merged_elsewhere(case, on, facts):
    """Handled with an item of the same session that is open itself, and whose reply is
    still to come: each author is answered (并案办理、分别答复)."""
    other = facts["merged_into"]
    if other == case or other.merged_into:
        return refusal("merged_into", _("Choose an item that is handled itself."))
    if other.session_id != case.session_id:
        return refusal("other_session", _("Choose an item of the same session."))
    if other.status == Status.CLOSED and facts["whole"]:
        return refusal("closed_item", _("That item is closed."))
    if other.replied_on and (facts["whole"] or on > other.replied_on):
        return refusal("replied_item", _("That item has been replied to."))
    return None


def nothing_handled_with_it(case):
    """Else nobody would be left to answer the authors of the others."""
    if not case.pk or not case.merged.exists():
        return None
    return refusal(
        "handled_with_it", _("Other items are handled with this one: part them first.")
    )


def merged(case):
    """Handled apart again as long as the other has not been replied to."""
    if case.outcome == Outcome.MERGED and not case.merged_into.replied_on:
        return None
    return refusal("not_merged", _("It is not handled with one that is open."))


def not_replied(case):
    if case.replied_on:
        return refusal("replied", _("It has been replied to."))
    return None


def handled(case):
    """Open, or closed by a reply: whatever else ended has nothing to follow."""
    if case.outcome in ("", Outcome.HANDLED):
        return None
    return refusal("not_handled", _("It ended without a reply."))


def in_the_session_it_counts_for(case, on, facts):
    """What is filed after the cut-off belongs to the next session (a local custom)."""
    if case.in_session or facts["note"].strip():
        return None
    session = case.session
    if session.counts(on):
        return None
    return refusal(
        "after_cut_off",
        _(
            "By the cut-off day %(day)s, this counts for another session: register it "
            "there, or say why not."
        ),
        day=session.cut_off,
    )


def has_authors(case):
    if case.rows("authors"):
        return None
    return refusal("no_author", _("Enter who made it."))


def not_extended_before(case):
    if case.extended_on:
        return refusal("extended_before", _("The longer limit has been recorded."))
    return None


def longer_limit_exists(case):
    if case.session.difficult:
        return None
    return refusal("no_longer_limit", _("The session has no longer limit."))


def latest_round(case) -> int:
    return max((task.round for task in case.rows("assignments")), default=1)


def last_round(case) -> list[Assignment]:
    """The assignments of the round that counts, without those that have gone."""
    latest = latest_round(case)
    return [
        task
        for task in case.rows("assignments")
        if task.round == latest and task.outcome not in GONE
    ]


def replied_by_all(case):
    replying = [task for task in last_round(case) if task.role in REPLYING]
    if replying and all(task.outcome == TaskOutcome.REPLIED for task in replying):
        return None
    return refusal("not_replied", _("Not every unit has replied."))


def something_left_to_assign(case):
    """To more units, or to another in the place of one that gave it back."""
    if replied_by_all(case):
        return None
    return refusal("replied_by_all", _("Every unit has replied."))


def waits_for_another_unit(case) -> bool:
    """A unit that replies has given it back, and it was assigned to nobody since."""
    latest = latest_round(case)
    replying = [
        task
        for task in case.rows("assignments")
        if task.round == latest and task.role in REPLYING
    ]
    return any(
        task.outcome == TaskOutcome.RETURNED
        and not any(other.assigned_on >= task.closed_on for other in replying[place:])
        for place, task in enumerate(replying, 1)
    )


def nothing_left_to_assign(case, on, facts):
    if not waits_for_another_unit(case) or facts["note"].strip():
        return None
    return refusal(
        "to_be_assigned",
        _("A unit gave it back: assign it to another, or say why nobody else need."),
    )


def heard_from_every_author(case):
    """Each author's answer is recorded, also that none came; of a case of the past,
    that is in memory only, as far as its record has kept any."""
    if not case.pk:
        return None
    latest = latest_round(case)
    heard = {row.author_id for row in case.rows("feedback") if row.round == latest}
    if all(author.pk in heard for author in authors(case)):
        return None
    return refusal("no_feedback", _("The answer of an author is not recorded yet."))


def nobody_left_dissatisfied(case, on, facts):
    """A second handling follows, or the record says why not."""
    latest = latest_round(case)
    if latest > 1 or not dissatisfied(case, latest) or facts["note"].strip():
        return None
    return refusal(
        "dissatisfied",
        _("An author is dissatisfied: handle it again, or say why not."),
    )


def dissatisfied_and_not_handled_again(case):
    """Once: whoever stays dissatisfied is met by both sides together."""
    if not case.again_on and dissatisfied(case, 1):
        return None
    return refusal(
        "nobody_dissatisfied",
        _("Handled again is what an author was dissatisfied with, once."),
    )


def after_the_reply(case, on, facts):
    served = [task.closed_on for task in last_round(case) if task.role in REPLYING]
    if on >= max(served):
        return None
    return refusal("before_the_reply", _("The day is before the reply was served."))


def dissatisfied(case, round) -> bool:
    answers = [row for row in case.rows("feedback") if row.round == round]
    return any("dissatisfied" in (row.attitude, row.result) for row in answers)


def publication_is_explained(case, on, facts):
    """Decided together with the reply (国办发〔2014〕46号)."""
    if facts["publication"] != Publication.NOT:
        return None
    if facts.get("publication_reason", "").strip() or not facts["whole"]:
        return None
    return refusal("why_not_published", _("Say why it is not published."))


def to_be_published(case):
    if case.publication in (Publication.FULL, Publication.SUMMARY):
        return None
    return refusal("not_for_publication", _("It is not to be published."))


def published(case):
    if case.published_on:
        return None
    return refusal("not_published", _("The reply is not published."))


def not_published(case):
    """What anyone may read is taken back before anything else is decided."""
    if case.published_on:
        return refusal("published", _("The reply is published."))
    return None


def as_registered(case):
    """What came after its registration has been undone; the events keep it."""
    return {
        "outcome": "",
        "merged_into": None,
        **dict.fromkeys(("closed_on", "filed_on", "assigned_on", "extended_on")),
    }


def authors(case: Proposal) -> list:
    """Of the item and of all that is handled with it: each is answered (分别答复)."""
    found = list(case.rows("authors"))
    for other in case.merged.prefetch_related("authors"):
        found += other.authors.all()
    return found


def clocks_again(case, by, on):
    """What changes of the item may change the limits of its units."""
    for task in case.assignments.filter(closed_on=None):
        Workflow.all[Assignment].recalculate(
            task, by=by, on=on, note=str(_("The item was changed."))
        )


def second_round(case, by, on):
    """The units that replied reply once more; the first round is kept as it was."""
    for task in last_round(case):
        if task.outcome == TaskOutcome.REPLIED:
            again = Assignment(
                case=case, agency=task.agency, role=task.role, round=2, assigned_on=on
            )
            Workflow.all[Assignment].open(again, by=by, on=on)


def end_of_tasks(case, by, on):
    """What is withdrawn, merged or converted leaves nobody anything to do."""
    for task in case.assignments.filter(closed_on=None):
        Workflow.all[Assignment].take("end", task, by=by, on=on)


items = Workflow(
    Proposal,
    Step(
        "file", _("File"),
        (Status.REGISTERED,), Status.FILED, ASSIGN, "filed_on", ("official_number",),
        preconditions=(has_authors,), guards=(in_the_session_it_counts_for,),
        onward=True,
    ),
    Step(
        "contact", _("Record a contact with the author"),
        (Status.ASSIGNED,), SAME, HANDLE, "contacted_on", ("way", "who", "said"),
        adds="contacts",
    ),
    Step(
        "assign", _("Assign"),
        (Status.FILED, Status.ASSIGNED), Status.ASSIGNED, ASSIGN, "", ("assigned_on",),
        optional=frozenset({"assigned_on"}), preconditions=(something_left_to_assign,),
        onward=True,
    ),
    Step(
        "decide_publication", _("Decide on publication"),
        (Status.ASSIGNED, Status.CLOSED), SAME, HANDLE, "",
        ("publication", "publication_reason", "published_text"),
        optional=frozenset({"publication_reason", "published_text"}),
        preconditions=(handled, not_published), guards=(publication_is_explained,),
    ),
    # Before the feedback, which names an author: rows are stored in this order.
    Step(
        "sign_with", _("Add an author"),
        OPEN, SAME, HANDLE, "", ("place", "kind", "name", "group", "phone"),
        adds="authors", optional=frozenset({"group", "phone"}),
    ),
    Step(
        "hear", _("Record the author's feedback"),
        (Status.ASSIGNED,), SAME, ASSIGN, "given_on",
        ("author", "attitude", "result", "words"),
        adds="feedback", optional=frozenset({"words"}),
        sets=lambda case: {"round": latest_round(case)},
        preconditions=(replied_by_all,), guards=(after_the_reply,),
    ),
    Step(
        "handle_again", _("Handle again"),
        (Status.ASSIGNED,), SAME, ASSIGN, "again_on",
        reason=True, then=second_round,
        preconditions=(replied_by_all, dissatisfied_and_not_handled_again),
    ),
    Step(
        "close", _("Close"),
        (Status.ASSIGNED,), Status.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(Outcome.HANDLED),
        preconditions=(replied_by_all, heard_from_every_author),
        guards=(nobody_left_dissatisfied,),
        onward=True,
    ),
    Step(
        "publish", _("Publish the reply"),
        (Status.ASSIGNED, Status.CLOSED), SAME, ASSIGN, "published_on",
        ("published_text",),
        preconditions=(not_published, to_be_published, replied_by_all),
        guards=(no_number_of_a_person("published_text"),),
    ),
    Step(
        "extend", _("Consent to the longer limit (wide and difficult)"),
        (Status.ASSIGNED,), SAME, ASSIGN, "extended_on",
        reason=True,
        preconditions=(not_replied, not_extended_before, longer_limit_exists),
        guards=(limit_not_over,), then=clocks_again,
    ),
    Step(
        "promise", _("Record a commitment"),
        (Status.ASSIGNED, Status.CLOSED), SAME, HANDLE, "promised_on",
        ("promised", "due_on"), adds="commitments", preconditions=(handled,),
    ),
    Step(
        "settle", _("Commitment settled"),
        (Status.ASSIGNED, Status.CLOSED), SAME, HANDLE, "settled_on", ("state",),
        mends="commitments", reason=True,
    ),
    Step(
        "decline", _("Do not file"),
        (Status.REGISTERED,), Status.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(Outcome.NOT_FILED), reason=True,
        preconditions=(nothing_handled_with_it,),
    ),
    Step(
        "merge", _("Handle together with another item"),
        OPEN, Status.CLOSED, ASSIGN, "closed_on", ("merged_into",),
        sets=ended_as(Outcome.MERGED), guards=(merged_elsewhere,), then=end_of_tasks,
        preconditions=(nothing_handled_with_it, not_replied),
    ),
    Step(
        "part", _("Handle apart again"),
        (Status.CLOSED,), Status.REGISTERED, ASSIGN,
        sets=as_registered, reason=True, preconditions=(merged,),
    ),
    Step(
        "convert", _("Convert into a letter"),
        BEFORE, Status.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(Outcome.CONVERTED), reason=True,
        preconditions=(nothing_handled_with_it,),
    ),
    Step(
        "withdraw", _("Withdrawn by the author"),
        OPEN, Status.CLOSED, ASSIGN, "closed_on",
        sets=ended_as(Outcome.WITHDRAWN), then=end_of_tasks,
        preconditions=(nothing_handled_with_it, not_replied),
    ),
    Step(
        "unpublish", _("Take the published reply back"),
        (Status.ASSIGNED, Status.CLOSED), SAME, ASSIGN, "", ("publication_reason",),
        sets=lambda case: {"published_on": None, "publication": Publication.NOT},
        preconditions=(published,),
    ),
    Step(
        "replied", _("Every unit has replied"),
        (Status.ASSIGNED,), SAME, WORK, "replied_on",
        preconditions=(not_replied, replied_by_all), guards=(nothing_left_to_assign,),
    ),
    initial=lambda case: Status.REGISTERED,
    initials=(Status.REGISTERED,),
    closed=Status.CLOSED,
    corrected=clocks_again,
)  # fmt: skip
