"""The tasks of a plan as rows of a sheet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.resources import AgencyWidget, SheetField
from casework.sheets import Choice, Day, Text, Whole
from reports.models import PlanTask
from reports.resources.rows import RowResource


class PlanTaskResource(RowResource):
    model = PlanTask
    key = ("agency", "year", "number")

    agency = SheetField(
        _("office that made the plan"),
        AgencyWidget(),
        names=("制定单位", "牵头部门"),
        required=True,
    )
    year = SheetField(_("year"), Whole(), names=("年份",), required=True)
    number = SheetField(_("number"), Whole(), names=("任务序号",), required=True)
    heading = SheetField(_("heading"), Text(60), names=("任务大项",), required=True)
    title = SheetField(
        pgettext_lazy("plan", "task"),
        Text(200),
        names=("任务小项", "工作任务"),
        required=True,
    )
    unit = SheetField(
        _("responsible unit"), AgencyWidget(), names=("牵头单位",), required=True
    )
    helpers = SheetField(_("units that help"), Text(200), names=("协办单位",))
    due_on = SheetField(_("to be done by"), Day(), names=("完成时限",))
    progress = SheetField(
        _("progress"), Choice(PlanTask.Progress.choices), names=("完成状态",)
    )
    done_on = SheetField(_("done on"), Day(), names=("完成时间",))
    result = SheetField(_("what has been done"), Text(1000), names=("落实情况",))
