"""Self-inspections, their problems, website checks and assessments, as rows."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from import_export.widgets import Widget

from casework.folding import fold
from casework.resources import AgencyWidget, SheetField
from casework.sheets import Choice, Day, Number, Text, Whole
from reports.models import Assessment, Problem, SelfInspection, WebsiteCheck
from reports.resources.rows import RowResource


class SelfInspectionResource(RowResource):
    model = SelfInspection
    key = ("agency", "held_on", "name")

    agency = SheetField(_("held by"), AgencyWidget(), names=("单位",), required=True)
    held_on = SheetField(_("begun on"), Day(), names=("自查时间",), required=True)
    name = SheetField(
        _("self-inspection"), Text(100), names=("自查名称",), required=True
    )
    note = SheetField(_("note"), Text(200))


class InspectionWidget(Widget):
    """A self-inspection that the person's agencies keep, by its name; with its day
    where a name has been used before."""

    refusals = {
        "no_such_inspection": _(
            "There is no self-inspection “%(value)s” that you keep. Enter it first."
        ),
        "several_inspections": _(
            "“%(value)s” is the name of several. Write the day behind it, as in an "
            "export."
        ),
    }

    def __init__(self):
        super().__init__()
        self.named: dict[str, list[SelfInspection]] = {}

    def learn(self, inspections: Iterable[SelfInspection]):
        for inspection in inspections:
            for name in (inspection.name, str(inspection)):
                self.named.setdefault(fold(name), []).append(inspection)

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        found = self.named.get(fold(str(value)), ())
        if len(found) == 1:
            return found[0]
        code = "several_inspections" if found else "no_such_inspection"
        raise ValidationError(self.refusals[code], code, {"value": value})

    def render(self, value, obj=None, **kwargs):
        return str(value) if value else ""


class ProblemResource(RowResource):
    model = Problem
    key = ("inspection", "number")

    inspection = SheetField(
        _("self-inspection"), InspectionWidget(), names=("自查名称",), required=True
    )
    number = SheetField(_("number"), Whole(), names=("问题序号",), required=True)
    agency = SheetField(
        _("unit"), AgencyWidget(), names=("所在单位", "责任单位"), required=True
    )
    found = SheetField(_("problem"), Text(200), names=("存在问题",), required=True)
    measure = SheetField(_("how it was put right"), Text(200), names=("整改情况",))
    righted_on = SheetField(_("put right on"), Day(), names=("整改完成时间",))

    def prepare(self, rows):
        kept = SelfInspection.objects.kept_by(self.by)
        self.fields["inspection"].widget.learn(kept)
        super().prepare(rows)


class Quarter(Choice):
    """A quarter by its number or its name."""

    def __init__(self):
        quarters = WebsiteCheck.Quarter.choices
        super().__init__(
            [(str(number), label) for number, label in quarters],
            {
                f"{before}{han}季度": str(number)
                for number, han in enumerate("一二三四", 1)
                for before in ("", "第")
            },
        )

    def understood(self, value):
        return int(super().understood(value))

    def render(self, value, obj=None, **kwargs):
        return super().render(str(value or ""))


class WebsiteCheckResource(RowResource):
    model = WebsiteCheck
    key = ("agency", "year", "quarter")

    agency = SheetField(
        _("checked by"), AgencyWidget(), names=("单位", "抽查单位"), required=True
    )
    year = SheetField(_("year"), Whole(), names=("年份",), required=True)
    quarter = SheetField(_("quarter"), Quarter(), required=True)
    sites = SheetField(
        _("sites checked"), Whole(), names=("抽查网站数",), required=True
    )
    found = SheetField(
        _("problems found"), Whole(), names=("发现问题数",), required=True
    )
    righted = SheetField(
        _("of these put right"), Whole(), names=("已整改数",), required=True
    )
    note = SheetField(_("note"), Text(200))


class AssessmentResource(RowResource):
    model = Assessment
    key = ("agency", "year", "assessor")

    agency = SheetField(_("unit"), AgencyWidget(), names=("被评估单位",), required=True)
    year = SheetField(_("year"), Whole(), names=("年份",), required=True)
    assessor = SheetField(
        _("assessed by"), Text(100), names=("第三方机构",), required=True
    )
    score = SheetField(
        pgettext_lazy("assessment", "score"), Number(), names=("分数",), required=True
    )
    note = SheetField(_("note"), Text(200))
