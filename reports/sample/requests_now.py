"""About fifty requests around a day, so that the desk has something of everything.

All of it is invented. Days are working days before (or, negative, after) the day.
"""

from datetime import date
from itertools import count, takewhile

from casework.workdays import WorkCalendar
from reports.sample.stories import (
    SAMPLE,
    Act,
    Story,
    identity,
    matter,
    organisation,
    person,
)

REPLIED, TRIAL = "now-replied", "now-consulting"
"""The request that another repeats; the one to try the public page with."""
LIMIT = 20
"""Working days to reply (art. 33), by which a light is chosen."""

SUBJECTS = (
    "老旧小区改造项目的资金安排",
    "新能源汽车充电设施建设规划",
    "城市更新片区的征收决定及补偿方案",
    "养老服务机构的补贴标准",
    "高标准农田建设项目的验收结果",
    "公办幼儿园学位供给情况",
    "政府投资项目的竣工决算",
    "医疗保障基金的监督检查结果",
    "行政执法事项目录",
    "历史建筑保护名录及保护措施",
)


def stories(today: date, calendar: WorkCalendar) -> list[Story]:
    """The requests as they stand on the day: what lies ahead has not happened."""
    made = _Desk(today, calendar)
    return [
        *made.unconfirmed(),
        *made.running(),
        *made.waiting(),
        *made.drafted(),
        *made.closed(),
        *made.carried_over(),
    ]


class _Desk:
    def __init__(self, today, calendar):
        self.today, self.calendar = today, calendar
        self.serials = count(1)

    def ago(self, days: int) -> date:
        return self.calendar.add(self.today, -days)

    def story(self, agency, received: date, *acts: Act, key="", **typed) -> Story:
        """One request; by hand and on the day of receipt unless it is said how."""
        serial = next(self.serials)
        business = serial % 5 == 0
        who = organisation("business", serial) if business else person(serial)
        fields = {
            "channel": "in_person",
            "submitted_on": received,
            "supply_form": "electronic",
            "supply_route": "email",
            **who,
            **matter(SUBJECTS[serial % len(SUBJECTS)]),
        }
        return Story(
            key=key or f"now-{serial:02d}",
            agency=agency,
            on=received,
            typed=fields | typed,
            identity="" if business else identity(serial),
            acts=tuple(takewhile(lambda act: act.on <= self.today, acts)),
        )

    def unconfirmed(self):
        yield self.story("BJ", self.today, channel="online")
        yield self.story("GTJ", self.ago(1), channel="email")
        letter = {"submitted_on": self.ago(4), "arrived_on": self.today}
        yield self.story("WBQ", self.today, channel="ordinary_letter", **letter)
        yield self.story("HBJ", self.ago(2), channel="fax")

    def running(self):
        """Being handled, with so many working days left: later, soon, … overdue."""
        left = {
            "BJ": 18, "FGW": 15, "ZJJ": 12, "RSJ": 9, "CCQ": 7, "JYJ": 5, "WBQ": 4,
            "CZJ": 3, "MZJ": 2, "JTQ": 1, "GTJ": 0, "HBJ": -1, "FXX": -4,
        }  # fmt: skip
        for agency, days in left.items():
            yield self.story(agency, self.ago(LIMIT - days))
        today = self.ago(LIMIT)
        confirm = Act("confirm", today)
        yield self.story("BJ", today, confirm, channel="online")
        post = {"submitted_on": self.ago(11), "arrived_on": self.ago(8)}
        yield self.story("GHJ", self.ago(8), channel="registered_post", **post)

    def ask(self, on: int, until: int) -> Act:
        asked = {
            "correction_until": self.ago(until),
            "correction_points": f"请写明所需文件的名称、文号或者其他特征{SAMPLE}。",
        }
        return Act("ask_correction", self.ago(on), asked)

    def consult(self, on: int, kind="third_party") -> tuple[Act, Act]:
        party = "宝鸡市示例局" if kind == "agency" else "示例第三方公司（虚构）"
        return (
            Act("consult", self.ago(on), {"kind": kind, "party": party}),
            Act("letter_delivered", self.ago(on - 1)),
        )

    def charge(self, on: int) -> Act:
        fee = {"kind": "by_volume", "quantity": 120}
        return Act("notify_fee", self.ago(on), fee)

    def waiting(self):
        """For the applicant's correction or payment, or for an opinion."""
        yield self.story("BJ", self.ago(5), self.ask(2, -10))
        yield self.story("GAJ", self.ago(22), self.ask(18, 3))
        corrected = Act("correct", self.ago(6))
        yield self.story("WJJ", self.ago(19), self.ask(15, 5), corrected)
        yield self.story("ZJJ", self.ago(9), self.charge(6))
        paid = Act("pay", self.ago(3))
        yield self.story("FGJ", self.ago(15), self.charge(11), paid)
        yield self.story("SYJ", self.ago(12), *self.consult(5), key=TRIAL)
        opinion = Act("record_opinion", self.ago(2), {"opinion": "agrees"})
        yield self.story("JTJ", self.ago(16), *self.consult(10, "agency"), opinion)

    def draft(self, on: int, outcome="disclosed") -> Act:
        return Act("submit_draft", self.ago(on), {"draft_outcome": outcome})

    def sign(self, on: int, serial: int) -> Act:
        number = f"宝示例公复〔{self.ago(on).year}〕{serial}号"
        return Act("sign", self.ago(on), {"document_number": number})

    def extend(self, on: int, days: int) -> Act:
        note = f"需要检索的档案较多{SAMPLE}。"
        return Act("extend", self.ago(on), {"extension": days}, note)

    def drafted(self):
        """Under review, returned, signed, extended."""
        yield self.story("BJ", self.ago(14), self.draft(1))
        yield self.story("GHJ", self.ago(17), self.draft(0, "partly_disclosed"))
        returned = Act("return_draft", self.ago(2), note=f"请补充法律依据{SAMPLE}。")
        yield self.story("JYJ", self.ago(13), self.draft(4, "other_organ"), returned)
        yield self.story("BJ", self.ago(18), self.draft(3), self.sign(1, 901))
        signed = (self.draft(2, "nonexistent"), self.sign(1, 902))
        yield self.story("SJJ", self.ago(12), *signed)
        # Far enough ahead to reach a year that may not be known yet.
        yield self.story("GTJ", self.ago(8), self.extend(1, 20))
        yield self.story("QSX", self.ago(24), self.extend(6, 10))

    def reply(self, on: int, outcome: str, serial: int) -> tuple[Act, ...]:
        served = Act("serve", self.ago(on), {"service": "posted"})
        return (self.draft(on + 2, outcome), self.sign(on + 1, serial), served)

    def closed(self):
        """In time and late, by reply and otherwise, with what came afterwards."""
        replied = self.reply(15, "disclosed", 903)
        yield self.story("BJ", self.ago(30), *replied, key=REPLIED)
        yield self.story("FGW", self.ago(40), *self.reply(22, "nonexistent", 904))
        privacy = (
            *self.consult(46),
            Act("record_opinion", self.ago(38), {"opinion": "objects"}),
            *self.reply(30, "partly_disclosed", 905),
        )
        yield self.story("CGJ", self.ago(50), *privacy)
        public = {"draft_outcome": "already_public"}
        received = self.ago(10)
        at_once = Act("reply_on_the_spot", received, public)
        yield self.story("WBQ", received, at_once)
        yield self.story("MX", self.ago(25), *self.reply(12, "other_organ", 906))
        complaint = self.reply(9, "petition_or_complaint", 907)
        yield self.story("XFJ", self.ago(18), *complaint)
        withdrawn = Act("withdraw", self.ago(4))
        yield self.story("RSJ", self.ago(11), withdrawn)
        lapsed = Act("lapse", self.ago(8))
        yield self.story("LX", self.ago(35), self.ask(30, 15), lapsed)
        unpaid = Act("lapse_unpaid", self.ago(3))
        yield self.story("NYJ", self.ago(30), self.charge(25), unpaid)
        link = Act("link", self.ago(15), {"repeats": REPLIED})
        again = self.reply(12, "repeated", 908)
        yield self.story("BJ", self.ago(16), link, *again)
        yield self.story("ZJJ", self.ago(45), *self.reply(21, "disclosed", 909))
        kind, filed = "reconsideration", self.ago(20)
        sued = Act("file_remedy", filed, {"kind": kind, "body": "宝鸡市人民政府"})
        refused = self.reply(28, "internal_affairs", 910)
        yield self.story("CZJ", self.ago(42), *refused, sued)
        decided = Act("decide_remedy", self.ago(12), {"result": "corrected"})
        secret = self.reply(60, "trade_secret", 911)
        early = Act(
            "file_remedy", self.ago(40), {"kind": kind, "body": "宝鸡市人民政府"}
        )
        yield self.story("GTJ", self.ago(75), *secret, early, decided)
        court = {"kind": "direct", "body": "宝鸡铁路运输法院"}
        direct = Act("file_remedy", self.ago(6), court)
        missing = self.reply(26, "nonexistent", 912)
        yield self.story("GHJ", self.ago(38), *missing, direct)

    def carried_over(self):
        """Received last December, closed in the first weeks of this year."""
        new_year = date(self.today.year, 1, 1)
        for before, agency, outcome in (
            (3, "BJ", "disclosed"),
            (8, "GTJ", "partly_disclosed"),
            (12, "HBJ", "already_public"),
        ):
            received = self.calendar.add(new_year, -before)
            drafted = self.calendar.add(received, 15)
            signed = self.calendar.add(received, 16)
            served = self.calendar.add(received, 17)
            number = f"宝示例公复〔{signed.year}〕{before}号"
            yield self.story(
                agency,
                received,
                Act("submit_draft", drafted, {"draft_outcome": outcome}),
                Act("sign", signed, {"document_number": number}),
                Act("serve", served, {"service": "electronic"}),
            )
