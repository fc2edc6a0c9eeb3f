"""A request of the sample office, from registration to its end, through the door."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from stdnum.cn import ric

from casework.models import Agency, User
from disclosure.models import DisclosureRequest, RequestEvent
from disclosure.workflow import APPROVE, workflow
from reports.sample.people import CHIEF, CLERK, COUNTY_CLERK, DEPARTMENT_CLERK

SAMPLE = "（示例）"
"""Marks what is invented."""
_STORIES = UUID("7a1a0d0e-2016-4d00-8000-000000000130")

SURNAMES = (*"王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林", "欧阳")


@dataclass(frozen=True)
class Act:
    """One step, on its legal day."""

    step: str
    on: date
    facts: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Story:
    """A request as it was typed in, and what was done to it."""

    key: str
    """By which it is known to have been told already."""
    agency: str
    on: date
    typed: dict[str, Any]
    identity: str = ""
    acts: tuple[Act, ...] = ()

    @property
    def submission(self) -> UUID:
        return uuid5(_STORIES, self.key)


def person(serial: int) -> dict[str, Any]:
    """A natural person whom nobody can be: 王示例, with a number of no district."""
    surname = SURNAMES[serial % len(SURNAMES)]
    return {
        "applicant_kind": "natural_person",
        "applicant": f"{surname}示例",
        "phone": f"0000000{serial:04d}",
        "address": f"宝鸡市示例路{serial}号",
    }


def identity(serial: int) -> str:
    """An identity number of the area 000000, which is none, with a right last digit."""
    born = date(1960 + serial % 40, 1 + serial % 12, 1 + serial % 28)
    plain = f"000000{born:%Y%m%d}{serial % 1000:03d}"
    return plain + ric.calc_check_digit(f"{plain}?")


_ORGANISATIONS = {
    "business": "示例第{}商贸有限公司",
    "research": "示例第{}研究所",
    "public_benefit": "示例第{}公益服务中心",
    "legal_service": "示例第{}律师事务所",
    "other_organisation": "示例第{}协会",
}


def organisation(kind: str, serial: int) -> dict[str, Any]:
    return {
        "applicant_kind": kind,
        "applicant": _ORGANISATIONS[kind].format(serial) + "（虚构）",
        "phone": f"0000000{serial:04d}",
        "email": f"sample{serial}@example.com",
    }


def matter(subject: str) -> dict[str, str]:
    return {
        "subject": subject + SAMPLE,
        "description": f"请公开{subject}。本件为示例数据，申请人和内容均为虚构。",
    }


def tell(
    stories: list[Story], agencies: dict[str, Agency], users: dict[str, User]
) -> int:
    """Tell the stories that have not been told yet, and say how many."""
    told = set(
        RequestEvent.objects.filter(
            submission__in=[story.submission for story in stories]
        ).values_list("submission", flat=True)
    )
    new = [story for story in stories if story.submission not in told]
    for story in new:
        _tell(story, agencies, users)
    return len(new)


@transaction.atomic
def _tell(story, agencies, users):
    own = {"WBQ": COUNTY_CLERK, "GTJ": DEPARTMENT_CLERK}
    clerk = users[own.get(story.agency, CLERK).username]
    chief = users[CHIEF.username]
    case = DisclosureRequest(agency=agencies[story.agency], **story.typed)
    case.identify(story.identity)
    case = workflow.open(case, by=clerk, on=story.on, submission=story.submission)
    for act in story.acts:
        step = workflow.steps[act.step]
        rows = step.rows(case)
        facts = dict(act.facts)
        if act.step == "link":
            facts["repeats"] = case_of(facts["repeats"])
        case = workflow.take(
            act.step,
            case,
            by=chief if step.permission == APPROVE else clerk,
            on=act.on,
            note=act.note,
            row=rows[-1] if rows else None,
            **facts,
        )


def case_of(key: str) -> DisclosureRequest:
    """The request of a story that has been told."""
    submission = uuid5(_STORIES, key)
    return DisclosureRequest.objects.get(events__submission=submission)
