"""The 253 suggestions and 655 proposals of 2016, as section four of the report says.

Their numbers, the sessions, to how many departments and counties they went and that all
were replied to, the suggestions in time, are true; everything else is invented, the
same each time. They are entered as the record of a past year is.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from casework.models import Agency, Counter
from casework.workdays import WorkCalendar
from casework.workflow import Deed
from proposals.deadlines import Limit
from proposals.models import Assignment, Proposal, Session
from proposals.workflow import items, tasks
from reports.sample.people import CITY_OFFICE
from reports.sample.stories import SAMPLE, SURNAMES
from reports.sample.topics import COUNTIES, PROMISES, REASONS, SECTORS, TOPICS, topic

YEAR = 2016
NOTE = f"按当年办理台账录入{SAMPLE}"


@dataclass(frozen=True)
class Plan:
    """What is known of the items of one session."""

    session: dict
    rules: dict
    count: int
    departments: int
    assigned_on: date
    """At the meeting of assignment (交办会)."""
    between: int
    """How many were made only after the session."""

    @property
    def units(self) -> list[str]:
        return [*list(TOPICS)[: self.departments], *COUNTIES]


SUGGESTIONS = Plan(
    {"body": "congress", "term": 14, "number": 6},
    {"opened_on": date(YEAR, 2, 16), "closed_on": date(YEAR, 2, 20)},
    count=253,
    departments=48,
    assigned_on=date(YEAR, 3, 10),
    between=13,
)
PROPOSALS = Plan(
    {"body": "cppcc", "term": 11, "number": 5},
    {
        "opened_on": date(YEAR, 2, 15),
        "closed_on": date(YEAR, 2, 19),
        "reply_by": date(YEAR, 8, 31),
        "feedback": Limit(15, "working_days"),
    },
    count=655,
    departments=57,
    assigned_on=date(YEAR, 3, 18),
    between=25,
)


def tell(calendar: WorkCalendar, agencies: dict[str, Agency], users) -> int:
    """Enter the items that are not there yet, and say how many."""
    by = users[CITY_OFFICE.username]
    return sum(
        _enter(plan, calendar, agencies, by) for plan in (SUGGESTIONS, PROPOSALS)
    )


@transaction.atomic
def _enter(plan, calendar, agencies, by):
    session, _new = Session.objects.get_or_create(
        agency=agencies["BJ"], **plan.session, defaults=plan.rules
    )
    known = set(session.items.values_list("number", flat=True))
    told = [
        _story(plan, past)
        for serial in range(1, plan.count + 1)
        if (past := _Past(serial, session, calendar, agencies, by)).number not in known
    ]
    items.enter([(past.case, past.events) for past in told])
    tasks.enter([task for past in told for task in past.tasks])
    if told:
        series = told[0].case.series(plan.assigned_on)
        Counter.objects.given_out(items.counter(series), plan.count)
        Counter.objects.bulk_create(
            Counter(key=tasks.counter(past.case.number), last=len(past.tasks))
            for past in told
        )
    return len(told)


def _story(plan, past: "_Past") -> "_Past":
    units, serial = plan.units, past.serial
    # Each unit has one at least; the busy ones, which stand first, have more.
    place = int(len(units) * past.random.random() ** 2)
    lead = units[serial - 1 if serial <= len(units) else place]
    others = [unit for unit in past.random.sample(units, 3) if unit != lead]
    past.register(lead, between=serial > plan.count - plan.between)
    past.assign(plan.assigned_on, others)
    past.reply()
    past.follow_up()
    return past


class _Past:
    """One item, done again in memory as the record of the year tells it."""

    def __init__(self, serial, session, calendar, agencies, by):
        self.serial, self.session = serial, session
        self.calendar, self.agencies, self.by = calendar, agencies, by
        self.random = Random(f"{session.body} {serial}")
        self.events, self.tasks = [], []
        self.case = Proposal(agency=session.agency, session=session)
        self.number = self.case.numbered(serial, session.opened_on)

    def do(self, step, on, **facts):
        deed = Deed(step, on, facts, step)
        self.events.append(items.redo(self.case, deed, by=self.by, note=NOTE))

    def work(self, task, events, step, on, **facts):
        deed = Deed(step, on, facts, step)
        events.append(tasks.redo(task, deed, by=self.by, note=NOTE))

    def after(self, day, days):
        return self.calendar.add(day, days)

    def register(self, lead, *, between):
        """As it was made, with its authors, and filed."""
        self.lead = lead
        category, matter = topic(self.lead)
        kind = "建议" if self.session.body == "congress" else "提案"
        county = list(COUNTIES.values())[self.serial % len(COUNTIES)]
        subject = f"关于在{county}{matter}的{kind}{SAMPLE}"
        made_on = self.session.opened_on
        if between:
            made_on = self.after(self.session.closed_on, 40 + self.serial % 60)
        typed = {
            "number": self.number,
            "subject": subject,
            "text": f"{subject}。本件为示例数据，提出人和内容均为虚构。",
            "category": category,
            "in_session": not between,
            "submitted_on": made_on,
            "key_leader": "示例副市长" if self.serial % 50 == 1 else "",
            "author_consents": self.serial % 4 > 0,
        }
        for name, value in typed.items():
            setattr(self.case, name, value)
        first = items.recall(self.case, by=self.by, on=made_on, note=NOTE)
        self.events.append(first)
        for place in range(1, 2 + (self.serial % 5 == 0) + (self.serial % 7 == 0)):
            self.do("sign_with", made_on, place=place, **self.author(place))
        filed_on = self.after(made_on, 3)
        self.do("file", filed_on, official_number=self.serial)

    def author(self, place):
        name = f"{SURNAMES[(self.serial + place) % len(SURNAMES)]}示例"
        if self.session.body == "congress":
            county = list(COUNTIES.values())[self.serial % len(COUNTIES)]
            return {"kind": "deputy", "name": name, "group": f"{county}代表团"}
        group = SECTORS[self.serial % len(SECTORS)]
        if self.serial % 20 == 3 and place == 1:
            return {"kind": "party", "name": "某民主党派示例市委", "group": ""}
        return {"kind": "member", "name": name, "group": group}

    def assign(self, meeting, others):
        on = max(meeting, self.after(self.case.filed_on, 4))
        self.do("assign", on, assigned_on=on)
        separate = self.serial % 31 == 0
        self.give(self.lead, "separate" if separate else "lead", on)
        if separate:
            self.give(others[0], "separate", on)
        elif self.serial % 4 == 0:
            for unit in others[: 1 + self.serial % 3 // 2]:
                self.give(unit, "co_handler", on)

    def give(self, unit, role, on):
        case = self.case
        task = Assignment(
            case=case, agency=self.agencies[unit], role=role, assigned_on=on
        )
        task.number = task.numbered(len(self.tasks) + 1, on)
        events = [tasks.recall(task, by=self.by, on=on, note=NOTE)]
        case.rows("assignments").append(task)
        self.work(task, events, "sign_for", self.after(on, 1))
        self.tasks.append((task, events))

    def reply(self):
        """Opinions first, then a talk with the author, then the reply of each unit."""
        on, pace = self.case.assigned_on, self.random.randrange(12, 50)
        for task, events in self.tasks:
            if task.role == "co_handler":
                given_on = self.after(on, 8)
                self.work(task, events, "give_opinion", given_on, opinion="同意。")
        way = ("face_to_face", "visit", "telephone", "meeting")[self.serial % 4]
        met = {
            "way": way,
            "who": "承办科室负责人与提出人",
            "said": f"听取意见{SAMPLE}。",
        }
        self.do("contact", self.after(on, 10), **met)
        drafted_on, signed_on = self.after(on, pace), self.after(on, pace + 1)
        self.served_on = self.after(on, pace + 2)
        self.decide(drafted_on)
        for task, events in self.tasks:
            if task.role == "co_handler":
                continue
            self.result = self.random.choices("ABCD", (60, 28, 9, 3))[0]
            number = f"宝示例{'建' if task.role == 'lead' else '分'}函〔{YEAR}〕"
            number += f"{self.serial}号"
            self.work(task, events, "submit_draft", drafted_on)
            signed = {"document_number": number, "result_class": self.result}
            self.work(task, events, "sign", signed_on, **signed)
            self.work(task, events, "serve", self.served_on)
        self.do("replied", self.served_on)

    def decide(self, on):
        """On publication, together with the reply."""
        self.publication = ("summary", "not", "full", "not")[self.serial % 4]
        facts = {"publication": self.publication}
        if self.publication == "not":
            facts["publication_reason"] = REASONS[self.serial % len(REASONS)]
        self.do("decide_publication", on, **facts)

    def follow_up(self):
        """What the authors said, what was promised, what was published."""
        heard_on = self.after(self.served_on, 7)
        for author in self.case.rows("authors"):
            said = self.random.choices(
                ("satisfied", "basically", "none"), (80, 17, 3)
            )[0]  # fmt: skip
            answer = {"author": author, "attitude": said, "result": said}
            self.do("hear", heard_on, **answer)
        if self.result == "B":
            promised = PROMISES[self.serial % len(PROMISES)]
            until = date(YEAR + 1, 6, 30)
            self.do("promise", self.served_on, promised=promised, due_on=until)
        if self.publication != "not":
            published_on = self.after(self.served_on, 5)
            self.do("publish", published_on, published_text=self.text())
        closed_on = self.after(self.served_on, 10)
        self.do("close", closed_on)
        if self.result == "B":
            deed = Deed("settle", date(YEAR + 1, 6, 20), {"state": "kept"}, "settle")
            self.events.append(items.redo(self.case, deed, by=self.by, note=NOTE))
        self.case.settle()
        for task, _events in self.tasks:
            task.settle()

    def text(self):
        _category, matter = topic(self.lead)
        return f"您提出的意见已收悉。我们将继续{matter}。本答复为示例数据，内容为虚构。"
