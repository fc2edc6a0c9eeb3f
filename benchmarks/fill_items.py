"""Suggestions and proposals beside the requests: as many, each with three units."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.fill import NotOurs, pour, tidy
from benchmarks.office import Office
from benchmarks.stories import FIRST, LAST
from benchmarks.words import subject
from casework.folding import fold
from casework.models import Agency, CalendarDay
from casework.workdays import WorkCalendar
from proposals.deadlines import deadline
from proposals.models import (
    Assignment,
    Author,
    Body,
    Commitment,
    Contact,
    Feedback,
    Outcome,
    Proposal,
    Publication,
    Role,
    Session,
    Status,
    TaskOutcome,
    TaskStatus,
)

MODELS = (
    Proposal, Assignment, Assignment, Assignment, Author, Contact, Feedback, Commitment,
)  # fmt: skip
YEARS = range(FIRST.year, LAST.year + 1)
TALKED, MET, RETURNED_FORM, PROMISED, LATE, LAPSED = 0.9, 0.7, 0.95, 0.1, 0.02, 0.03
"""Of items, or of those that were replied."""
CATEGORIES = ("城建", "交通", "教育", "卫生健康", "农业农村", "工业", "环保", "其他")
GROUPS = {
    Body.CONGRESS: [f"第{number}代表团" for number in range(1, 14)],
    Body.CPPCC: [f"第{number}界别" for number in range(1, 35)],
}


def fill_items(office: Office, size: int):
    """So many items of twenty sessions; NotOurs if there are others."""
    standing = Proposal.objects.count()
    if standing == size:
        return
    if standing:
        raise NotOurs(f"The database has {standing:,} items and not {size:,}.")
    sessions = [_session(office, year, body) for year in YEARS for body in Body]
    stories = Items(office, sessions, size, CalendarDay.objects.as_calendar())
    pour(MODELS, iter(stories))
    tidy(dict.fromkeys(MODELS))


def _session(office: Office, year: int, body: str) -> Session:
    return Session.objects.create(
        agency=office.city,
        body=body,
        term=14 if body == Body.CONGRESS else 11,
        number=year - FIRST.year + 1,
        opened_on=date(year, 2, 17),
        closed_on=date(year, 2, 21),
    )


class Items:
    """All items, session by session, each with the rows that belong to it."""

    def __init__(self, office, sessions, size, calendar: WorkCalendar):
        self.sessions, self.size, self.calendar = sessions, size, calendar
        self.agencies: tuple[Agency, ...] = office.agencies[1:]
        self.city, self.dice = office.city, Random(size)
        self.told: dict = {}

    def __iter__(self) -> Iterator[tuple]:
        for place in range(self.size):
            session = self.sessions[place * len(self.sessions) // self.size]
            yield self._item(place + 1, session)

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _due(self, case: Proposal | Assignment) -> tuple:
        """As the clock says it, once for all that have the same facts."""
        facts, rules = case.facts, self.rules
        key = facts, rules
        if key not in self.told:
            said = deadline(facts, rules, self.calendar)
            why = [json.dumps(said.why | {"settled": done}) for done in (False, True)]
            self.told[key] = said.due, said.provisional, why
        return self.told[key]

    def _item(self, pk: int, session: Session) -> tuple:
        self.rules = session.rules
        submitted, assigned = session.opened_on, session.opened_on + timedelta(days=20)
        case = Proposal(session=session, assigned_on=assigned, in_session=True)
        due, provisional, why = self._due(case)
        latest = session.opened_on.year == LAST.year
        replied = None if latest and self._chance(0.2) else self._reply_day(due)
        ended = self._chance(LAPSED)
        about = subject(self.dice, pk, self.size)
        number = f"{case.series(submitted)}-{pk:07d}"
        row = {
            "id": pk,
            "number": number,
            "agency_id": self.city.pk,
            "subject": about,
            "folded": fold(f"{number} {about}"),
            "received_on": assigned,
            "due_on": due,
            "due_provisional": provisional,
            "due_why": why[ended or replied is not None],
            "version": 1,
            "session_id": session.pk,
            "official_number": pk,
            "text": f"建议：{about}。",
            "category": self.dice.choice(CATEGORIES),
            "in_session": True,
            "submitted_on": submitted,
            "filed_on": submitted,
            "assigned_on": assigned,
            "status": Status.ASSIGNED.value,
        }
        author = {
            "id": pk,
            "case_id": pk,
            "place": 1,
            "kind": "deputy" if session.body == Body.CONGRESS else "member",
            "name": f"提出人{pk % 500}",
            "group": self.dice.choice(GROUPS[session.body]),
        }
        if ended:
            row |= _closed(Outcome.WITHDRAWN, assigned)
            tasks = self._tasks(row, assigned, TaskOutcome.ENDED)
            return (row, *tasks, author, None, None, None)
        if replied is None:
            return (row, *self._tasks(row, None, ""), author, None, None, None)
        publication = self.dice.choice(Publication.values)
        public = publication != Publication.NOT
        row |= _closed(Outcome.HANDLED, replied) | {
            "replied_on": replied,
            "publication": publication,
            "publication_reason": "" if public else "涉及内部管理",
            "published_text": "答复摘要。" if public else "",
            "published_on": replied if public else None,
        }
        tasks = self._tasks(row, replied, TaskOutcome.REPLIED)
        return (row, *tasks, author, *self._rows(pk, replied))

    def _reply_day(self, due: date) -> date:
        days = 10 + self.dice.randrange(20)
        return due + timedelta(days=days if self._chance(LATE) else -days)

    def _tasks(self, row: dict, done: date | None, outcome: str) -> Iterator[dict]:
        """One lead, and two that help."""
        roles = (Role.LEAD, Role.CO_HANDLER, Role.CO_HANDLER)
        units = self.dice.sample(self.agencies, len(roles))
        for serial, (role, unit) in enumerate(zip(roles, units, strict=True), 1):
            leads, assigned = role == Role.LEAD, row["assigned_on"]
            task = Assignment(role=role, assigned_on=assigned, round=1)
            task.case = Proposal(in_session=True)
            due, provisional, why = self._due(task)
            number = f"{row['number']}-{serial}"
            helped = leads or outcome != TaskOutcome.REPLIED
            found = {
                "number": number,
                "agency_id": unit.pk,
                "subject": row["subject"],
                "folded": fold(f"{number} {row['subject']}"),
                "received_on": assigned,
                "due_on": due,
                "due_provisional": provisional,
                "due_why": why[done is not None],
                "version": 1,
                "case_id": row["id"],
                "role": role.value,
                "round": 1,
                "assigned_on": assigned,
                "status": TaskStatus.HANDLING.value,
                "signed_for_on": assigned,
            }
            if done:
                found |= _closed(outcome if helped else TaskOutcome.OPINION, done)
            if done and leads and outcome == TaskOutcome.REPLIED:
                found["signed_on"] = done
                found["document_number"] = "宝函〔2025〕12号"
                found["result_class"] = self.dice.choice("AAABBC")
            yield found

    def _rows(self, pk: int, replied: date) -> tuple:
        """What was said before the reply and after it."""
        talk = {
            "case_id": pk,
            "contacted_on": replied - timedelta(days=5),
            "way": "visit" if self._chance(MET) else "telephone",
            "who": "承办人、提出人",
            "said": "听取意见。",
        }
        returned = self._chance(RETURNED_FORM)
        answers = self.dice.choices(Feedback.Answer.values[:3], (80, 17, 3), k=2)
        heard = {
            "case_id": pk,
            "author_id": pk,
            "round": 1,
            "given_on": replied + timedelta(days=10),
            "attitude": answers[0] if returned else "none",
            "result": answers[1] if returned else "none",
        }
        promise = {
            "case_id": pk,
            "promised": "年底前完成",
            "promised_on": replied,
            "due_on": replied + timedelta(days=200),
        }
        if self._chance(0.5):
            promise |= {"settled_on": promise["due_on"], "state": "kept"}
        return (
            talk if self._chance(TALKED) else None,
            heard,
            promise if self._chance(PROMISED) else None,
        )


def _closed(outcome: str, on: date) -> dict:
    return {"status": "closed", "outcome": str(outcome), "closed_on": on}
