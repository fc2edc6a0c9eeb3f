"""Items as rows of a ledger, in and out: one row is an item with its assignments."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from casework.bulk import insert
from casework.models import Agency, Counter
from casework.resources.base import BATCH, batched
from casework.sheets import Whole
from proposals.cells import code
from proposals.columns import ProposalColumns
from proposals.ledger import Record, last_served, replay, shares, told
from proposals.models import Outcome, Proposal, Role, Session
from proposals.workflow import items, refuse_roles, tasks

_OWN_NUMBER = re.compile(r"([A-Z]{2,8}-[RZ]\d{1,2}-\d{1,2})-(\d{4,8})", re.ASCII)
_NEEDS = {
    "filed_on": ("official_number",),
    "assigned_on": ("official_number",),
    "lead": ("assigned_on",),
    "separate": ("assigned_on",),
    "co_handlers": ("lead",),
    "signed_for_on": ("lead",),
    "contacted": ("assigned_on",),
    "extended_on": ("assigned_on",),
    "signed_on": ("assigned_on",),
    "replied_on": ("assigned_on",),
    "attitude": ("result", "replied_on"),
    "result": ("attitude", "replied_on"),
    "feedback_on": ("attitude",),
    "publication": ("assigned_on",),
    "published_on": ("published_text", "publication", "replied_on"),
    "merged_into": ("outcome",),
    "closed_on": ("outcome",),
}
"""What a value says nothing without."""
_SILENT = {
    "number", "text", "in_session", "filed_on", "signed_for_on", "signed_on",
    "feedback_on", "closed_on",
}  # fmt: skip
"""What follows from the rest of the row where its cell is empty."""


def _field(name: str):
    return Proposal._meta.get_field(name).verbose_name


class ProposalResource(ProposalColumns):
    # In

    def prepare(self, rows):
        agencies = Agency.objects.visible_to(self.by)
        self.fields["lead"].widget.learn(agencies)
        sessions = Session.objects.filter(agency__in=agencies).select_related("agency")
        self.fields["session"].widget.learn(sessions)
        self.here: dict[tuple, Proposal] = {}
        self.numbers_here: dict[str, tuple] = {}
        for case in self._kept(rows, sessions):
            self._remember(case)
            self.known[self._place(case)] = told(case)
        given: dict[str, int] = defaultdict(int)
        for row in rows:
            if own := _OWN_NUMBER.fullmatch(str(row.get("number") or "")):
                given[own[1]] = max(given[own[1]], int(own[2]))
        coded = self.fields["session"].widget.coded
        for series in given.keys() & coded.keys():
            # So that none of the rows without a number is given one of these.
            Counter.objects.given_out(items.counter(series), given[series])

    def _kept(self, rows, sessions) -> Iterator[Proposal]:
        """What is here already of what the rows name."""
        kept = Proposal.objects.filter(session__in=list(sessions))
        kept = _with_everything(kept.select_related("session__agency"))
        names = ("official_number", "merged_into")
        wanted = {row.get(name) for row in rows for name in names}
        official = sorted(set(filter(None, map(_whole, wanted))))
        numbers = sorted({str(row["number"]) for row in rows if row.get("number")})
        for some in batched(official, 500):
            yield from kept.filter(official_number__in=some)
        for some in batched(numbers, 500):
            yield from kept.filter(number__in=some)

    def _remember(self, case: Proposal):
        self.here[self._place(case)] = case
        if case.number:
            self.numbers_here[case.number] = self._place(case)

    def _place(self, case: Proposal) -> tuple:
        """By what an item is recognised."""
        if case.official_number:
            return (case.session_id, case.official_number)
        return (case.session_id, case.number)

    def recognised(self, facts):
        told_by = facts["official_number"] or facts["number"]
        if told_by:
            return (facts["session"].pk, told_by)
        message = _("What has no official number is told by its reference number.")
        raise ValidationError({"official_number": ValidationError(message, "required")})

    def _facts(self, row):
        facts = super()._facts(row)
        body = facts["session"].body
        facts["authors"] = tuple(author.short(body) for author in facts["authors"])
        facts["result_class"] = _letter(facts["result_class"])
        if facts["separate"] and not facts["lead"]:
            _share_out(facts)
        return facts

    def differs(self, code, new, old):
        if code in _SILENT and not new:
            return False
        if code in ("contacted", "co_handlers", "separate"):
            pairs = zip(_in_order(new), _in_order(old), strict=False)
            return len(new) != len(old) or not all(a.same(b) for a, b in pairs)
        return (new or None) != (old or None)

    def build(self, facts, row):
        self._refuse_incomplete(facts)
        session, made_on = facts["session"], facts["submitted_on"]
        in_session = facts["in_session"] == "in_session"
        case = Proposal(
            agency=session.agency,
            session=session,
            number=facts["number"],
            subject=facts["title"],
            text=facts["text"] or facts["title"],
            author_consents={"yes": True, "no": False}.get(facts["author_consents"]),
            in_session=in_session
            if facts["in_session"]
            else made_on <= session.closed_on,
            **{
                name: facts[name] for name in ("category", "key_leader", "submitted_on")
            },
        )
        if into := facts["merged_into"]:
            facts = facts | {"merged_into": self.here[session.pk, into]}
        note = self.note(row)
        record = replay(case, facts, by=self.by, note=note)
        self._remember(case)
        return record

    def store(self, records):
        _number(records)
        for case, _events, done in records:
            case.settle()
            for place, (task, _its_events) in enumerate(done, 1):
                task.number = task.numbered(place, task.assigned_on)
                task.settle()
        # First the items with which others are handled: a link needs a key.
        for merged in (False, True):
            items.enter(
                [
                    (case, events)
                    for case, events, _tasks in records
                    if bool(case.merged_into) == merged
                ]
            )
        tasks.enter([pair for record in records for pair in record.tasks])
        insert(
            [
                Counter(key=tasks.counter(case.number), last=len(done))
                for case, _events, done in records
                if done
            ]
        )

    def fault(self, record):
        reasons: dict[str, list] = defaultdict(list)
        for one in (record.case, *(task for task, _events in record.tasks)):
            try:
                one.validate_constraints()
            except ValidationError as refusal:
                for error in refusal.error_dict[NON_FIELD_ERRORS]:
                    reasons[self._column(one, error.code or "")].append(error)
        return ValidationError(dict(reasons)) if reasons else None

    def _column(self, one, code: str) -> str:
        """Where in the row stands what a constraint refuses."""
        name = code.partition("_before_")[0]
        if isinstance(one, Proposal):
            return name if name in self.fields else NON_FIELD_ERRORS
        if one.role != Role.LEAD:
            return "separate" if one.role == Role.SEPARATE else "co_handlers"
        return {"closed_on": "replied_on", "signed_for_on": name}.get(name, "signed_on")

    def _refuse_incomplete(self, facts: dict[str, Any]):
        wrong = {}
        for name, value in facts.items():
            if isinstance(value, date) and value > self.on:
                wrong[name] = _refusal("future")
        needed = {
            other for name, others in _NEEDS.items() if facts[name] for other in others
        }
        if facts["document_number"] or facts["result_class"]:
            needed |= set() if facts["replied_on"] else {"signed_on"}
        needed.add("authors")
        if facts["outcome"] == Outcome.HANDLED:
            needed.add("replied_on")
        elif facts["outcome"]:
            needed.add("closed_on")
        if facts["outcome"] == Outcome.MERGED:
            needed.add("merged_into")
        if facts["assigned_on"] and not facts["separate"]:
            needed.add("lead")
        wrong |= {name: _refusal("required") for name in needed if not facts[name]}
        wrong |= self._number_refused(facts) | self._units_refused(facts)
        into = facts["merged_into"]
        if into and (facts["session"].pk, into) not in self.here:
            wrong["merged_into"] = _refusal("no_such_item")
        labels = facts["session"].class_labels
        if facts["result_class"] and facts["result_class"] not in labels:
            params = {"letters": "、".join(labels)}
            wrong["result_class"] = _refusal("result_class", params)
        if wrong:
            raise ValidationError(wrong)

    def _number_refused(self, facts) -> dict:
        number = facts["number"]
        own = _OWN_NUMBER.fullmatch(number)
        if number in self.numbers_here:
            return {"number": _refusal("number_taken")}
        if number and not (own and own[1] == code(facts["session"])):
            return {
                "number": _refusal("other_series", {"series": code(facts["session"])})
            }
        return {}

    def _units_refused(self, facts) -> dict:
        had, wrong = shares(facts), {}
        columns = {"lead": "lead", "separate": "separate", "co_handler": "co_handlers"}
        closed = [share for share in had if _closed(share.agency, facts["assigned_on"])]
        for share in closed:
            wrong[columns[share.role]] = _refusal("closed_agency")
        if len({share.agency for share in had}) < len(had):
            wrong["co_handlers"] = _refusal("once_a_unit")
        if had and not self.by.has_perm(tasks.permission("add")):
            wrong["assigned_on"] = _refusal("not_permitted")
        if had and not wrong:
            try:
                refuse_roles([(share.agency, share.role) for share in had])
            except ValidationError as refusal:
                wrong["lead"] = refusal
        served = last_served(facts)
        if facts["separate"] and facts["replied_on"] != served:
            wrong["replied_on"] = _refusal("replied_on")
        return wrong

    # Out

    def lines(self, found, reason=""):
        """The items in chunks of rows, the columns' names first; what is computed
        stands last, and no import reads it."""
        computed = (_("called"), _field("due_on"), _field("again_on"), _field("status"))
        labels = [column.label for column in self.fields.values()]
        self._lead = list(self.fields).index("lead")
        yield [[str(label) for label in (*labels, *computed)]]
        # What others are handled with stands above them, as an import wants it.
        alone = F("merged_into").asc(nulls_first=True)
        kept = found.select_related("session__agency", "merged_into")
        number = F("official_number").asc(nulls_last=True)
        kept = kept.order_by("session", alone, number, "pk")
        for some in batched(_with_everything(kept).iterator(BATCH), BATCH):
            yield [self._line(case) for case in some]

    def _line(self, case: Proposal) -> list:
        row = told(case)
        cells = [field.widget.render(row[name]) for name, field in self.fields.items()]
        cells[self._lead] = row["lead"].name if row["lead"] else ""
        computed = (case.official_name, case.due_on or "", case.again_on or "")
        return [*cells, *computed, case.get_status_display()]


_MESSAGES = {
    "future": _("The day lies in the future."),
    "required": _("This cell is empty."),
    "number_taken": _("Another item has this reference number."),
    "other_series": _("The reference numbers of this session begin with %(series)s."),
    "no_such_item": _("This item of the session is neither here nor in a row above."),
    "result_class": _("The classes of this session are: %(letters)s."),
    "closed_agency": _("The agency was closed by then."),
    "once_a_unit": _("A unit stands here twice."),
    "not_permitted": _("You may not assign."),
    "replied_on": _("This is not the day on which the last unit served its reply."),
}


def _refusal(code: str, params=None) -> ValidationError:
    return ValidationError(_MESSAGES[code], code, params)


def _closed(agency: Agency, on: date | None) -> bool:
    return bool(agency.closed_on and on and agency.closed_on <= on)


def _with_everything(cases):
    return cases.prefetch_related(
        "authors", "contacts", "feedback", "assignments__agency"
    )


def _whole(value) -> int | None:
    try:
        return Whole().clean(value)
    except ValidationError:
        return None


def _letter(text: str) -> str:
    """The class as the session names it: A of “a类”."""
    return text.strip().removesuffix("类").upper()


def _share_out(facts: dict[str, Any]):
    """What a row tells of the reply holds for each separate unit that is silent."""
    signed, served = facts["signed_on"], facts["replied_on"]
    days = (signed or served, served) if served else (signed,) if signed else ()
    facts["separate"] = tuple(
        part._replace(
            days=part.days or days,
            document_number=part.document_number or facts["document_number"],
            result_class=_letter(part.result_class) or facts["result_class"],
        )
        for part in facts["separate"]
    )
    facts |= {"signed_on": None, "document_number": "", "result_class": ""}
    facts["replied_on"] = served or last_served(facts)


def _in_order(parts) -> list:
    return sorted(parts, key=lambda part: (str(part[0]), part.days and str(part.days)))


def _number(records: list[Record]):
    """Give a number to each item that has none, in the order of the rows."""
    waiting: dict[str, list[Proposal]] = defaultdict(list)
    for case, _events, _tasks in records:
        if not case.number:
            waiting[case.series(case.submitted_on)].append(case)
    for series, cases in waiting.items():
        key = items.counter(series)
        first = Counter.objects.next(key)
        Counter.objects.given_out(key, first + len(cases) - 1)
        for serial, case in enumerate(cases, first):
            case.number = case.numbered(serial, case.submitted_on)
