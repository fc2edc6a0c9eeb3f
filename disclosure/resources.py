"""Requests as rows of a ledger, in and out: one row is a request with its history."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Agency, Counter
from casework.references import read, tidy
from casework.resources import (
    BATCH,
    AgencyWidget,
    SheetField,
    SheetResource,
    batched,
)
from casework.seals import fingerprint
from casework.sheets import Choice, Day, Text, Whole
from casework.sheets.entries import Entries
from disclosure import ledger_out
from disclosure.ledger import deeds, in_order, told
from disclosure.ledger_out import MASK
from disclosure.models import (
    ApplicantKind,
    Channel,
    Consultation,
    DisclosureRequest,
    Fee,
    Outcome,
    Remedy,
)
from disclosure.outcomes import REPLIES
from disclosure.workflow import workflow

SUBJECT = DisclosureRequest._meta.get_field("subject").max_length
SAID_OF_OUTCOMES = {
    "已主动公开": "already_public", "属于已主动公开范围": "already_public",
    "予以公开": "disclosed", "公开": "disclosed", "同意公开": "disclosed",
    "部分公开": "partly_disclosed", "同意部分公开": "partly_disclosed",
    "涉及国家秘密": "state_secret", "国家秘密": "state_secret",
    "涉及商业秘密": "trade_secret", "商业秘密": "trade_secret",
    "涉及个人隐私": "personal_privacy", "个人隐私": "personal_privacy",
    "内部事务信息": "internal_affairs", "过程性信息": "process_information",
    "行政执法案卷": "enforcement_case_file", "行政查询事项": "administrative_lookup",
    "信息不存在": "nonexistent", "申请信息不存在": "nonexistent",
    "不存在": "nonexistent",
    "不属于本机关公开": "other_organ", "不属于本行政机关公开": "other_organ",
    "非本机关公开": "other_organ", "非本机关职责": "other_organ",
    "没有现成信息": "needs_production", "需要另行制作": "needs_production",
    "信访": "petition_or_complaint", "信访举报投诉": "petition_or_complaint",
    "重复申请": "repeated", "撤回": "withdrawn", "申请人撤回": "withdrawn",
    "逾期未补正": "not_corrected", "未补正": "not_corrected",
    "非政府信息": "not_government_information", "其他": "other",
}  # fmt: skip
"""What ledgers write for an outcome, besides the words of the forms."""
_OWN_NUMBER = re.compile(r"([A-Z]{2,8})-(20\d{2})-(\d{4,8})-\d{2}", re.ASCII)
_NEEDS = {
    "correction_until": "correction_asked_on",
    "extension": "extended_on",
    "document_number": "signed_on",
    "signed_on": "outcome",
    "served_on": "outcome",
}
"""What a value says nothing without."""
_PAST = frozenset(
    {
        "submitted_on", "arrived_on", "confirmed_on", "correction_asked_on",
        "corrected_on", "consultations", "extended_on", "signed_on", "served_on",
        "fees", "remedies",
    }
)  # fmt: skip
"""The columns whose days have come."""


class IdentityWidget(Text):
    """An identity number, or the mask of one; it is never shown again."""

    def render(self, value, obj=None, **kwargs):
        return MASK if value else ""


def _day(label: str, *names: str, **more) -> SheetField:
    return SheetField(label, Day(), names=names, **more)


class RequestResource(SheetResource):
    model = DisclosureRequest
    key = ("number",)

    number = SheetField(
        _("reference number"),
        Text(30),
        names=("编号", "申请编号", "登记号", "登记编号", "受理编号", "查询号"),
        required=True,
    )
    agency = SheetField(
        _("agency"),
        AgencyWidget(),
        names=("受理机关", "受理单位", "承办单位", "承办机关", "部门", "单位"),
        required=True,
    )
    channel = SheetField(
        _("channel"),
        Choice(
            Channel.choices,
            {
                "当面": "in_person", "现场": "in_person", "挂号信": "registered_post",
                "挂号": "registered_post", "邮政特快专递": "ems", "快递": "ems",
                "EMS": "ems", "平信": "ordinary_letter", "信函": "ordinary_letter",
                "邮箱": "email", "电邮": "email", "网络": "online", "网上": "online",
                "互联网": "online", "网站": "online",
            },
        ),
        names=("申请方式", "受理方式", "申请渠道", "提交方式"),
        required=True,
    )  # fmt: skip
    applicant_kind = SheetField(
        _("kind of applicant"),
        Choice(
            ApplicantKind.choices,
            {
                "公民": "natural_person", "个人": "natural_person", "企业": "business",
                "科研机构": "research", "公益组织": "public_benefit",
                "其他": "other_organisation",
            },
        ),
        names=("申请人类型", "申请人身份", "申请人性质", "申请人分类"),
        required=True,
    )  # fmt: skip
    applicant = SheetField(
        _("applicant"),
        Text(100),
        names=("申请人姓名", "申请人名称", "姓名", "申请人姓名或名称"),
        required=True,
    )
    identity_number = SheetField(
        _("identity document number"),
        IdentityWidget(40),
        names=("身份证号", "身份证号码", "证件号", "统一社会信用代码"),
    )
    subject = SheetField(
        _("subject"),
        Text(5_000),
        names=("申请内容", "申请事项", "所需信息", "标题", "信息名称", "内容"),
        required=True,
    )
    submitted_on = _day(
        _("submitted on"), "申请日期", "申请时间", "提交时间", required=True
    )
    arrived_on = _day(_("arrived on"), "签收日期", "收到日期", "到达日期")
    confirmed_on = _day(_("receipt confirmed on"), "确认日期", "收文确认日期")
    correction_asked_on = _day(_("correction asked on"), "补正告知日期", "补正通知日期")
    correction_until = _day(_("to be corrected by"), "补正期限")
    corrected_on = _day(_("corrected request received on"), "补正日期", "收到补正日期")
    consultations = SheetField(
        _("consultations"),
        Entries(Consultation.Kind.choices, 3, words=Consultation.Opinion.choices),
        names=("征求意见",),
        help=_(
            "Kind and days from sending to answer: "
            "third_party 2024-04-22/2024-05-14; agency 2024-04-18/2024-05-08"
        ),
    )
    extension = SheetField(
        _("extension, in working days"),
        Whole(),
        names=("延期天数", "延长天数", "延长工作日"),
    )
    extended_on = _day(_("extended on"), "延期日期", "延期告知日期")
    signed_on = _day(_("signed on"), "签发时间", "答复书日期")
    document_number = SheetField(
        _("document number"), Text(60), names=("文号", "答复文号", "答复书文号")
    )
    served_on = _day(
        pgettext_lazy("ledger", "served or closed on"), "答复日期", "送达日期",
        "办结日期", "答复时间", "办结时间",
    )  # fmt: skip
    outcome = SheetField(
        _("outcome"),
        Choice(Outcome.choices, SAID_OF_OUTCOMES),
        names=("答复结果", "处理结果", "办理情况", "答复类型", "答复方式"),
    )
    fees = SheetField(
        _("fees"),
        Entries(Fee.Kind.choices, most_words=2),
        help=_(
            "Kind, days of notice and payment, pieces or pages: "
            "by_volume 2024-03-01/2024-03-20 31"
        ),
    )
    remedies = SheetField(
        _("remedies"),
        Entries(Remedy.Kind.choices, words=Remedy.Result.choices),
        names=("复议诉讼",),
        help=_(
            "Kind, days of filing and decision, result: "
            "reconsideration 2024-03-01/2024-05-06 upheld; direct 2024-06-03"
        ),
    )

    def prepare(self, rows):
        agencies = Agency.objects.visible_to(self.by)
        self.fields["agency"].widget.learn(agencies)
        kept = DisclosureRequest.objects.visible_to(self.by).select_related("agency")
        kept = kept.prefetch_related("consultations", "fees", "remedies")
        self.taken = set()
        numbers = sorted({str(row.get("number") or "") for row in rows})
        for some in batched(numbers, BATCH):
            standing = DisclosureRequest.objects.filter(number__in=some)
            found = set(standing.values_list("number", flat=True))
            own = kept.filter(number__in=found) if found else ()
            self.known |= {(case.number,): told(case) for case in own}
            self.taken |= found - {case.number for case in own}

    def differs(self, code, new, old):
        if code == "identity_number":
            return bool(new) and new != MASK and _hash(new) != old
        if code in ("consultations", "fees", "remedies"):
            pairs = zip(in_order(new), in_order(old), strict=False)
            alike = len(new) == len(old) and all(one.same(two) for one, two in pairs)
            return not alike
        if code == "subject":
            return shortened(new) != old
        return (new or None) != (old or None)

    def build(self, facts, row):
        self._refuse_incomplete(facts)
        case = DisclosureRequest(
            number=facts["number"],
            subject=shortened(facts["subject"]),
            description=facts["subject"],
            **{name: facts[name] for name in _COLUMNS},
        )
        if facts["identity_number"]:
            case.identify(facts["identity_number"])
        note = self.note(row)
        first = facts["arrived_on"] or facts["submitted_on"]
        done = deeds(self._with_unsaid(facts))
        return case, workflow.replay(case, done, by=self.by, on=first, note=note)

    def _with_unsaid(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Many ledgers know one day of a reply only and no number of it: without a
        column for the signature, it is taken to be of the day of service."""
        facts = dict(facts)
        days = ("submitted_on", "arrived_on", "confirmed_on", "corrected_on")
        on_the_spot = facts["served_on"] in [facts[name] for name in days]
        if "signed_on" not in self.present and facts["outcome"] in REPLIES:
            facts["signed_on"] = None if on_the_spot else facts["served_on"]
        if "document_number" not in self.present:
            del facts["document_number"]
        return facts

    def store(self, records):
        workflow.enter(records)
        last: dict[str, int] = {}
        for case, _events in records:
            if own := _OWN_NUMBER.fullmatch(case.number):
                code, year, serial = own.groups()
                key = workflow.counter(f"{code}:{year}")
                last[key] = max(last.get(key, 0), int(serial))
        for key, serial in last.items():
            Counter.objects.given_out(key, serial)

    def fault(self, record):
        case, _events = record
        try:
            case.validate_constraints()
        except ValidationError as refusal:
            reasons: dict[str, list] = {}
            for error in refusal.error_dict[NON_FIELD_ERRORS]:
                name = (error.code or "").partition("_before_")[0]
                name = "served_on" if name == "closed_on" else name
                column = name if name in self.fields else NON_FIELD_ERRORS
                reasons.setdefault(column, []).append(error)
            return ValidationError(reasons)
        return None

    def lines(self, found, reason=""):
        """The requests in chunks of rows, the columns' names first. Without a reason
        identity numbers are masked; with one each request keeps an event of it."""
        labels = [column.label for column in self.fields.values()]
        yield [[str(label) for label in (*labels, *ledger_out.computed())]]
        yield from ledger_out.chunks(found, by=self.by, on=self.on, reason=reason)

    def _refuse_incomplete(self, facts: dict[str, Any]):
        wrong = {}
        for name, value in facts.items():
            if value and name in _PAST and max(_days(value)) > self.on:
                message = _("The day lies in the future.")
                wrong[name] = ValidationError(message, "future")
        needed = {other for name, other in _NEEDS.items() if facts[name]}
        if facts["outcome"] and not facts["signed_on"]:
            needed.add("served_on")
        for name in needed:
            if not facts[name]:
                wrong[name] = ValidationError(_("This cell is empty."), "required")
        number, agency = facts["number"], facts["agency"]
        if number in self.taken:
            message = _("Another agency has a request of this number.")
            wrong["number"] = ValidationError(message, "number_taken")
        elif _OWN_NUMBER.fullmatch(number) and not _is_own(number):
            message = _("The check digits of this number do not fit.")
            wrong["number"] = ValidationError(message, "check_digits")
        if agency.closed_on and agency.closed_on <= facts["submitted_on"]:
            message = _("The agency was closed by then.")
            wrong["agency"] = ValidationError(message, "closed_agency")
        if facts["identity_number"] == MASK:
            message = _("The identity number is masked.")
            wrong["identity_number"] = ValidationError(message, "masked")
        if wrong:
            raise ValidationError(wrong)


_COLUMNS = (
    "agency", "channel", "applicant_kind", "applicant", "submitted_on", "arrived_on",
)  # fmt: skip


def _days(value: date | tuple) -> list[date]:
    """The days that a cell tells of."""
    if isinstance(value, tuple):
        return [day for entry in value for day in entry.days if day]
    return [value]


def shortened(subject: str) -> str:
    """As much of a long subject as a list shows; the whole is kept beside it."""
    return subject if len(subject) <= SUBJECT else f"{subject[: SUBJECT - 1]}…"


def _hash(number: str) -> str:
    return fingerprint("identity", tidy(number))


def _is_own(number: str) -> bool:
    try:
        return read(number) == number
    except ValueError:
        return False
