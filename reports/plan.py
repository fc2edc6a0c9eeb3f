"""The plan of the year at the desk, and the form by which a unit reports on a task."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casework.desk.rights import for_those_with
from casework.filters import AgencyField
from casework.forms import DayInput, refuse_future
from casework.models import Agency
from reports.models import PlanTask
from reports.registers import YearForm

VIEW, HANDLE = "reports.view_plantask", "reports.handle_plantask"
OVERDUE = "overdue"


class PlanForm(YearForm):
    """What of the plans is shown; a field that is wrong narrows nothing."""

    unit = AgencyField(
        label=_("responsible unit"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
    )
    progress = forms.ChoiceField(
        label=_("progress"),
        choices=[
            ("", "---------"),
            *PlanTask.Progress.choices,
            (OVERDUE, _("overdue")),
        ],
        required=False,
    )

    def __init__(self, given, tasks: QuerySet):
        years = tasks.order_by("-year").values_list("year", flat=True).distinct()
        super().__init__(given, list(years))
        units = Agency.objects.filter(pk__in=tasks.order_by().values("unit"))
        self.fields["unit"].queryset = units

    def narrow(self, tasks: QuerySet, today: date) -> QuerySet:
        tasks = tasks.filter(year=self.shown)
        if unit := self.cleaned_data.get("unit"):
            tasks = tasks.filter(unit=unit)
        progress = self.cleaned_data.get("progress")
        if progress == OVERDUE:
            return tasks.overdue(today)
        return tasks.filter(progress=progress) if progress else tasks


@require_safe
@for_those_with(VIEW)
def plan(request):
    """The tasks under their headings, and how many are how far."""
    today = timezone.localdate()
    visible = PlanTask.objects.visible_to(request.user)
    form = PlanForm(request.GET, visible)
    tasks = list(form.narrow(visible, today).select_related("agency", "unit"))
    for task in tasks:
        task.is_late = task.late(today)
    mine = [task for task in tasks if request.user.sees(task.unit)]
    context = {
        "form": form,
        "year": form.shown,
        "tasks": tasks,
        "summary": summary(tasks),
        "reporting": mine if request.user.has_perm(HANDLE) else [],
    }
    return render(request, "reports/plan.html", context)


def summary(tasks: Iterable[PlanTask]) -> list[tuple[str, int]]:
    """How many headings, tasks and units there are, and how many tasks are how far."""
    tasks = list(tasks)
    return [
        (_("headings"), len({(task.agency, task.heading) for task in tasks})),
        (pgettext_lazy("plan", "tasks"), len(tasks)),
        (_("responsible units"), len({task.unit for task in tasks})),
        *(
            (label, sum(task.progress == progress for task in tasks))
            for progress, label in PlanTask.Progress.choices
        ),
        (_("overdue"), sum(task.is_late for task in tasks)),
    ]


class TaskForm(forms.ModelForm):
    """Of a task that others may be changing: the unit how far it is, the office all."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.changes

    def clean(self):
        """Of two at once one waits here, and is told of the other."""
        kept = PlanTask.objects.select_for_update().filter(pk=self.instance.pk)
        now = kept.values_list("changes", flat=True).first()
        if now not in (None, self.cleaned_data.get("seen")):
            message = _(
                "Someone else has changed this task in the meantime. What you typed "
                "still stands below: open the task again, and enter what is still "
                "needed."
            )
            raise ValidationError(message, "stale")
        return super().clean()


class ProgressForm(TaskForm):
    class Meta:
        model = PlanTask
        fields = ("progress", "done_on", "result")
        widgets = {"done_on": DayInput(), "result": forms.Textarea({"rows": 4})}
        help_texts = {"done_on": _("Of a task that is done.")}

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        refuse_future(self, ["done_on"])
        return super().clean()


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_with(HANDLE)
@transaction.atomic
def progress(request, pk: int):
    """The responsible unit, or whoever is above it, says how far a task is."""
    tasks = PlanTask.objects.assigned_to(request.user).select_related("agency", "unit")
    task = get_object_or_404(tasks, pk=pk)
    form = ProgressForm(request.POST or None, instance=task, today=timezone.localdate())
    if form.is_valid():
        form.save()
        told = construct_change_message(form, [], add=False)
        LogEntry.objects.log_actions(request.user.pk, [task], CHANGE, told)
        messages.success(request, _("The progress has been recorded."))
        return redirect(f"{reverse('reports:plan')}?year={task.year}")
    stale = form.has_error("__all__", "stale")
    context = {"form": form, "task": task}
    return render(
        request, "reports/progress.html", context, status=409 if stale else 200
    )
