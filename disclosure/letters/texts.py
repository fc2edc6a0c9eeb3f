"""The text of each template: paragraphs in the styles of the layout, in Chinese.

They are letters under the Regulation in its version of 2019. What is changed is a new
version, and a file of its own: a letter names the version that made it.
"""

from typing import NamedTuple

REGULATION = "《中华人民共和国政府信息公开条例》"

TITLE, NUMBER, TO, TEXT, LAST = (
    "公文标题", "公文字号", "公文主送", "公文正文", "公文末段",
)  # fmt: skip
HEADING, SIGNATURE, DATE = "公文一级标题", "公文署名", "公文日期"


class Template(NamedTuple):
    """One letter: the version of its text, its title, its paragraphs."""

    version: int
    title: str
    lines: tuple[tuple[str, str], ...]

    def name(self, kind: str) -> str:
        return f"{kind}_v{self.version}"


def _each(fact: str) -> tuple:
    """A paragraph for each line of a fact that may have several."""
    return (
        (TEXT, f"{{%p for line in {fact} %}}"),
        (TEXT, "{{ line }}"),
        (TEXT, "{%p endfor %}"),
    )


def _letter(version: int, title: str, number: str, to: str, *lines) -> Template:
    """What every letter has about its own text: head, addressee, signature, date."""
    return Template(
        version,
        title,
        (
            (TITLE, "{{ agency }}"),
            (TITLE, title),
            (NUMBER, number),
            (TEXT, ""),
            (TO, to),
            *lines,
            (LAST, "联系电话：{{ phone }}"),
            (LAST, ""),
            (SIGNATURE, "{{ agency }}"),
            (DATE, "{{ date }}"),
        ),
    )


_REFERENCE = "登记编号：{{ number }}"
_APPLICANT = "{{ applicant }}："
_RECEIVED = (TEXT, "本机关于{{ received_on }}收到{{ you }}提出的政府信息公开申请：")
_REQUEST = (
    (TEXT, "申请事项：{{ subject }}"),
    *_each("description"),
)

TEMPLATES = {
    "receipt": _letter(
        1,
        "政府信息公开申请登记回执",
        _REFERENCE,
        _APPLICANT,
        (TEXT, "{{ you }}提出的政府信息公开申请已登记。"),
        *_REQUEST,
        (TEXT, "提交方式：{{ channel }}"),
        (TEXT, "收到申请之日：{{ received_on }}"),
        (
            TEXT,
            f"根据{REGULATION}第三十三条的规定，本机关自收到申请之日起{{{{ base }}}}个"
            "工作日内予以答复，答复期限至{{ promised }}；依法延长答复期限、补正申请或者"
            "征求意见的，答复期限依照该条例的规定计算。",
        ),
    ),
    "correction": _letter(
        1,
        "政府信息公开申请补正告知书",
        _REFERENCE,
        _APPLICANT,
        _RECEIVED,
        *_REQUEST,
        (
            TEXT,
            "经审查，上述申请内容不明确。根据"
            f"{REGULATION}第三十条的规定，请{{{{ you }}}}作出补正。",
        ),
        (HEADING, "一、需要补正的事项"),
        *_each("correction_points"),
        (HEADING, "二、补正期限"),
        (TEXT, "请于{{ correction_until }}前（含当日）向本机关提交补正后的申请。"),
        (
            TEXT,
            "答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃"
            "申请，本机关不再处理该政府信息公开申请。",
        ),
    ),
    "extension": _letter(
        1,
        "政府信息公开延期答复告知书",
        _REFERENCE,
        _APPLICANT,
        _RECEIVED,
        *_REQUEST,
        (
            TEXT,
            "因本机关不能在规定的期限内作出答复，根据"
            f"{REGULATION}第三十三条的规定，经本机关政府信息公开工作机构负责人同意，"
            "延长答复期限{{ extension }}个工作日，答复期限延长至{{ due }}。",
        ),
        (TEXT, "延期理由："),
        *_each("reason"),
        (TEXT, "特此告知。"),
    ),
    "consultation": _letter(
        1,
        "政府信息公开征求第三方意见函",
        _REFERENCE,
        "{{ party }}：",
        (TEXT, "本机关于{{ received_on }}收到政府信息公开申请，申请公开的内容为："),
        *_REQUEST,
        (
            TEXT,
            "经审查，上述信息的公开可能损害你方合法权益。根据"
            f"{REGULATION}第十五条、第三十二条的规定，现书面征求你方意见。",
        ),
        (
            TEXT,
            "请自收到本征求意见书之日起{{ opinion_days }}个工作日内，书面提出是否同意"
            "公开的意见；不同意公开的，请说明理由。",
        ),
        (
            TEXT,
            "逾期未提出意见的，由本机关依照该条例的规定决定是否公开。不同意公开且有合理"
            "理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以"
            "决定予以公开，并将决定公开的政府信息内容和理由书面告知你方。",
        ),
    ),
    "fee": _letter(
        1,
        "政府信息公开信息处理费收费通知书",
        _REFERENCE,
        _APPLICANT,
        _RECEIVED,
        *_REQUEST,
        (HEADING, "一、收费依据"),
        (
            TEXT,
            f"{REGULATION}第四十二条，《政府信息公开信息处理费管理办法》（国办函〔2020〕"
            "109号）{{ article }}。",
        ),
        (HEADING, "二、收费标准和金额"),
        (TEXT, "{{ tariff }}"),
        (TEXT, "{{ counted }}，应缴纳信息处理费{{ amount }}元。"),
        (HEADING, "三、缴费期限"),
        (
            TEXT,
            "请自收到本通知次日起{{ fee_days }}个工作日内缴纳；缴费方式请向本机关查询。"
            "答复期限自缴费次日起重新计算。逾期未按收费通知要求缴纳费用的，视为放弃申请，"
            "本机关不再处理该政府信息公开申请。",
        ),
    ),
    "reply": _letter(
        1,
        "政府信息公开申请答复书",
        "{{ document_number }}",
        _APPLICANT,
        (
            TEXT,
            "本机关于{{ received_on }}收到{{ you }}提出的政府信息公开申请（登记编号："
            "{{ number }}）{{ corrected }}：",
        ),
        *_REQUEST,
        (HEADING, "一、答复决定"),
        (TEXT, "{{ decision }}"),
        (HEADING, "二、依据和理由"),
        *_each("basis"),
        *_each("grounds"),
        (HEADING, "三、救济途径"),
        (TEXT, "{{ remedies }}"),
    ),
}
