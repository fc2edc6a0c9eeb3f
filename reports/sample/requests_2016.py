"""The 130 requests of 2016, by level of organ as the city's report gives them.

Their number, their levels, that all were answered in time, one reconsideration and one
fee at the archives are true; everything else is invented, the same each time.
"""

from datetime import date
from itertools import cycle
from random import Random

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

YEAR = 2016
FIRST_DAY, LAST_DAY = date(YEAR, 1, 5), date(YEAR, 11, 25)
"""Of receipt: so that the last is answered within the year."""

OFFICE = {"BJ": 17}
COUNTIES = {
    "WBQ": 5, "JTQ": 5, "CCQ": 4, "FXX": 4, "QSX": 4, "FFX": 4,
    "MX": 3, "LX": 3, "QYX": 3, "LYX": 3, "FX": 3, "TBX": 3,
}  # fmt: skip
DEPARTMENTS = {
    "GTJ": 9, "ZJJ": 7, "GHJ": 6, "HBJ": 5, "RSJ": 5, "CZJ": 4, "FGW": 3, "MZJ": 3,
    "GAJ": 3, "JYJ": 3, "WJJ": 3, "JTJ": 3, "CGJ": 2, "GSJ": 2, "SYJ": 2, "DAG": 2,
    "FGJ": 2, "DSJ": 1, "SJJ": 1, "KJJ": 1, "GZW": 1, "FPB": 1,
}  # fmt: skip

OUTCOMES = {
    "disclosed": 62, "already_public": 21, "other_organ": 14, "nonexistent": 12,
    "partly_disclosed": 9, "personal_privacy": 4, "not_government_information": 3,
    "trade_secret": 2, "still_unclear": 2, "state_secret": 1,
}  # fmt: skip
CHANNELS = {
    "in_person": 41, "online": 32, "email": 20, "registered_post": 13, "ems": 12,
    "ordinary_letter": 7, "fax": 5,
}  # fmt: skip
APPLICANTS = {
    "natural_person": 96, "business": 20, "public_benefit": 4, "legal_service": 4,
    "research": 3, "other_organisation": 3,
}  # fmt: skip
SUPPLIES = {
    ("paper", "collect"): 45, ("paper", "post"): 35, ("electronic", "email"): 50,
}  # fmt: skip

SUBJECTS = (
    "2015年部门决算和“三公”经费决算",
    "国有土地上房屋征收补偿方案",
    "集体土地征收的批复文件和补偿标准",
    "棚户区改造项目的立项批复",
    "建设工程规划许可证及附图",
    "环境影响评价文件的审批意见",
    "最低生活保障金的发放标准",
    "义务教育阶段学区划分的依据",
    "农村危房改造补助资金的分配结果",
    "供水价格改革的听证报告",
    "城市轨道交通建设规划的公众意见汇总",
    "行政处罚自由裁量权基准",
    "事业单位公开招聘的成绩和名次",
    "精准扶贫项目资金的使用情况",
    "“双随机”抽查事项清单及抽查结果",
    "公共资源交易项目的中标结果",
    "食品安全监督抽检的不合格产品名单",
    "社会保险缴费基数的核定文件",
    "道路改扩建工程的施工许可",
    "物业服务收费的备案材料",
)
ARCHIVES = "1985年城区地名调整的档案复制件"


def pile(counts, random: Random) -> list:
    """Each key as often as its count says, in a mixed order."""
    keys = [key for key, count in counts.items() for _time in range(count)]
    return sorted(keys, key=lambda _key: random.random())


def stories(calendar: WorkCalendar) -> list[Story]:
    """The year's requests in the order of their receipt."""
    random = Random(YEAR)
    codes = pile(OFFICE | COUNTIES | DEPARTMENTS, random)
    columns = zip(
        codes,
        pile(OUTCOMES, random),
        pile(CHANNELS, random),
        pile(APPLICANTS, random),
        pile(SUPPLIES, random),
        cycle(SUBJECTS),
        strict=False,
    )
    working = calendar.count(FIRST_DAY, LAST_DAY)
    told, marked = [], set()
    for serial, column in enumerate(columns):
        code, outcome, channel, kind, supply, subject = column
        received = calendar.add(FIRST_DAY, serial * working // len(codes))
        made = _Request(serial, code, outcome, received, calendar, random)
        extra = ()
        # The archives' fee, and the reconsideration of a department's reply.
        if code == "DAG" and "fee" not in marked:
            marked.add("fee")
            subject, extra = ARCHIVES, made.fee()
        if code == "GTJ" and outcome == "nonexistent" and "remedy" not in marked:
            marked.add("remedy")
            extra = made.remedy()
        told.append(made.story(channel, kind, supply, subject, extra))
    return told


class _Request:
    """The way of one request; days are working days after receipt."""

    def __init__(self, serial, code, outcome, received, calendar, random):
        self.serial, self.code, self.outcome = serial, code, outcome
        self.received, self.calendar = received, calendar
        self.pace = random.randrange(4, 12)

    def day(self, after: int) -> date:
        return self.calendar.add(self.received, after)

    def story(self, channel, kind, supply, subject, extra) -> Story:
        natural = kind == "natural_person"
        who = person(self.serial) if natural else organisation(kind, self.serial)
        form, route = supply
        typed = {
            "channel": channel,
            "supply_form": form,
            "supply_route": route,
            **self.days(channel),
            **who,
            **matter(subject),
        }
        confirming = channel in ("online", "ordinary_letter", "fax")
        confirm = (Act("confirm", self.received),) if confirming else ()
        return Story(
            key=f"{YEAR}-{self.serial + 1:03d}",
            agency=self.code,
            on=self.received,
            typed=typed,
            identity=identity(self.serial) if natural else "",
            acts=(*confirm, *self.handled(channel), *extra),
        )

    def days(self, channel) -> dict[str, date]:
        """When it was sent and when it came, by the way it came."""
        if channel in ("registered_post", "ems", "ordinary_letter"):
            return {"submitted_on": self.day(-2), "arrived_on": self.received}
        if channel == "email":
            return {"submitted_on": self.received, "arrived_on": self.received}
        return {"submitted_on": self.received}

    def handled(self, channel) -> tuple[Act, ...]:
        """What was done between receipt and reply, and the reply."""
        on_the_spot = channel == "in_person" and self.outcome == "already_public"
        if on_the_spot and self.serial % 2:
            draft = {"draft_outcome": self.outcome}
            return (Act("reply_on_the_spot", self.received, draft),)
        if self.outcome in ("trade_secret", "personal_privacy"):
            return (*self.consulted("objects"), *self.replied(8))
        if self.outcome == "partly_disclosed" and self.serial % 3 == 0:
            return (*self.consulted("agrees"), *self.replied(8))
        if self.outcome == "still_unclear" or self.serial % 31 == 7:
            return (*self.corrected(), *self.replied(self.pace + 8))
        if self.serial % 43 == 11:
            return (*self.reworked(), *self.replied(self.pace))
        return self.replied(self.pace)

    def replied(self, after: int) -> tuple[Act, ...]:
        service = ("posted", "handed_over", "electronic")[self.serial % 3]
        number = f"宝示例公复〔{YEAR}〕{self.serial + 1}号"
        return (
            Act("submit_draft", self.day(after), {"draft_outcome": self.outcome}),
            Act("sign", self.day(after + 1), {"document_number": number}),
            Act("serve", self.day(after + 2), {"service": service}),
        )

    def consulted(self, opinion) -> tuple[Act, ...]:
        party = f"示例第三方{self.serial}号（虚构）"
        asked = {"kind": "third_party", "party": party}
        return (
            Act("consult", self.day(2), asked),
            Act("letter_delivered", self.day(3)),
            Act("record_opinion", self.day(7), {"opinion": opinion}),
        )

    def corrected(self) -> tuple[Act, ...]:
        asked = {
            "correction_until": self.day(12),
            "correction_points": f"请写明所需文件的名称、文号或者其他特征{SAMPLE}。",
        }
        return (
            Act("ask_correction", self.day(3), asked),
            Act("correct", self.day(8)),
        )

    def reworked(self) -> tuple[Act, ...]:
        first = {"draft_outcome": self.outcome}
        return (
            Act("submit_draft", self.day(2), first),
            Act("return_draft", self.day(3), note=f"请补充法律依据{SAMPLE}。"),
        )

    def fee(self) -> tuple[Act, ...]:
        """The report says that the archives charged costs, and not how much."""
        charged = {"quantity": 70, "amount": "35.00"}
        note = f"金额为虚构{SAMPLE}。"
        return (Act("charge_costs", self.day(self.pace + 2), charged, note),)

    def remedy(self) -> tuple[Act, ...]:
        """The report counts one reconsideration, concluded, and not its result."""
        filed = {"kind": "reconsideration", "body": "宝鸡市人民政府"}
        note = f"复议结果为虚构{SAMPLE}。"
        return (
            Act("file_remedy", self.day(self.pace + 15), filed),
            Act("decide_remedy", self.day(self.pace + 45), {"result": "upheld"}, note),
        )
