"""The plan of 2016: six headings and 27 tasks, as section two of the report tells them.

The headings, their matters and most of the units are the report's; how the tasks are
worded and on which day each was done is invented.
"""

from datetime import date

from casework.models import Agency
from reports.models import PlanTask

YEAR = 2016
PLAN = (
    (
        "围绕深化改革推进公开",
        (
            ("公开市级部门权力清单、责任清单和公共服务事项清单", "BB", 6, 30),
            ("建立“双随机一公开”机制，公开抽查事项清单和抽查结果", "GSJ", 9, 30),
            ("公布市级部门行政审批中介服务清单", "BB", 8, 31),
            ("建设企业信息公示平台，公示企业信用信息", "GSJ", 11, 30),
            ("推进政务服务事项和办事指南公开", "ZWZX", 10, 31),
        ),
    ),
    (
        "围绕促进经济发展推进公开",
        (
            ("公开重点项目建设进展和投资项目审批情况", "FGW", 12, 20),
            ("公开财税制度、PPP项目和政府性基金目录清单", "CZJ", 9, 30),
            ("公布行政事业性收费和涉企收费目录清单", "WJ", 7, 29),
            ("公开和宣传小微企业税收优惠政策", "DSJ", 11, 18),
            ("公开监管企业财务指标、运行和薪酬管理情况", "GZW", 12, 15),
        ),
    ),
    (
        "围绕民生改善推进公开",
        (
            ("公开精准脱贫政策、帮扶责任和脱贫效果", "FPB", 12, 20),
            ("公开城乡低保、医疗救助等社会救助信息", "MZJ", 11, 25),
            ("公开就业创业政策、招聘和培训信息", "RSJ", 12, 9),
            ("公开棚户区和农村危房改造信息", "ZJJ", 11, 30),
            ("公开环境质量、建设项目环评和污染源监管信息", "HBJ", 12, 16),
            ("公开义务教育招生和教育经费信息", "JYJ", 9, 9),
            ("公开科技项目立项、过程和结题验收信息", "KJJ", 12, 14),
            ("公开医疗卫生服务和监督信息", "WJJ", 11, 23),
            ("公开食品药品抽检和监管信息", "SYJ", 12, 12),
        ),
    ),
    (
        "围绕助力政府建设推进公开",
        (
            ("推进重大决策预公开", "BJ", 12, 23),
            ("公告预算执行审计结果和整改情况", "SJJ", 12, 2),
            ("公开部门预决算和“三公”经费", "CZJ", 10, 20),
        ),
    ),
    (
        "围绕扩大政务开放参与推进公开",
        (
            ("做好政策解读，召开新闻发布会", "XWB", 12, 22),
            ("办好《百姓问政》节目，督办群众意见建议", "JCJ", 12, 8),
            ("开展公民代表走进市政府等公众参与活动", "ZWXX", 12, 19),
        ),
    ),
    (
        "围绕增强公开实效加强能力建设",
        (
            ("公开规范性文件，编发政府公报", "FZB", 12, 26),
            ("加强政府网站普查整改和季度抽查通报", "XXB", 12, 27),
        ),
    ),
)
"""By heading: each task, who answers for it, and the month and day on which it was
done."""


def make_plan_2016(agencies: dict[str, Agency]):
    """The tasks, where the plan has none of the number."""
    tasks = [(heading, *told) for heading, tasks in PLAN for told in tasks]
    for number, (heading, title, unit, month, day) in enumerate(tasks, 1):
        PlanTask.objects.get_or_create(
            agency=agencies["BJ"],
            year=YEAR,
            number=number,
            defaults={
                "heading": heading,
                "title": title,
                "unit": agencies[unit],
                "due_on": date(YEAR, 12, 31),
                "progress": PlanTask.Progress.DONE,
                "done_on": date(YEAR, month, day),
                "result": "已按要求公开。",
            },
        )
