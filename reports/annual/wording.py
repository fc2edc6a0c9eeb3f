"""By which words a text tells of a figure: so that a number typed by hand is found."""

import re
from dataclasses import dataclass

from reports.yearly import Yearly

REACH = 60
"""How many characters before a number may hold the words that go with it."""


@dataclass(frozen=True)
class Phrase:
    """`key` stands between a number and the one before it; `near` further off."""

    code: str
    key: str
    units: str
    near: str = ""


REQUEST = "申请"
PHRASES = (
    # 2019 and 2021
    Phrase("T2.1.1.made", r"制发(?:政府)?规章", "件"),
    Phrase("T2.1.2.made", r"制发行政规范性文件|制发规范性文件", "件"),
    Phrase("T3.1", r"新收|收到|受理", "件", REQUEST),
    Phrase("T3.2", r"上年(?:度)?结转|结转上年", "件"),
    Phrase("T3.3.1", r"予以公开", "件"),
    Phrase("T3.3.2", r"部分公开", "件"),
    Phrase("T3.3.7", r"办结|办理完毕|答复", "件", REQUEST),
    Phrase("T3.4", r"结转(?:至|到)?下(?:一)?年", "件"),
    Phrase("T4.1.5", r"行政复议", "件"),
    Phrase("T4.2.1.5", r"直接(?:提起|起诉)", "件"),
    Phrase("T4.2.2.5", r"复议后(?:提起|起诉)", "件"),
    Phrase("T6.fee_notices", r"收费通知", "件份"),
    Phrase("T6.fee_received_amount", r"实际收取|收取信息处理费", "元"),
    # 2014
    Phrase("S1.1", r"(?:主动公开|公开各类)(?:各类)?政府信息", "条"),
    Phrase("S1.2.1", r"政府公报公开", "条"),
    Phrase("S1.2.2", r"政府网站公开", "条"),
    Phrase("S1.2.3", r"微博公开", "条"),
    Phrase("S1.2.4", r"微信公开", "条"),
    Phrase("S1.2.5", r"其他方式公开", "条"),
    Phrase("S2.1", r"舆情", "起次"),
    Phrase("S2.2.1", r"新闻发布会", "场次"),
    Phrase("S2.2.2", r"在线访谈", "期次"),
    Phrase("S2.2.3", r"解读文章", "篇"),
    Phrase("S3.1", r"受理|收到", "件", REQUEST),
    Phrase("S3.2", r"办结|办理完毕|按期答复", "件", REQUEST),
    Phrase("S4", r"行政复议", "件"),
    Phrase("S5", r"行政诉讼", "件"),
    # Beside the form
    Phrase("R.visits", r"查询政府信息", "人"),
    Phrase("R.gazette_issues", r"公报》?", "期"),
    Phrase("R.audit_notices", r"审计结果", "次"),
    Phrase("J2.handled", r"代表建议", "件"),
    Phrase("Z2.handled", r"委员提案|政协提案", "件"),
)
LEVELS = {
    "county": r"县区|县（区）|县\(区\)|区县",
    "department": r"市级部门|市直部门|市级各部门",
    "city_office": r"政府办公室",
}
"""By the column, the words for those who had it in hand."""


def place_of(
    before: str, gap: str, unit: str, yearly: Yearly
) -> tuple[str, str] | None:
    """The place in the tables that the words before a number tell of, if they do.

    The last words tell; a level of organ is told by the words next to the number.
    """
    reach, gap = before[-REACH:], re.split("[。；]", gap)[-1]
    best, where = None, -1
    for phrase in PHRASES:
        if phrase.code not in yearly.parts or not set(unit) & set(phrase.units):
            continue
        ends = [found.end() for found in re.finditer(phrase.key, gap)]
        if ends and ends[-1] > where and re.search(phrase.near, reach):
            best, where = phrase, ends[-1]
    if best is None:
        return None
    total = yearly.parts[best.code].total
    for level, words in LEVELS.items():
        if re.search(words, gap) and (best.code, level) in yearly.figures:
            return best.code, level
    return best.code, total
