"""The counts: of items, of what units had to do, of feedback and of commitments."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.tables import Flow, Line, Part, Source, counted, units
from proposals.figures.sources import COMMITMENTS, FEEDBACK, ITEMS, TASKS
from proposals.models import (
    REPLYING,
    Body,
    Commitment,
    Feedback,
    Outcome,
    Publication,
    Role,
    Session,
    TaskOutcome,
)

PREFIXES = {Body.CONGRESS: "J", Body.CPPCC: "Z"}
"""Of the codes of lines: 建议, 提案."""
POPULATION = {"counts": {True}}
"""Of the rates: what is assigned, and neither withdrawn, merged nor converted."""
POPULATION_NOTE = gettext_lazy(
    "P is what was assigned to the government, without what was withdrawn, not filed, "
    "merged into another item, converted into a letter, or handed back to bodies "
    "outside the government (which is recorded as withdrawn). All items of a session "
    "count for the year in which it opened; what is filed after its cut-off day is "
    "registered for the next session, and counts with it. Rates are cut off after two "
    "decimals; where there is nothing to divide by, there is no rate."
)
REPLIED = POPULATION | {"reply": {"in_time", "late"}}
TO_PUBLISH = {Publication.FULL, Publication.SUMMARY}
GIVEN = {
    Feedback.Answer.SATISFIED,
    Feedback.Answer.BASICALLY,
    Feedback.Answer.DISSATISFIED,
}
KEPT = {"", *TaskOutcome.values} - {TaskOutcome.RETURNED}
"""Of tasks, what was not given back."""
FIRST = POPULATION | {"round": {1}, "outcome": KEPT}
LAST_WORD = POPULATION | {"last": {"yes"}}


def counts(
    body: Body, sessions: Sequence[Session], classes: Mapping[str, str]
) -> tuple[Part, ...]:
    """The parts of a body, of its sessions in a year; `classes` are theirs, with their
    meanings."""
    found = (
        (_("Received and filed"), partial(_received, sessions[0]), ITEMS),
        (_("Handled and replied"), partial(_handled, classes), ITEMS),
        (_("By unit"), _tasks, TASKS),
        (_("Feedback of the authors"), _feedback, FEEDBACK),
        (_("Commitments of replies"), _commitments, COMMITMENTS),
    )
    return tuple(
        part(f"{PREFIXES[body]}{number}", title, body, lines, source)
        for number, (title, lines, source) in enumerate(found, 1)
    )


def part(code: str, title: str, body: Body, lines, source: Source, layout="list"):
    """A part of the lines that count the body's records alone."""
    title = pgettext("part", "%(body)s: %(title)s") % {
        "body": kind(body),
        "title": title,
    }
    own = partial(counted, flow=Flow.PRESENT, unit=units.PIECES, body={body})
    return Part(
        code, title, (Line(code, title), *lines(code, own)), source, layout=layout
    )


def kind(body: Body) -> str:
    """What goes to the body, in many."""
    return {
        Body.CONGRESS: _("Deputies' suggestions"),
        Body.CPPCC: _("CPPCC proposals"),
    }[body]


def _received(session, code, own):
    """Every item that was received is at one of these places, since the session."""
    stages = {
        "received": _("before it was filed"),
        "filed": _("when filed and not assigned"),
        "assigned": _("when assigned"),
    }

    def ended(name, label, outcome, *ways):
        yield own(f"{code}.{name}", label, outcome={outcome})
        for stage in ways:
            yield own(
                f"{code}.{name}.{stage}",
                stages[stage],
                outcome={outcome},
                stage={stage},
            )

    return (
        Line(
            f"{code}.term",
            _("Term of the body"),
            unit=units.TERMS,
            told=lambda form, year: session.term,
        ),
        Line(
            f"{code}.session",
            _("First session of the year, as numbered in the term"),
            unit=units.SESSIONS,
            told=lambda form, year: session.number,
        ),
        own(f"{code}.received", _("Received")),
        own(
            f"{code}.examining",
            _("Still to be examined"),
            stage={"received"},
            outcome={""},
        ),
        own(f"{code}.not_filed", _("Not filed"), outcome={Outcome.NOT_FILED}),
        own(f"{code}.filed", _("Filed"), stage={"filed", "assigned"}),
        own(
            f"{code}.waiting",
            _("Filed, still to be assigned"),
            stage={"filed"},
            outcome={""},
        ),
        own(f"{code}.assigned", _("Assigned"), stage={"assigned"}),
        *ended("merged", _("Merged into another item"), Outcome.MERGED, *stages),
        *ended("withdrawn", _("Withdrawn"), Outcome.WITHDRAWN, *stages),
        *ended(
            "converted",
            _("Converted into a letter"),
            Outcome.CONVERTED,
            "received",
            "filed",
        ),
    )


def _handled(classes, code, own):
    letters = (
        own(f"{code}.class.{letter or 'none'}", label, **REPLIED, letter={letter})
        for letter, label in class_labels(classes).items()
    )
    decided = {
        Publication.FULL: _("To be published in full"),
        Publication.SUMMARY: _("To be published as a summary"),
        Publication.NOT: _("Not to be published"),
        "": _("Publication not decided"),
    }
    return (
        own(f"{code}.handled", _("Handled by the government (P)"), **POPULATION),
        own(f"{code}.replied", _("Replied"), **REPLIED),
        own(f"{code}.in_time", _("Replied in time"), **POPULATION, reply={"in_time"}),
        own(f"{code}.late", _("Replied late"), **POPULATION, reply={"late"}),
        own(f"{code}.unreplied", _("Not replied yet"), **POPULATION, reply={"none"}),
        own(
            f"{code}.contacted",
            _("Author contacted before the reply"),
            **POPULATION,
            talk={True, False},
        ),
        own(
            f"{code}.met",
            _("Author met in person before the reply"),
            **POPULATION,
            talk={True},
        ),
        *letters,
        own(f"{code}.again", _("Handled a second time"), **POPULATION, again={True}),
        *(
            own(
                f"{code}.publication.{value or 'open'}",
                label,
                **REPLIED,
                publication={value},
            )
            for value, label in decided.items()
        ),
        own(
            f"{code}.published",
            _("Published"),
            **REPLIED,
            publication=TO_PUBLISH,
            public={True},
        ),
        *(
            own(
                f"{code}.published.{value.value}",
                label,
                **REPLIED,
                publication={value},
                public={True},
            )
            for value, label in (
                (Publication.FULL, _("Published in full")),
                (Publication.SUMMARY, _("Published as a summary")),
            )
        ),
    )


def class_labels(classes: Mapping[str, str]) -> dict[str, str]:
    """Of each class, and of a reply that names none."""
    said = {
        letter: _("Class %(letter)s: %(meaning)s")
        % {"letter": letter, "meaning": meaning}
        for letter, meaning in classes.items()
    }
    return said | {"": _("Class not recorded")}


def _tasks(code, own):
    replying = FIRST | {"role": set(REPLYING)}
    co_handling = FIRST | {"role": {Role.CO_HANDLER}}
    replied = {"outcome": {TaskOutcome.REPLIED}}
    roles = {
        Role.LEAD: _("As lead unit"),
        Role.SEPARATE: _("As separate unit"),
        Role.CO_HANDLER: _("As co-handling unit"),
    }
    return (
        own(
            f"{code}.units",
            _("Units that handle items"),
            unit=units.BODIES,
            distinct="agency",
            **POPULATION,
            outcome=KEPT,
        ),
        own(f"{code}.tasks", _("Tasks of units"), **FIRST),
        *(
            own(f"{code}.{role.value}", label, **FIRST, role={role})
            for role, label in roles.items()
        ),
        own(
            f"{code}.in_time",
            _("Replies of units in time"),
            **replying | replied,
            late={False},
        ),
        own(
            f"{code}.late",
            _("Replies of units late"),
            **replying | replied,
            late={True},
        ),
        own(
            f"{code}.unreplied",
            _("Replies of units outstanding"),
            **replying | {"outcome": KEPT - {TaskOutcome.REPLIED}},
        ),
        own(
            f"{code}.opinions",
            _("Opinions of co-handlers given"),
            **co_handling | {"outcome": {TaskOutcome.OPINION}},
        ),
        own(
            f"{code}.waived",
            _("Opinions of co-handlers waived"),
            **co_handling | {"outcome": {TaskOutcome.WAIVED}},
        ),
        own(
            f"{code}.no_opinion",
            _("Opinions of co-handlers outstanding"),
            **co_handling
            | {"outcome": KEPT - {TaskOutcome.OPINION, TaskOutcome.WAIVED}},
        ),
        own(
            f"{code}.again",
            _("Tasks of the second round"),
            **POPULATION,
            outcome=KEPT,
            round={2},
        ),
        own(
            f"{code}.returned",
            _("Assignments returned"),
            **POPULATION,
            outcome={TaskOutcome.RETURNED},
        ),
    )


def _feedback(code, own):
    own = partial(own, unit=units.FORMS)
    axes = {
        "attitude": {
            Feedback.Answer.SATISFIED: _("Satisfied with the attitude"),
            Feedback.Answer.BASICALLY: _("Basically satisfied with the attitude"),
            Feedback.Answer.DISSATISFIED: _("Dissatisfied with the attitude"),
        },
        "result": {
            Feedback.Answer.SATISFIED: _("Satisfied with the result"),
            Feedback.Answer.BASICALLY: _("Basically satisfied with the result"),
            Feedback.Answer.DISSATISFIED: _("Dissatisfied with the result"),
        },
    }
    return (
        own(f"{code}.returned", _("Forms returned"), **LAST_WORD, result=GIVEN),
        own(
            f"{code}.none",
            _("Forms not returned"),
            **LAST_WORD,
            result={Feedback.Answer.NONE},
        ),
        *(
            own(
                f"{code}.{axis}.{answer.value}",
                label,
                **LAST_WORD | {axis: {answer}},
            )
            for axis, answers in axes.items()
            for answer, label in answers.items()
        ),
    )


def _commitments(code, own):
    own = partial(own, unit=units.COMMITMENTS)
    states = {
        "": _("Commitments open"),
        Commitment.State.KEPT: _("Commitments kept"),
        Commitment.State.CHANGED: _("Commitments changed"),
        Commitment.State.GIVEN_UP: _("Commitments given up"),
    }
    return (
        own(f"{code}.made", _("Commitments made"), **POPULATION),
        *(
            own(f"{code}.{state or 'open'}", label, **POPULATION, state={state})
            for state, label in states.items()
        ),
    )
