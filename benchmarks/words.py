"""What the requests of a benchmark are about: common words, and rare ones."""

from random import Random

PLACES = (
    "渭滨区", "金台区", "陈仓区", "凤翔区", "岐山县", "扶风县", "眉县", "陇县",
    "千阳县", "麟游县", "凤县", "太白县", "高新区", "经开区",
)  # fmt: skip
MATTERS = (
    # Half of the weight lies on planning, which every office is asked about.
    "国土空间规划", "控制性详细规划", "建设工程规划许可", "城市总体规划", "村庄规划",
    "规划条件", "交通规划", "规划核实",
    "棚户区改造项目", "集体土地征收补偿", "房屋拆迁安置", "环境影响评价",
    "财政专项资金使用", "义务教育招生", "养老服务补贴", "医疗机构审批",
)  # fmt: skip
PAPERS = (
    "批复文件", "审批依据", "会议纪要", "补偿方案", "公示材料", "验收报告", "合同文本",
    "统计数据",
)  # fmt: skip

COMMON, COMMON_PAIR = "规划许可", "规划"
"""In one request of sixteen, and in half of them."""
RARE, RARE_PAIR = "古银杏", "鳜鱼"
"""Each in a handful of requests, however many there are."""
ABSENT, ABSENT_PAIR = "恐龙蛋", "恐龙"
HANDFUL = 5


def subject(dice: Random, number: int, size: int) -> str:
    """What the number-th of so many requests is about."""
    place, paper = dice.choice(PLACES), dice.choice(PAPERS)
    matter = dice.choice(MATTERS)
    turn, step = number % max(size // HANDFUL, 1), max(size // HANDFUL // 2, 1)
    if turn == step:
        matter = f"{RARE}保护"
    elif turn == step // 2:
        matter = f"{RARE_PAIR}养殖"
    return f"关于公开{2010 + dice.randrange(16)}年{place}{matter}{paper}的申请"
