"""The year's totals of suggestions and of proposals: what is counted, and as what.

No national definition of the rates exists: each is defined here by the two lines that
it divides, and printed beside them. The population of a rate is what was assigned in
the year, without what was withdrawn, merged into another item or converted.
"""

from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.tables import Flow, Line, Part, Ratio, Source, counted, units, whether
from proposals.models import (
    Body,
    Contact,
    Feedback,
    Outcome,
    Publication,
    Role,
    TaskOutcome,
)

_TALKS = Contact.objects.filter(case=OuterRef("pk"))
_BODY = {"body": F("session__body")}
_LAPSED = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.CONVERTED, Outcome.NOT_FILED)

RECEIVED = Source(
    "submitted_on",
    facts=_BODY | {"filed": whether(Q(filed_on__isnull=False))},
)
"""Items by the day on which they were made."""

ASSIGNED = Source(
    "assigned_on",
    facts=_BODY
    | {
        "counts": whether(~Q(outcome__in=_LAPSED)),
        "replied": whether(Q(replied_on__isnull=False)),
        "in_time": whether(Q(due_on=None) | Q(replied_on__lte=F("due_on"))),
        "again": whether(Q(again_on__isnull=False)),
        "published": whether(Q(published_on__isnull=False)),
        "to_publish": whether(
            Q(publication__in=[Publication.FULL, Publication.SUMMARY])
        ),
        "contacted": Exists(_TALKS),
        "met": Exists(_TALKS.filter(way__in=Contact.IN_PERSON)),
    },
)
"""Items by the day of their first assignment."""

TASKS = Source("assigned_on", facts={"body": F("case__session__body")})
"""What units had to do, by the day on which it was assigned to them."""

FEEDBACK = Source(
    "given_on", "given_on", "case__agency", {"body": F("case__session__body")}
)
"""What authors said of the replies."""

COMMITMENTS = Source(
    "promised_on", "settled_on", "case__agency", {"body": F("case__session__body")}
)

_counted = partial(counted, flow=Flow.NEW, unit=units.PIECES)


def _rate(code, label, part, *whole):
    return Line(code, label, unit=units.PER_CENT, ratio=Ratio(part, whole))


def _received(p: str, body: Body, title: str) -> Part:
    lines = (
        Line(f"{p}1", title),
        _counted(f"{p}1.received", _("Received"), body={body}),
        _counted(f"{p}1.filed", _("Filed"), body={body}, filed={True}),
        *(
            _counted(f"{p}1.{outcome.value}", label, body={body}, outcome={outcome})
            for outcome, label in (
                (Outcome.NOT_FILED, _("Not filed")),
                (Outcome.MERGED, _("Merged into another item")),
                (Outcome.WITHDRAWN, _("Withdrawn")),
                (Outcome.CONVERTED, _("Converted into a letter")),
            )
        ),
        _rate(
            f"{p}1.filing_rate",
            _("Filing rate: filed, of all received"),
            f"{p}1.filed",
            f"{p}1.received",
        ),
    )
    return Part.headed(*lines, source=RECEIVED)


def _assigned(p: str, body: Body, title: str) -> Part:
    counted = {"body": {body}, "counts": {True}}
    replied = counted | {"replied": {True}}
    lines = (
        Line(f"{p}2", title),
        _counted(f"{p}2.assigned", _("Assigned"), **counted),
        _counted(f"{p}2.replied", _("Replied"), **replied),
        _counted(f"{p}2.in_time", _("Replied in time"), **replied, in_time={True}),
        _counted(f"{p}2.contacted", _("Author contacted"), **counted, contacted={True}),
        _counted(f"{p}2.met", _("Author met in person"), **counted, met={True}),
        _counted(f"{p}2.again", _("Handled a second time"), **counted, again={True}),
        _counted(
            f"{p}2.to_publish",
            _("Replies that are to be published"),
            **replied,
            to_publish={True},
        ),
        _counted(
            f"{p}2.published",
            _("Replies published"),
            **replied,
            to_publish={True},
            published={True},
        ),
        _rate(
            f"{p}2.reply_rate",
            _("Reply rate: replied, of all assigned"),
            f"{p}2.replied",
            f"{p}2.assigned",
        ),
        _rate(
            f"{p}2.in_time_rate",
            _("Replied in time, of all assigned"),
            f"{p}2.in_time",
            f"{p}2.assigned",
        ),
        _rate(
            f"{p}2.met_rate",
            _("Met in person, of all assigned"),
            f"{p}2.met",
            f"{p}2.assigned",
        ),
        _rate(
            f"{p}2.again_rate",
            _("Handled a second time, of all assigned"),
            f"{p}2.again",
            f"{p}2.assigned",
        ),
        _rate(
            f"{p}2.publication_rate",
            _("Published, of the replies that are to be published"),
            f"{p}2.published",
            f"{p}2.to_publish",
        ),
    )
    return Part.headed(*lines, source=ASSIGNED)


def _tasks(p: str, body: Body, title: str) -> Part:
    kept = set(TaskOutcome.values) - {TaskOutcome.RETURNED} | {""}
    lines = (
        Line(f"{p}3", title),
        _counted(
            f"{p}3.units",
            _("Units that handled items"),
            unit=units.BODIES,
            measure="agencies",
            body={body},
            outcome=kept,
        ),
        *(
            _counted(
                f"{p}3.{role.value}", label, body={body}, role={role}, outcome=kept
            )
            for role, label in (
                (Role.LEAD, _("Tasks as lead unit")),
                (Role.SEPARATE, _("Tasks of separate units")),
                (Role.CO_HANDLER, _("Tasks as co-handling unit")),
            )
        ),
        _counted(
            f"{p}3.returned",
            _("Assignments returned"),
            body={body},
            outcome={TaskOutcome.RETURNED},
        ),
        *(
            _counted(
                f"{p}3.class_{letter.lower()}",
                format_lazy(_("Replies of class {letter}"), letter=letter),
                body={body},
                result_class={letter},
                outcome={TaskOutcome.REPLIED},
            )
            for letter in "ABCD"
        ),
    )
    return Part.headed(*lines, source=TASKS)


def _feedback(p: str, body: Body, title: str) -> Part:
    Answer = Feedback.Answer
    said = (Answer.SATISFIED, Answer.BASICALLY, Answer.DISSATISFIED)
    lines = (
        Line(f"{p}4", title),
        _counted(f"{p}4.returned", _("Forms returned"), body={body}, result=set(said)),
        _counted(
            f"{p}4.none", _("No form returned"), body={body}, result={Answer.NONE}
        ),
        *(
            _counted(
                f"{p}4.{axis}_{answer.value}", label, body={body}, **{axis: {answer}}
            )
            for axis, labels in (
                (
                    "result",
                    (
                        _("Satisfied with the result"),
                        _("Basically satisfied with the result"),
                        _("Dissatisfied with the result"),
                    ),
                ),
                (
                    "attitude",
                    (
                        _("Satisfied with the attitude"),
                        _("Basically satisfied with the attitude"),
                        _("Dissatisfied with the attitude"),
                    ),
                ),
            )
            for answer, label in zip(said, labels, strict=True)
        ),
        _rate(
            f"{p}4.satisfaction",
            _("Satisfied with the result, of the forms returned"),
            f"{p}4.result_satisfied",
            f"{p}4.returned",
        ),
        Line(
            f"{p}4.content",
            _("Satisfied or basically satisfied with the result"),
            parts=(f"{p}4.result_satisfied", f"{p}4.result_basically"),
            unit=units.PIECES,
        ),
        _rate(
            f"{p}4.content_rate",
            _("Satisfied or basically satisfied, of the forms returned"),
            f"{p}4.content",
            f"{p}4.returned",
        ),
    )
    return Part.headed(*lines, source=FEEDBACK)


def _commitments(p: str, body: Body, title: str) -> Part:
    lines = (
        Line(f"{p}5", title),
        _counted(f"{p}5.made", _("Commitments made"), body={body}),
        _counted(
            f"{p}5.kept",
            _("Commitments kept"),
            flow=Flow.FINISHED,
            body={body},
            state={"kept"},
        ),
        _counted(
            f"{p}5.open",
            _("Commitments open at the end of the year"),
            flow=Flow.CARRIED_OUT,
            body={body},
        ),
    )
    return Part.headed(*lines, source=COMMITMENTS)


PARTS = (
    _received("J", Body.CONGRESS, _("Deputies' suggestions received")),
    _assigned("J", Body.CONGRESS, _("Deputies' suggestions handled")),
    _tasks("J", Body.CONGRESS, _("Deputies' suggestions by unit")),
    _feedback("J", Body.CONGRESS, _("Deputies' feedback")),
    _commitments("J", Body.CONGRESS, _("Commitments to deputies")),
    _received("Z", Body.CPPCC, _("CPPCC proposals received")),
    _assigned("Z", Body.CPPCC, _("CPPCC proposals handled")),
    _tasks("Z", Body.CPPCC, _("CPPCC proposals by unit")),
    _feedback("Z", Body.CPPCC, _("CPPCC members' feedback")),
    _commitments("Z", Body.CPPCC, _("Commitments to CPPCC members")),
)
