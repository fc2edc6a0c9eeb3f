"""How the suggestions and proposals around a day are told, through the door."""

from datetime import date
from itertools import count

from django.db import transaction

from casework.models import Agency
from casework.workdays import WorkCalendar
from proposals.deadlines import Limit
from proposals.models import Assignment, Proposal, ProposalEvent, Session
from proposals.workflow import APPROVE, HANDLE, WORK, assign, items, tasks
from reports.sample.items_now import STORIES, Item, submission_of
from reports.sample.people import (
    CHIEF,
    CITY_OFFICE,
    CLERK,
    COUNTY_CLERK,
    DEPARTMENT_CLERK,
)
from reports.sample.stories import SAMPLE, SURNAMES
from reports.sample.topics import COUNTIES, SECTORS, topic

WHY = f"示例说明{SAMPLE}"
"""Said wherever a step must say why."""
SESSIONS = {
    "congress": {"term": 17, "number": 5, "opened": (1, 20), "closed": (1, 24)},
    "cppcc": {"term": 13, "number": 5, "opened": (1, 19), "closed": (1, 23)},
}
FIRST = 2026
"""The year of the fifth sessions; in the next year they are the sixth."""


def make_sessions(today: date, office: Agency) -> dict[str, Session]:
    """This year's sessions; before they have met, those of the year before."""
    year = today.year - (today < date(today.year, 2, 1))
    sessions = {}
    for body, known in SESSIONS.items():
        days = {
            "opened_on": date(year, *known["opened"]),
            "closed_on": date(year, *known["closed"]),
            "contact": Limit(20, "working_days"),
            "feedback": Limit(10, "working_days"),
        }
        sessions[body], _new = Session.objects.get_or_create(
            agency=office,
            body=body,
            term=known["term"],
            number=known["number"] + year - FIRST,
            defaults=days,
        )
    return sessions


def tell(today: date, calendar: WorkCalendar, agencies, users) -> int:
    """Tell the stories that have not been told yet, and say how many."""
    submissions = {story.submission for story in STORIES}
    told = ProposalEvent.objects.filter(submission__in=submissions)
    known = set(told.values_list("submission", flat=True))
    new = [story for story in STORIES if story.submission not in known]
    if new:
        telling = _Telling(today, calendar, agencies, users)
        for story in new:
            telling.tell(story)
    return len(new)


class _Telling:
    """What is done by whom, each in the own name."""

    def __init__(self, today, calendar, agencies, users):
        self.today, self.calendar = today, calendar
        self.agencies, self.users = agencies, users
        self.sessions = make_sessions(today, agencies["BJ"])
        self.office = users[CITY_OFFICE.username]
        self.serials = count(1)

    def day(self, ago: int) -> date:
        return self.calendar.add(self.today, -ago)

    def actor(self, permission: str, unit: str):
        if permission == APPROVE:
            return self.users[CHIEF.username]
        if permission not in (WORK, HANDLE):
            return self.office
        own = {"WBQ": COUNTY_CLERK, "GTJ": DEPARTMENT_CLERK}
        return self.users[own.get(unit, CLERK).username]

    @transaction.atomic
    def tell(self, story: Item):
        case = self.register(story, next(self.serials))
        for act in story.acts:
            if act.unit:
                self.work(case, act)
            elif act.step == "assign":
                units = [
                    (self.agencies[unit], role) for unit, role in act.facts.items()
                ]
                assign(case, units, by=self.office, on=self.day(act.ago), note=WHY)
            else:
                self.take(case, act)

    def register(self, story, serial) -> Proposal:
        category, matter = topic(story.about)
        session = self.sessions[story.body]
        county = list(COUNTIES.values())[serial % len(COUNTIES)]
        kind = "建议" if story.body == "congress" else "提案"
        subject = f"关于在{county}{matter}的{kind}{SAMPLE}"
        on = self.day(story.made)
        typed = {
            "subject": subject,
            "text": f"{subject}。本件为示例数据，提出人和内容均为虚构。",
            "category": category,
            "in_session": False,
            "submitted_on": on,
            "author_consents": serial % 3 > 0,
        }
        case = Proposal(agency=session.agency, session=session, **typed | story.typed)
        case = items.open(case, by=self.office, on=on, submission=story.submission)
        for place in range(1, story.authors + 1):
            name = f"{SURNAMES[(serial + place) % len(SURNAMES)]}示例"
            author = {"kind": "deputy", "name": name, "group": f"{county}代表团"}
            if story.body == "cppcc":
                author |= {"kind": "member", "group": SECTORS[serial % len(SECTORS)]}
            items.take("sign_with", case, by=self.office, on=on, place=place, **author)
        return case

    def take(self, case, act):
        """A step of the item, once for each author where they are asked."""
        step, facts, on = items.steps[act.step], dict(act.facts), self.day(act.ago)
        case = Proposal.objects.get(pk=case.pk)
        if act.step == "file":
            facts["official_number"] = self.next_number(case.session)
        elif act.step == "promise":
            facts["due_on"] = self.day(facts["due_on"])
        elif act.step == "merge":
            facts["merged_into"] = case_of(facts["merged_into"])
        rows = step.rows(case)
        by = self.actor(step.permission, "")
        deed = {"by": by, "on": on, "note": WHY, "row": rows[0] if rows else None}
        if act.step != "hear":
            items.take(act.step, case, **deed, **facts)
            return
        for author in case.authors.all():
            items.take("hear", case, **deed, **facts, author=author)

    def work(self, case, act):
        """A step of the unit in the round that runs."""
        task = Assignment.objects.filter(
            case=case, agency=self.agencies[act.unit], closed_on=None
        ).get()
        facts = dict(act.facts)
        if instead := facts.get("unit_instead"):
            facts["unit_instead"] = self.agencies[instead]
        if act.step == "sign":
            year = self.day(act.ago).year
            number = f"宝示例函〔{year}〕{case.number.rpartition('-')[2].lstrip('0')}号"
            facts["document_number"] = number
        by = self.actor(tasks.steps[act.step].permission, act.unit)
        tasks.take(act.step, task, by=by, on=self.day(act.ago), note=WHY, **facts)

    def next_number(self, session) -> int:
        numbers = session.items.exclude(official_number=None).order_by(
            "official_number"
        )
        last = numbers.last()
        return last.official_number + 1 if last else 1


def case_of(key: str) -> Proposal:
    """The item of a story that has been told."""
    return Proposal.objects.get(events__submission=submission_of(key))
