"""A small plan of the present year, with tasks that are differently far; invented."""

from datetime import date, timedelta

from casework.models import Agency
from reports.models import PlanTask

NOT_BEGUN, UNDER_WAY, DONE = PlanTask.Progress
TASKS = (
    ("加强重点领域信息公开", "公开财政预决算和“三公”经费", "CZJ", -60, DONE),
    ("加强重点领域信息公开", "公开征地批准和补偿信息", "GTJ", 40, UNDER_WAY),
    ("加强重点领域信息公开", "公开义务教育招生信息", "JYJ", -5, UNDER_WAY),
    ("提升政策解读质量", "重要政策与解读材料同步发布", "FZB", 60, NOT_BEGUN),
    ("提升政策解读质量", "主要负责人每半年解读一次政策", "XWB", 30, UNDER_WAY),
    ("规范依申请公开", "开展依申请公开答复自查", "BJ", -20, DONE),
    ("规范依申请公开", "公布区级公开指南和申请渠道", "WBQ", 20, NOT_BEGUN),
    ("强化公开平台建设", "按季度抽查政府网站", "XXB", 90, UNDER_WAY),
    ("强化公开平台建设", "开展基层政务公开培训", "ZWXX", -10, NOT_BEGUN),
)
"""Heading, task, unit, by how many days from today it is to be done, and how far it
is."""


def make_plan_now(today: date, agencies: dict[str, Agency]):
    """The plan, if the year has none yet."""
    office = agencies["BJ"]
    if PlanTask.objects.filter(agency=office, year=today.year).exists():
        return
    for number, (heading, title, unit, days, progress) in enumerate(TASKS, 1):
        due = today + timedelta(days=days)
        due = max(date(today.year, 1, 1), min(due, date(today.year, 12, 31)))
        PlanTask.objects.create(
            agency=office,
            year=today.year,
            number=number,
            heading=heading,
            title=title,
            unit=agencies[unit],
            due_on=due,
            progress=progress,
            done_on=min(due, today) if progress == DONE else None,
            result="" if progress == NOT_BEGUN else "已印发方案，明确责任人。",
        )
