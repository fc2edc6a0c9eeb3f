"""The rates: each with the two figures that it divides, and what exactly these are."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _

from casework.tables import Line, Part, Ratio, units
from proposals.figures.lines import (
    FIRST,
    GIVEN,
    LAST_WORD,
    POPULATION,
    PREFIXES,
    REPLIED,
    TO_PUBLISH,
    class_labels,
    part,
)
from proposals.figures.sources import FEEDBACK, ITEMS, TASKS
from proposals.models import REPLYING, Body, Feedback, TaskOutcome


def rates(body: Body, classes: Mapping[str, str]) -> tuple[Part, ...]:
    """The rates of a body, in three parts by what is divided."""
    p = PREFIXES[body]
    found = (
        (_("Rates of items"), partial(_of_items, body, classes), ITEMS),
        (_("Rates of units' tasks"), _of_tasks, TASKS),
        (_("Rates of feedback"), _of_feedback, FEEDBACK),
    )
    return tuple(
        part(f"{p}{number}", title, body, lines, source, "rates")
        for number, (title, lines, source) in enumerate(found, 6)
    )


def _rate(own, code, label, note, part, whole, among=()):
    """A rate, its numerator and its denominator: each a name and what it counts."""
    (part_name, part_facts), (whole_name, whole_facts) = part, whole
    ratio = Ratio(f"{code}.part", (f"{code}.whole",), among=among)
    yield Line(code, label, unit=units.PER_CENT, ratio=ratio, note=note)
    yield own(f"{code}.part", part_name, **part_facts)
    yield own(f"{code}.whole", whole_name, **whole_facts)


def _of_items(body, classes, code, own):
    rate = partial(_rate, own)
    handled = _("Handled (P)"), POPULATION
    replied = _("Replied"), REPLIED
    filed = _("Filed"), {"stage": {"filed", "assigned"}}
    if body == Body.CPPCC:
        yield from rate(
            f"{code}.filing",
            _("Filing rate"),
            _("Proposals filed, of all that were received."),
            filed,
            (_("Received"), {}),
        )
    yield from rate(
        f"{code}.assignment",
        _("Assignment rate"),
        _("Items with a day of assignment, of those filed or accepted."),
        (_("Assigned"), {"stage": {"assigned"}}),
        filed,
    )
    yield from rate(
        f"{code}.reply",
        _("Reply rate"),
        _(
            "Items with a written reply served, by the lead unit or by every separate "
            "unit, of P. The opinion of a co-handler is no reply."
        ),
        replied,
        handled,
    )
    yield from rate(
        f"{code}.in_time",
        _("Rate of replies in time"),
        _(
            "Items replied on or before their own last day, of P: the longer limit "
            "where it was recorded before the first one ran out."
        ),
        (_("Replied in time"), POPULATION | {"reply": {"in_time"}}),
        handled,
    )
    yield from rate(
        f"{code}.met",
        _("Face-to-face rate"),
        _(
            "Items with at least one talk in person before the reply, of P: face to "
            "face, at a visit or at a meeting."
        ),
        (_("Met in person"), POPULATION | {"talk": {True}}),
        handled,
    )
    yield from rate(
        f"{code}.contacted",
        _("Contact rate"),
        _("The same with talks by telephone and by letter."),
        (_("Contacted"), POPULATION | {"talk": {True, False}}),
        handled,
    )
    yield from rate(
        f"{code}.again",
        _("Rate of second handling"),
        _("Items handled again because an author was dissatisfied, of P."),
        (_("Handled again"), POPULATION | {"again": {True}}),
        handled,
    )
    labels = class_labels(classes)
    among = tuple(f"{code}.class.{letter or 'none'}.part" for letter in labels)
    for letter, label in labels.items():
        yield from rate(
            f"{code}.class.{letter or 'none'}",
            _("Share of %(label)s") % {"label": label},
            _(
                "Of the items replied. An item with several replies has the class "
                "furthest from solved; after a second round, that of the second. The "
                "shares are rounded so that they add up to 100."
            ),
            (_("Of this class"), REPLIED | {"letter": {letter}}),
            replied,
            among,
        )
    yield from rate(
        f"{code}.publication",
        _("Publication rate"),
        _("Replies published, of those that are to be published."),
        (
            _("Published"),
            REPLIED | {"publication": TO_PUBLISH, "public": {True}},
        ),
        (_("To be published"), REPLIED | {"publication": TO_PUBLISH}),
    )


def _of_tasks(code, own):
    rate = partial(_rate, own)
    tasks = FIRST | {"role": set(REPLYING)}
    replied = tasks | {"outcome": {TaskOutcome.REPLIED}}
    whole = _("As lead or separate unit"), tasks
    yield from rate(
        f"{code}.reply",
        _("Reply rate of units"),
        _("Replies served by units, of their tasks as lead or as separate unit."),
        (_("Replied"), replied),
        whole,
    )
    yield from rate(
        f"{code}.in_time",
        _("Rate of units' replies in time"),
        _("The same with replies on or before the unit's own last day."),
        (_("Replied in time"), replied | {"late": {False}}),
        whole,
    )


def _of_feedback(code, own):
    rate = partial(_rate, partial(own, unit=units.FORMS))
    Answer = Feedback.Answer
    satisfied, basically = {Answer.SATISFIED}, {Answer.SATISFIED, Answer.BASICALLY}
    axes = (
        (
            "attitude",
            _("Satisfaction with the attitude"),
            _("Satisfaction with the attitude, basically satisfied included"),
        ),
        (
            "result",
            _("Satisfaction with the result"),
            _("Satisfaction with the result, basically satisfied included"),
        ),
    )
    returned = _("Forms returned"), LAST_WORD | {"result": GIVEN}
    note = _(
        "Of the feedback forms returned; who returned none is left out. Of an author "
        "who was asked twice, the last form returned."
    )
    for axis, plain, wide in axes:
        for name, label, answers in (
            ("satisfied", plain, satisfied),
            ("content", wide, basically),
        ):
            yield from rate(
                f"{code}.{axis}.{name}",
                label,
                note,
                (_("Forms that say so"), LAST_WORD | {axis: answers}),
                returned,
            )
