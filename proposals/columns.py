"""The columns of a ledger of items: what they are called, what may stand in them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.resources import AgencyWidget, SheetField, SheetResource
from casework.sheets import Choice, Day, Text, Whole
from proposals.cells import Authors, Contacts, SessionWidget, Units
from proposals.models import Feedback, Outcome, Proposal, Publication

_SAID_OF_ANSWERS = {
    "很满意": "satisfied", "较满意": "basically", "不反馈": "none", "未表态": "none",
    "未返回": "none",
}  # fmt: skip
_YES_OR_NO = Choice(
    (("yes", pgettext_lazy("consent", "yes")), ("no", pgettext_lazy("consent", "no"))),
    {"是": "yes", "同意": "yes", "同意公开": "yes", "否": "no", "不同意": "no",
     "不同意公开": "no"},
)  # fmt: skip
_ANSWER = Choice(Feedback.Answer.choices, _SAID_OF_ANSWERS)
_AGENCY = AgencyWidget()


def _day(label: str, *names: str, **more) -> SheetField:
    return SheetField(label, Day(), names=names, **more)


class ProposalColumns(SheetResource):
    model = Proposal
    key = ("session", "official_number")

    session = SheetField(
        _("session"),
        SessionWidget(),
        names=("届次", "会议届次", "会次", "届次会议"),
        required=True,
        help=_("As BJ-R14-6, congress 14-6, or its name in full."),
    )
    official_number = SheetField(
        _("official number"),
        Whole(),
        names=("建议编号", "提案编号", "建议号", "提案号", "案号"),
        help=_("Empty of what was not filed; that is told by its reference number."),
    )
    number = SheetField(_("reference number"), Text(30), names=("登记号", "来文登记号"))
    title = SheetField(
        pgettext_lazy("item", "title"),
        Text(200),
        names=("标题", "题目", "案由", "建议标题", "提案标题", "建议名称", "提案名称"),
        required=True,
    )
    text = SheetField(_("text"), Text(20_000), names=("正文", "内容", "建议内容"))
    category = SheetField(_("category"), Text(40), names=("分类", "内容分类"))
    authors = SheetField(
        _("authors"),
        Authors(),
        names=("提出人", "代表", "委员", "领衔代表", "第一提案人", "提案人", "提案者",
               "建议人"),
        required=True,
        help=_("name，delegation or sector；… The first one leads."),
    )  # fmt: skip
    author_consents = SheetField(
        _("author consents to publishing the text"),
        _YES_OR_NO,
        names=("是否同意公开",),
    )
    key_leader = SheetField(
        _("leader in charge"), Text(60), names=("领办领导", "督办领导", "重点件领导")
    )
    submitted_on = _day(_("submitted on"), "提出日期", "提交日期", required=True)
    in_session = SheetField(
        _("made in session"),
        Choice(
            (
                ("in_session", _("in session")),
                ("between", _("between sessions")),
            ),
            {"会上": "in_session", "大会": "in_session", "会议期间": "in_session",
             "是": "in_session", "闭会": "between", "平时": "between",
             "否": "between"},
        ),
        names=("会议期间", "提出时间段", "会上或闭会"),
    )  # fmt: skip
    filed_on = _day(pgettext_lazy("item", "filed on"), "立案日期", "立案时间")
    assigned_on = _day(_("assigned on"), "交办日期", "交办时间", "交办之日")
    lead = SheetField(
        _("lead unit"),
        _AGENCY,
        names=("主办单位", "主办", "承办单位", "单办单位", "主办部门"),
    )
    co_handlers = SheetField(
        _("co-handling units"),
        Units(_AGENCY, 1),
        names=("会办单位", "协办单位", "会办", "协办"),
        help=_("Separated by “；”, each with the day of its opinion where known."),
    )
    separate = SheetField(
        _("separate units"),
        Units(_AGENCY, 2),
        names=("分办单位", "分别办理单位", "分办"),
        help=_(
            "Separated by “；”, each with the days of signing and service, the "
            "document number and the class, where known: "
            "unit 2016-05-03/2016-05-05 number A."
        ),
    )
    signed_for_on = _day(_("signed for on"), "签收日期", "签收时间")
    contacted = SheetField(
        _("contacts"),
        Contacts(),
        names=("沟通情况", "面商情况", "沟通", "面商"),
        help=_("As face_to_face 2016-04-05; telephone 2016-04-08."),
    )
    extended_on = _day(_("longer limit recorded on"), "延期日期", "延长期限日期")
    document_number = SheetField(
        _("document number"), Text(60), names=("文号", "复文文号", "答复文号")
    )
    result_class = SheetField(
        _("class of result"),
        Text(4),
        names=("办理结果", "答复类别", "结果类别", "类型"),
    )
    signed_on = _day(_("signed on"), "签发时间", "签发日期")
    replied_on = _day(_("replied on"), "答复日期", "答复时间", "办复日期", "送达日期")
    attitude = SheetField(
        _("satisfaction with the attitude"), _ANSWER, names=("对办理态度", "态度评价")
    )
    result = SheetField(
        _("satisfaction with the result"),
        _ANSWER,
        names=("满意度", "满意情况", "对办理结果", "结果评价"),
    )
    feedback_on = _day(_("returned or closed on"), "反馈日期", "反馈时间")
    publication = SheetField(
        _("publication of the reply"),
        Choice(
            Publication.choices,
            {"全文": "full", "公开": "full", "全文公开": "full", "摘要": "summary",
             "摘要公开": "summary", "不予公开": "not"},
        ),
        names=("复文公开", "是否公开", "公开方式"),
    )  # fmt: skip
    publication_reason = SheetField(
        _("reason for not publishing"), Text(200), names=("不公开理由",)
    )
    published_text = SheetField(
        _("published text"), Text(20_000), names=("公开内容", "复文摘要", "复文全文")
    )
    published_on = _day(_("published on"), "公开时间", "复文公开日期")
    outcome = SheetField(
        pgettext_lazy("ledger", "how it ended"),
        Choice(
            Outcome.choices,
            {"办结": "handled", "已办结": "handled", "办复": "handled",
             "已办复": "handled", "不立案": "not_filed", "未立案": "not_filed",
             "不予立案": "not_filed", "并案": "merged", "撤案": "withdrawn",
             "撤回": "withdrawn", "转来信": "converted", "转为委员来信": "converted"},
        ),
        names=("处理结果", "立案情况", "办结情况"),
    )  # fmt: skip
    merged_into = SheetField(
        _("item that it is handled with"), Whole(), names=("并入", "并案编号")
    )
    closed_on = _day(_("closed on"), "办结日期", "办结时间")
