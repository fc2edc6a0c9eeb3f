"""The words of the forms, and those that reports have for them, by figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """`key` stands in the clause of a number; `near` it or before it.

    `unless` are words in the clause with which it tells of something else. Where the
    form prints no figure in the row, it is the sum `of` others. Or it is one of
    `others`, which the same words may mean.
    """

    code: str
    key: str
    units: str
    near: str = ""
    unless: str = ""
    of: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[str, ...]:
        return self.of or (self.code,)


def _numbered(code: str, last: int) -> tuple[str, ...]:
    return tuple(f"{code}.{number}" for number in range(1, last + 1))


REQUEST = "申请"
REPLIED = "申请|答复|办结|办理"
ELSE = (
    "举报|投诉|信访|来信|来电|来访|留言|咨询|热线|诉求|建议|提案|意见|复议|诉讼|起诉|撤回"
    "|补正|工单|线索|信箱|许可|处罚|审批|登记|服务事项"
)
"""What else is received and answered beside requests for information."""
_REFUSED = "秘密|隐私|三安全|第三方|内部|过程性|案卷|查询"
_NO_SUIT = "行政复议(?!.*诉)"
_STAGE = "结转|新收|新增|新发生|审结|办结|维持|纠正|纠错|撤销|驳回|终止|未审结|复议后"
_PLACED = "网站|公报|微博|微信|公众号|其他方式|其他渠道|电视|报纸|报刊|公开栏|查阅"
_FILE = "(?:的?(?:政府)?信息)?"


_REQUESTS = (
    # Sections three and six of 2019 and 2021
    Phrase(
        "T3.1",
        r"新收|收到|(?<!不予)(?<!不)(?<!未)受理",
        "件",
        REQUEST,
        ELSE + "|未收到",
    ),
    Phrase(
        "T3.1",
        r"(?:自然人|商业企业|科研机构|社会公益组织|法律服务机构)(?:提[出交]的?)?(?:申请)?",
        "件",
        "(?:新收|收到|受理)(?!.*(?:办结|答复|结转))",
        ELSE,
    ),
    Phrase("T3.2", r"上一?年度?结转|结转上一?年", "件", unless=ELSE),
    Phrase("T3.3.7", r"(?<!未)(?:办结|办理完毕|答复)", "件", REQUEST, ELSE + "|[期时]"),
    Phrase("T3.4", r"结转(?:至|到)?下一?年", "件", unless=ELSE),
    Phrase("T3.3.1", r"予以公开", "件", REPLIED),
    Phrase("T3.3.2", r"部分公开", "件", REPLIED),
    Phrase(
        "T3.3.3",
        r"不予公开",
        "件",
        REPLIED,
        _REFUSED,
        of=_numbered("T3.3.3", 8),
    ),
    Phrase("T3.3.3.1", r"国家秘密", "件", REPLIED),
    Phrase("T3.3.3.2", r"其他法律、?行政法规禁止公开", "件", REPLIED),
    Phrase("T3.3.3.3", r"三安全一稳定”?", "件", REPLIED),
    Phrase("T3.3.3.4", r"第三方合法权益", "件", REPLIED),
    Phrase("T3.3.3.5", r"内部事务信息", "件", REPLIED),
    Phrase("T3.3.3.6", r"过程性信息", "件", REPLIED),
    Phrase("T3.3.3.7", r"行政执法案卷", "件", REPLIED),
    Phrase("T3.3.3.8", r"行政查询事项", "件", REPLIED),
    Phrase(
        "T3.3.4",
        r"无法提供",
        "件",
        REPLIED,
        "不存在|掌握|现成|制作|不明确",
        of=_numbered("T3.3.4", 3),
    ),
    Phrase("T3.3.4.1", r"不掌握(?:相关|该)?(?:政府)?信息", "件", REPLIED),
    Phrase("T3.3.4.2", r"没有现成信息(?:需要)?(?:另行制作)?", "件", REPLIED),
    Phrase("T3.3.4.3", r"补正后(?:申请)?(?:内容)?仍不明确", "件", REPLIED),
    Phrase(
        "T3.3.5",
        r"不予处理",
        "件",
        REPLIED,
        "信访|举报|投诉|重复|出版物|反复|确认|出具",
        of=_numbered("T3.3.5", 5),
    ),
    Phrase("T3.3.5.1", r"信访、?举报、?投诉类(?:申请)?", "件", REPLIED),
    Phrase("T3.3.5.2", r"重复申请", "件", REPLIED, "反复"),
    Phrase("T3.3.5.3", r"公开出版物", "件", REPLIED),
    Phrase("T3.3.5.4", r"大量、?反复申请", "件", REPLIED),
    Phrase("T3.3.5.5", r"重新出具已获取(?:的)?信息", "件", REPLIED),
    Phrase(
        "T3.3.6",
        r"其他处理",
        "件",
        REPLIED,
        "逾期|补正|缴|撤",
        of=_numbered("T3.3.6", 3),
    ),
    Phrase("T3.3.6", r"其他处理", "件", REPLIED, "逾期|补正|缴|撤"),
    Phrase("T3.3.6.1", r"逾期不补正", "件", REPLIED),
    Phrase("T6.fee_notices", r"收费通知书?", "件份"),
    Phrase(
        "T6.fee_notified_amount", r"(?<!实际收取)(?<!收取的)总金额", "元", "收费通知"
    ),
    Phrase(
        "T6.fee_received_amount",
        r"实际收取(?:的?总金额)?|收取(?:政府信息公开)?信息处理费",
        "元",
        "收费通知|信息处理费",
    ),
    Phrase(
        "T6.fee_received_amount",
        r"信息处理费",
        "元",
        others=("T6.fee_notified_amount",),
    ),
)
_REMEDIES = (
    Phrase(
        "R.reconsiderations_filed",
        r"(?:新收|新增|新发生)\w{0,8}行政复议(?:申请|案件)?",
        "件",
    ),
    Phrase("R.reconsiderations_decided", r"(?:审结|办结)\w{0,6}行政复议", "件"),
    Phrase("R.lawsuits_decided", r"(?:审结|办结)\w{0,6}行政诉讼", "件"),
    Phrase("R.lawsuits_filed", r"(?:新收|新增|新发生)\w{0,8}行政诉讼(?:案件)?", "件"),
    Phrase(
        "T4.1.5",
        r"行政复议",
        "件",
        unless=_STAGE,
        others=("R.reconsiderations_filed",),
    ),
    Phrase("T4.1.1", r"维持", "件", _NO_SUIT),
    Phrase("T4.1.2", r"纠正|纠错", "件", _NO_SUIT),
    Phrase("T4.1.3", r"其他结果", "件", _NO_SUIT),
    Phrase("T4.1.4", r"尚未审结", "件", _NO_SUIT),
    Phrase("T4.2.1.5", r"直接(?:提起|起诉)(?:的?行政诉讼)?", "件"),
    Phrase("T4.2.2.5", r"复议后(?:提起|起诉)(?:的?行政诉讼)?", "件"),
    Phrase(
        "T4.2",
        r"行政诉讼",
        "件",
        unless=_STAGE + "|直接|胜诉|败诉|应诉",
        of=("T4.2.1.5", "T4.2.2.5"),
        others=("R.lawsuits_filed",),
    ),
    Phrase(
        "S4", r"行政复议", "件", unless=_STAGE, others=("R.reconsiderations_filed",)
    ),
    Phrase("S4.1", r"维持(?:具体行政行为)?", "件", _NO_SUIT),
    Phrase("S4.2", r"(?:被?依法)?纠错", "件", _NO_SUIT),
    Phrase(
        "S5",
        r"行政诉讼",
        "件",
        unless=_STAGE + "|胜诉|败诉|应诉",
        others=("R.lawsuits_filed",),
    ),
)
_DOCUMENTS = (
    # Section two of 2019 and 2021
    *(
        Phrase(f"{row}.{kind}", f"{verb}(?:的)?{name}{_FILE}", "件")
        for row, name in (
            ("T2.1.1", "(?:政府)?规章"),
            ("T2.1.2", "(?:行政)?规范性文件"),
        )
        for kind, verb in (
            ("made", "(?:制发|制定|出台)"),
            ("repealed", "废止"),
            ("valid", "现行有效"),
            ("new_made", "(?:新制作|制发|制定|出台)"),
        )
    ),
    *(
        Phrase(
            f"{row}.{kind}",
            rf"(?:[作做]出|办理)\w{{0,4}}{name}(?:处理)?(?:决定)?|{name}(?:处理)?决定",
            "件",
            unless="撤销|复议|诉讼|公示|听证|平均",
        )
        for row, name in (
            ("T2.5.1", "行政许可"),
            ("T2.6.1", "行政处罚"),
            ("T2.6.2", "行政强制"),
        )
        for kind in ("decisions", "handled")
    ),
    Phrase("T2.8.1.amount", r"行政事业性收费(?:收入|总?金额|总额)?", "元"),
)
_CHANNELS = {
    "S1.2.1": "(?:政府)?公报",
    "S1.2.2": "政府网站",
    "S1.2.3": "(?:政务)?微博",
    "S1.2.4": "(?:政务)?微信",
    "S1.2.5": "其他方式",
}
_OF_2014 = (
    *(
        Phrase(code, rf"{name}(?:主动)?公开(?:各类)?(?:政府信息|信息)?", "条")
        for code, name in _CHANNELS.items()
    ),
    Phrase("S1.1", r"(?:主动公开|公开各类)(?:各类)?政府信息", "条", unless=_PLACED),
    Phrase("S1.1.1", r"主动公开规范性文件", "条", unless=_PLACED),
    Phrase("S1.1.2", r"制发规范性文件", "件"),
    Phrase("S2.1", r"舆情", "起次"),
    Phrase("S2.2.1.1", r"主要负责同志参加\w{0,6}新闻发布会", "场次"),
    Phrase("S2.2.1", r"新闻发布会", "场次"),
    Phrase("S2.2.2.1", r"主要负责同志参加\w{0,6}在线访谈", "期次场"),
    Phrase("S2.2.2", r"(?:在线|线上|网上)访谈(?:”?节目)?", "期次场"),
    Phrase("S2.2.3", r"解读(?:文章|稿件|材料)", "篇"),
    Phrase("S2.2.4", r"微博、?微信回应(?:事件)?", "次件"),
    Phrase("S3.1", r"(?<!不予)(?<!不)(?<!未)受理|收到", "件", REQUEST, ELSE),
    Phrase("S3.1.1", r"当面申请", "件"),
    Phrase("S3.1.2", r"传真申请", "件"),
    Phrase("S3.1.3", r"网[络上]申请", "件"),
    Phrase("S3.1.4", r"信函申请", "件"),
    Phrase(
        "S3.2",
        r"(?<!未)(?:办结|办理完毕)",
        "件",
        REQUEST,
        ELSE + "|[期时]",
    ),
    Phrase("S3.2.2", r"延期办结", "件", REQUEST, ELSE),
    Phrase(
        "S3.3",
        r"(?<!未)答复",
        "件",
        REQUEST,
        ELSE + "|[期时]|同意",
        others=("S3.2",),
    ),
    Phrase("S3.3.1", r"属于已主动公开范围", "件"),
    Phrase("S3.3.2", r"(?<!不)同意公开(?:答复)?", "件"),
    Phrase("S3.3.3", r"同意部分公开(?:答复)?", "件"),
    Phrase("S3.3.4", r"不同意公开(?:答复)?", "件"),
    Phrase("S3.3.4.1", r"涉及国家秘密", "件", REPLIED),
    Phrase("S3.3.4.2", r"涉及商业秘密", "件", REPLIED),
    Phrase("S3.3.4.3", r"涉及个人隐私", "件", REPLIED),
    Phrase("S3.3.5", r"不属于本(?:行政)?机关公开", "件"),
    Phrase("S3.3.6", r"申请信息不存在", "件"),
    Phrase("S3.3.7", r"告知作出更改、?补充", "件"),
    Phrase("S3.3.8", r"告知通过其他途径办理", "件"),
    Phrase("S6", r"政府信息公开(?:工作)?(?:的)?(?:举报投诉|投诉举报|举报)", "件"),
    Phrase("S7", r"收取(?:依申请公开)?(?:政府)?信息(?:的)?费用", "元"),
    Phrase("S8.2", r"政府信息公开查阅点", "个"),
    Phrase("S8.3", r"从事政府信息公开工作人员", "人"),
    Phrase("S8.4", r"政府信息公开专项经费", "元"),
    Phrase("S9.1", r"政府信息公开工作会议(?:或专题会议)?", "次"),
    Phrase("S9.2", r"举办各类培训班", "次期"),
    Phrase("S9.3", r"接受培训人员", "人"),
)
_BESIDE = (
    # Of the form within the basic limit; of most reports within any.
    Phrase("S3.2.1", r"按时办结", "件", REQUEST, ELSE, others=("R.closed_in_time",)),
    Phrase("R.closed_in_time", r"按[期时](?:办理)?(?:答复|办结)", "件", REQUEST, ELSE),
    Phrase("R.visits", r"查询政府信息", "人"),
    Phrase("R.gazette_issues", r"公报》?", "期"),
    Phrase("R.gazette_run", r"每期印制", "册份"),
    Phrase("R.audit_notices", r"审计结果", "次"),
    Phrase("R.decisions_in_advance", r"重大决策\w{0,8}预公开", "次"),
    *(
        phrase
        for body, name in (("J", "代表建议"), ("Z", "(?:委员|政协)提案"))
        for phrase in (
            Phrase(
                f"{body}2.replied",
                rf"(?:办复|办结|答复)\w{{0,12}}{name}|{name}\w{{0,4}}(?:办复|办结|答复)",
                "件",
            ),
            Phrase(f"{body}1.received", rf"收到\w{{0,12}}{name}", "件"),
            Phrase(f"{body}2.handled", name, "件", unless="重点|满意|会办|协办|未"),
        )
    ),
)
PHRASES = (*_REQUESTS, *_REMEDIES, *_DOCUMENTS, *_OF_2014, *_BESIDE)
"""Of those that end at the same place, the first tells."""
LEVELS = {
    "county": r"县区|县（区）|县\(区\)|区县",
    "department": r"市级部门|市直部门|市级各部门|各部门",
    "city_office": r"政府办公室",
}
"""By the column, the words for those who had it in hand."""
COLUMNS = {
    "C3.1": "自然人",
    "C3.2.1": "商业企业",
    "C3.2.2": "科研机构",
    "C3.2.3": "社会公益组织",
    "C3.2.4": "法律服务机构",
}
"""And for those who applied."""
ALL = r"(?:公民|自然人)\w{0,3}、?法人\w?、?(?:或|和)?(?:其他|其它)?(?:组织)?"
"""Those words that name all who apply."""
ORGANISATIONS = "法人|企业|(?:其他|其它|社会)组织"
"""Together they have no column."""
