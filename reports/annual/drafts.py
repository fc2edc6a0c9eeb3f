"""What a report says before anyone has written in it: by edition and section.

The report is Chinese, whatever language the desk is read in. A section without a text
here is written by the body itself, and what stands beneath a heading alone: its
problems are its own.
"""

from collections.abc import Mapping

from reports.annual.written import numeral

_ALONE = "本报告所列数据的统计期限为{R.from}至{R.until}。"
_REQUESTS = (
    "（二）依申请公开。本年新收政府信息公开申请{T3.1}件，上年结转{T3.2}件，本年度办结"
    "{T3.3.7}件，其中予以公开{T3.3.1}件、部分公开{T3.3.2}件，结转下年度继续办理{T3.4}件。"
)
_HEADINGS = "（三）政府信息管理。\n（四）政府信息公开平台建设。\n（五）监督保障。"
_PROBLEMS = "（一）存在的主要问题。\n（二）改进情况。"
_REMEDIES = (
    "本报告第四部分的行政复议、行政诉讼案件，包括本年度新发生的和以前年度发生、本年度仍在"
    "审理的案件，按12月31日的办理状态填列。"
)

DRAFTS = {
    "2014": {
        "1": "根据《中华人民共和国政府信息公开条例》要求，编制本报告。" + _ALONE,
        "2": (
            "全年主动公开政府信息{S1.1}条。其中，通过政府公报公开政府信息{S1.2.1}条，通过政府网站"
            "公开政府信息{S1.2.2}条，通过政务微博公开政府信息{S1.2.3}条，通过政务微信公开政府信息"
            "{S1.2.4}条，其他方式公开政府信息{S1.2.5}条。"
        ),
        "3": (
            "全年共收到政府信息公开申请{S3.1}件，办结{S3.2}件，其中按期办结"
            "{R.closed_in_time}件；答复{S3.3}件，其中同意公开{S3.3.2}件、同意部分公开{S3.3.3}件、"
            "不同意公开{S3.3.4}件。"
        ),
        "5": "全年依申请公开政府信息收取费用{S7}万元。",
        "6": (
            "因政府信息公开申请行政复议{R.reconsiderations_filed}件，审结"
            "{R.reconsiderations_decided}件；提起行政诉讼{R.lawsuits_filed}件，审结"
            "{R.lawsuits_decided}件。"
        ),
        "7": _PROBLEMS,
    },
    "2019": {
        "1": (
            "根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于政府"
            "信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）要求，编制本报告。"
            + _ALONE
            + "\n"
            "（一）主动公开。本年新制作规章{T2.1.1.new_made}件、规范性文件{T2.1.2.new_made}件，"
            "对外公开规章{T2.1.1.published_total}件、规范性文件{T2.1.2.published_total}件。\n"
            + _REQUESTS
            + "\n"
            + _HEADINGS
        ),
        "5": _PROBLEMS,
        # There was no processing fee before 2021.
        "6": "本年度依申请公开政府信息收取费用{T6.fee_received_amount}元。\n"
        + _REMEDIES,
    },
    "2021": {
        "1": (
            "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
            "（国办公开办函〔2021〕30号）要求，编制本报告。" + _ALONE + "\n"
            "（一）主动公开。本年制发规章{T2.1.1.made}件、行政规范性文件{T2.1.2.made}件，废止规章"
            "{T2.1.1.repealed}件、行政规范性文件{T2.1.2.repealed}件，现行有效规章{T2.1.1.valid}件、"
            "行政规范性文件{T2.1.2.valid}件。\n" + _REQUESTS + "\n" + _HEADINGS
        ),
        "5": _PROBLEMS,
        "6": (
            "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年度发出收费通知"
            "{T6.fee_notices}件，总金额{T6.fee_notified_amount}元，实际收取信息处理费"
            "{T6.fee_received_amount}元。\n" + _REMEDIES
        ),
    },
}
ITEMS = {
    "J": (
        "承办{J1.term=%s}届人大{J1.session=%s}次会议代表建议{J2.handled}件，交由{J3.units}个单位办理，"
        "已答复{J2.replied}件，其中按期答复{J2.in_time}件，办复率为{J6.reply}%%。"
    ),
    "Z": (
        "承办政协{Z1.term=%s}届{Z1.session=%s}次会议委员提案{Z2.handled}件，交由{Z3.units}个单位办理，"
        "已答复{Z2.replied}件，其中按期答复{Z2.in_time}件，办复率为{Z6.reply}%%。"
    ),
}
"""Of suggestions and of proposals, where a session of the year has any: of its term and
its number, which are written in words."""


PLAN = (
    "年度政务公开任务分解为{R.plan_headings}大项{R.plan_tasks}小项，落实到{R.plan_units}个责任单位，"
    "已完成{R.plan_done}项；开展自查{R.self_inspections}次，发现问题{R.problems_found}个，已整改"
    "{R.problems_righted}个。"
)
"""Of supervision, where the year has a plan."""


def drafts(
    edition: str, sessions: Mapping[str, tuple[int, int]], planned: bool
) -> dict[str, str]:
    """The texts by section, with a line for each body that has items: by its prefix the
    term and the number of its session."""
    items = "\n".join(
        ITEMS[prefix] % tuple(map(numeral, session))
        for prefix, session in sessions.items()
    )
    texts = DRAFTS[edition] | {"items": items}
    if planned and texts["1"].endswith(_HEADINGS):
        texts["1"] += PLAN
    return texts
