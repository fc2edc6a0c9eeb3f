"""What a row of a ledger tells of an item: what was done to it, by which unit, when.

The row is done again in memory by the rules of both workflows, day by day, so that an
impossible row is refused as it would be at the desk.
"""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.sheets.entries import Entry
from casework.workflow import Deed
from proposals.cells import Part, Signatory
from proposals.models import Assignment, Outcome, Proposal, Role, TaskOutcome
from proposals.workflow import items, tasks

_ENDINGS = {
    Outcome.HANDLED: "close",
    Outcome.NOT_FILED: "decline",
    Outcome.CONVERTED: "convert",
    Outcome.MERGED: "merge",
    Outcome.WITHDRAWN: "withdraw",
}
_ORDER = {
    step: place
    for place, step in enumerate(
        (
            "sign_with", "file", "assign", "sign_for", "contact", "give_opinion",
            "extend", "waive", "decide_publication", "submit_draft", "sign", "serve",
            "replied", "hear", "publish", *_ENDINGS.values(),
        )
    )
}  # fmt: skip
"""Of what was done on one day, what comes first."""


class Share(NamedTuple):
    """What a unit had to do: the place of its deeds."""

    role: str
    agency: Any


class Record(NamedTuple):
    """An item of the past with its events, and its assignments with theirs."""

    case: Proposal
    events: list[dict]
    tasks: list[tuple[Assignment, list[dict]]]


def deeds(told: dict[str, Any]) -> list[tuple[Deed, Share | None]]:
    """What was done, in the order in which it was; None is done to the item itself."""
    found = [
        *((deed, None) for deed in _own(told)),
        *_of_units(told),
    ]
    return sorted(found, key=lambda pair: (pair[0].on, _ORDER[pair[0].step]))


def shares(told: dict[str, Any]) -> list[Share]:
    """Who had it."""
    lead = [Share(Role.LEAD, told["lead"])] if told["lead"] else []
    separate = (Share(Role.SEPARATE, part.agency) for part in told["separate"])
    others = (Share(Role.CO_HANDLER, part.agency) for part in told["co_handlers"])
    return [*lead, *separate, *others]


def _own(told: dict[str, Any]) -> Iterator[Deed]:
    made_on = told["submitted_on"]
    for place, author in enumerate(told["authors"], 1):
        who = {"place": place, **author.of(told["session"].body)._asdict()}
        yield Deed("sign_with", made_on, who, "authors")
    if number := told["official_number"]:
        filed_on = told["filed_on"] or made_on
        yield Deed("file", filed_on, {"official_number": number}, "official_number")
    if day := told["assigned_on"]:
        yield Deed("assign", day, {"assigned_on": day}, "assigned_on")
    if day := told["extended_on"]:
        yield Deed("extend", day, {}, "extended_on")
    for entry in told["contacted"]:
        who, *said = (*entry.more, "")
        facts = {"way": entry.kind, "who": who, "said": " ".join(said).strip()}
        facts = {name: value for name, value in facts.items() if value}
        yield Deed("contact", entry.days[0], facts, "contacted")
    replied_on = last_served(told)
    if replied_on:
        yield Deed("replied", replied_on, {}, "replied_on")
    if told["publication"]:
        yield _decided(told, replied_on)
    if told["attitude"]:
        answer = {name: told[name] for name in ("attitude", "result")}
        yield Deed("hear", told["feedback_on"] or replied_on, answer, "feedback_on")
    if day := told["published_on"]:
        text = {"published_text": told["published_text"]}
        yield Deed("publish", day, text, "published_on", tuple(text))
    if outcome := told["outcome"]:
        into = {"merged_into": told["merged_into"]}
        facts = into if outcome == Outcome.MERGED else {}
        yield Deed(_ENDINGS[outcome], _ended_on(told, replied_on), facts, "outcome")


def _decided(told: dict[str, Any], replied_on: date | None) -> Deed:
    """Together with the reply (国办发〔2014〕46号)."""
    names = ("publication", "publication_reason", "published_text")
    facts = {name: told[name] for name in names if told[name]}
    signed = [
        told["signed_on"],
        *(part.days[0] for part in told["separate"] if part.days),
    ]
    on = min(filter(None, [*signed, replied_on]), default=told["assigned_on"])
    return Deed("decide_publication", on, facts, "publication", names)


def _ended_on(told: dict[str, Any], replied_on: date | None) -> date:
    """When nothing else is told, it was closed when the last was heard of it."""
    return told["closed_on"] or max(filter(None, [told["feedback_on"], replied_on]))


def _of_units(told: dict[str, Any]) -> Iterator[tuple[Deed, Share]]:
    assigned_on, drafted_on = told["assigned_on"], None
    if told["lead"]:
        lead = Share(Role.LEAD, told["lead"])
        if told["signed_for_on"] or _signed(told):
            on = told["signed_for_on"] or assigned_on
            yield Deed("sign_for", on, {}, "signed_for_on"), lead
        drafted_on = _signed(told)
        letter = {name: told[name] for name in ("document_number", "result_class")}
        for deed in _reply(drafted_on, told["replied_on"], letter, "signed_on"):
            yield deed, lead
    for part in told["separate"]:
        share = Share(Role.SEPARATE, part.agency)
        signed_on, served_on = (*part.days, None, None)[:2]
        signed_on = signed_on or served_on
        letter = {"document_number": part.document_number}
        letter |= {"result_class": part.result_class}
        if signed_on:
            yield Deed("sign_for", assigned_on, {}, "separate"), share
        for deed in _reply(signed_on, served_on, letter, "separate"):
            yield deed, share
    for part in told["co_handlers"]:
        share = Share(Role.CO_HANDLER, part.agency)
        if part.days:
            yield Deed("sign_for", assigned_on, {}, "co_handlers"), share
            yield Deed("give_opinion", part.days[0], {}, "co_handlers"), share
        elif drafted_on:
            # The record has kept no opinion: none is made up.
            yield Deed("waive", drafted_on, {}, "co_handlers"), share


def _signed(told: dict[str, Any]) -> date | None:
    return told["signed_on"] or told["replied_on"]


def _reply(signed_on, served_on, letter: dict, column: str) -> Iterator[Deed]:
    if not signed_on:
        return
    yield Deed("submit_draft", signed_on, {}, column)
    known = {name: value for name, value in letter.items() if value}
    yield Deed("sign", signed_on, known, column, tuple(letter))
    if served_on:
        served = "replied_on" if column == "signed_on" else column
        yield Deed("serve", served_on, {}, served)


def last_served(told: dict[str, Any]) -> date | None:
    """When the last of the units that reply had served its reply, if all have."""
    if told["lead"]:
        return told["replied_on"]
    served = [(*part.days, None, None)[1] for part in told["separate"]]
    return max(served) if served and all(served) else None


def replay(case: Proposal, told: dict[str, Any], *, by, note: str) -> Record:
    """The item and its assignments as they come out of what a row tells, in memory.

    ValidationError by the names of the columns. It has no number yet: `store` gives it.
    """
    first = items.recall(case, by=by, on=told["submitted_on"], note=note)
    record = Record(case, [first], [])
    for deed, share in deeds(told):
        if share:
            _unit_does(record, share, deed, by, note)
        else:
            _is_done(record, deed, told, by, note)
    return record


def _is_done(record: Record, deed: Deed, told, by, note):
    case, on = record.case, deed.on
    if deed.step == "hear":
        lead = case.rows("authors")[0]
        deed = deed._replace(facts=deed.facts | {"author": lead})
    record.events.append(items.redo(case, deed, by=by, note=note))
    if deed.step == "assign":
        for share in shares(told):
            _assign(record, share, on, by, note)
    if deed.step == "extend":
        for task, events in record.tasks:
            if not task.closed_on:
                again = tasks.reread(task, by=by, on=on, note=note)
                events += [again] if again else []
    if deed.step in ("merge", "withdraw"):
        for task, events in record.tasks:
            if not task.closed_on:
                end = Deed("end", on, {}, "outcome")
                events.append(tasks.redo(task, end, by=by, note=note))


def _assign(record: Record, share: Share, on: date, by, note):
    case = record.case
    task = Assignment(case=case, agency=share.agency, role=share.role, assigned_on=on)
    record.tasks.append((task, [tasks.recall(task, by=by, on=on, note=note)]))
    case.rows("assignments").append(task)


def _unit_does(record: Record, share: Share, deed: Deed, by, note):
    for task, events in record.tasks:
        if (task.role, task.agency) == share:
            events.append(tasks.redo(task, deed, by=by, note=note))
            return
    message = _("The day is before it was assigned.")
    raise deed.named(ValidationError(message, "before_the_assignment"))


def told(case: Proposal) -> dict[str, Any]:
    """What a row would tell of the item as it is kept, in the order of the columns.

    Of an item that was handled twice, the first round.
    """
    # What ended with the item is part of its story; what ended before it is not.
    over = {TaskOutcome.RETURNED}
    if case.outcome in ("", Outcome.HANDLED):
        over.add(TaskOutcome.ENDED)
    standing = [
        task
        for task in case.assignments.all()
        if task.round == 1 and task.outcome not in over
    ]
    by_role = {role: [t for t in standing if t.role == role] for role in Role.values}
    if not case.assigned_on:
        by_role = dict.fromkeys(Role.values, [])
    lead = by_role[Role.LEAD][-1] if by_role[Role.LEAD] else None
    authors = sorted(case.authors.all(), key=attrgetter("place"))
    answers = [row for row in case.feedback.all() if row.round == 1]
    answer = next(
        (a for a in answers if authors and a.author_id == authors[0].pk), None
    )
    return {
        "session": case.session,
        "official_number": case.official_number,
        "number": case.number,
        "title": case.subject,
        "text": case.text,
        "category": case.category,
        "authors": tuple(
            Signatory(a.name, a.group, a.kind).short(case.session.body) for a in authors
        ),
        "author_consents": _yes_or_no(case.author_consents),
        "key_leader": case.key_leader,
        "submitted_on": case.submitted_on,
        "in_session": "in_session" if case.in_session else "between",
        "filed_on": case.filed_on,
        "assigned_on": case.assigned_on,
        "lead": lead and lead.agency,
        "co_handlers": tuple(
            Part(task.agency, _opinion_day(task)) for task in by_role[Role.CO_HANDLER]
        ),
        "separate": tuple(map(_separate, by_role[Role.SEPARATE])),
        "signed_for_on": lead and lead.signed_for_on,
        "contacted": tuple(
            Entry(row.way, (row.contacted_on,)) for row in case.contacts.all()
        ),
        "extended_on": case.extended_on,
        "document_number": lead.document_number if lead else "",
        "result_class": lead.result_class if lead else "",
        "signed_on": lead and lead.signed_on,
        "replied_on": case.replied_on,
        "attitude": answer.attitude if answer else "",
        "result": answer.result if answer else "",
        "feedback_on": answer and answer.given_on,
        "publication": case.publication,
        "publication_reason": case.publication_reason,
        "published_text": case.published_text,
        "published_on": case.published_on,
        "outcome": case.outcome,
        "merged_into": case.merged_into and case.merged_into.official_number,
        "closed_on": case.closed_on,
    }


def _opinion_day(task: Assignment) -> tuple[date, ...]:
    return (task.closed_on,) if task.outcome == TaskOutcome.OPINION else ()


def _separate(task: Assignment) -> Part:
    served_on = task.closed_on if task.outcome == TaskOutcome.REPLIED else None
    days = (task.signed_on, served_on) if served_on else (task.signed_on,)
    days = days if task.signed_on else ()
    return Part(task.agency, days, task.document_number, task.result_class)


def _yes_or_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]
