"""How the work of 2016 was looked after: 23 problems, four checks, 77 assessments.

The report has how many there were. Where the problems lay, what the website checks
found and every score is invented, and the notes say so.
"""

from datetime import date, timedelta
from decimal import Decimal

from casework.models import Agency
from reports.models import Assessment, Problem, SelfInspection, WebsiteCheck
from reports.sample.agencies import COUNTIES, DEPARTMENTS

YEAR = 2016
INVENTED = "样例数据，系虚构"
HELD = date(YEAR, 8, 8)
UNITS = (
    *COUNTIES,
    "FGW", "JYJ", "GAJ", "MZJ", "RSJ", "GTJ", "HBJ", "ZJJ", "GHJ", "CGJ", "WJJ",
)  # fmt: skip
PROBLEMS = (
    ("依申请公开渠道不畅通", "已公布受理地址、电话和网上申请入口"),
    ("未按时限要求答复", "已补发答复，并建立期限提醒"),
    ("答复不规范", "已重新答复，统一使用规范文书"),
)
CHECKS = {1: (42, 31, 31), 2: (42, 26, 26), 3: (45, 19, 19), 4: (45, 12, 12)}
"""By quarter: the sites, the problems, and how many of these were put right."""
ASSESSOR = "陕西省社会科学院"


def make_supervision_2016(agencies: dict[str, Agency]):
    """All of it, where it is missing."""
    office = agencies["BJ"]
    inspection, _made = SelfInspection.objects.get_or_create(
        agency=office,
        held_on=HELD,
        name="全市政府信息依申请公开自查",
        defaults={"note": f"问题所在单位为{INVENTED}"},
    )
    for number, unit in enumerate(UNITS, 1):
        found, measure = PROBLEMS[number % len(PROBLEMS)]
        Problem.objects.get_or_create(
            inspection=inspection,
            number=number,
            defaults={
                "agency": agencies[unit],
                "found": found,
                "measure": measure,
                "righted_on": HELD + timedelta(days=10 + number),
            },
        )
    for quarter, (sites, problems, righted) in CHECKS.items():
        WebsiteCheck.objects.get_or_create(
            agency=office,
            year=YEAR,
            quarter=quarter,
            defaults={
                "sites": sites,
                "found": problems,
                "righted": righted,
                "note": INVENTED,
            },
        )
    for code in (*COUNTIES, *DEPARTMENTS):
        Assessment.objects.get_or_create(
            agency=agencies[code],
            year=YEAR,
            assessor=ASSESSOR,
            defaults={"score": _score(code), "note": INVENTED},
        )


def _score(code: str) -> Decimal:
    """Between 70 and 95, and always the same."""
    spread = sum(place * ord(letter) for place, letter in enumerate(code, 7)) * 37
    return Decimal(7000 + spread % 2500) / 100
