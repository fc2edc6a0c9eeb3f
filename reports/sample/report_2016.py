"""The city's report for 2016 as it was published, with its figures from the system.

The text is that of the report. Where a copy of it breaks off in the middle of a title,
the title is that of the document which was then to be carried out (国办发〔2016〕80号).
The names, the telephone and the day of the signature are invented.
"""

import re
from datetime import date
from pathlib import Path

from casework.models import Agency, User
from reports.annual.publishing import publish
from reports.models import AnnualReport
from reports.sample.people import CHIEF, CITY_OFFICE

YEAR = 2016
PUBLISHED_ON = date(2017, 3, 28)
SECTION = re.compile(r"^\[(\w+)\]\n", re.MULTILINE)
SIGNATURE = {
    "head": "赵示例",
    "reviewer": CHIEF.name,
    "writer": CITY_OFFICE.name,
    "phone": "0917-0000001",
    "filled_on": date(2017, 3, 20),
}
REASONS = {
    "plausible.blank": "本年度未对这些指标进行统计，表中相应栏目留空，不以0代替。",
}


def texts() -> dict[str, str]:
    """By the code of the section, each of which begins with it in brackets."""
    whole = Path(__file__).with_suffix(".txt").read_text("utf-8")
    _nothing, *parts = SECTION.split(whole)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def make_report(agencies: dict[str, Agency], users: dict[str, User]) -> AnnualReport:
    """The report, written and published if there is none yet of the year."""
    office = agencies["BJ"]
    report, _new = AnnualReport.objects.get_or_create(
        agency=office,
        year=YEAR,
        version=1,
        defaults={
            "title": f"宝鸡市人民政府{YEAR}年政府信息公开工作年度报告",
            "texts": texts(),
            "reasons": REASONS,
            **SIGNATURE,
        },
    )
    if report.published_on:
        return report
    return publish(report, users[CHIEF.username], PUBLISHED_ON)
