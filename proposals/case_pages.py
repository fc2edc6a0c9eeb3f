"""What the pages of items and of assignments do alike in the admin and at the desk."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.case_pages import CasePages
from casework.lamps import lamp
from casework.models import CalendarDay
from casework.workdays import WorkCalendar
from proposals.deadlines import end
from proposals.forms import AssignForm, ItemStepForm, TaskStepForm
from proposals.models import REPLYING, Assignment, Proposal, Role, Status
from proposals.reasons import reasons
from proposals.workflow import HANDLE, items, tasks
from proposals.workflow.items import latest_round
from proposals.workflow.tasks import IN_HAND


class ItemPages(CasePages):
    workflow = items
    step_form_class = ItemStepForm
    desk_name = "proposals:item"

    def reasons(self, case):
        return reasons(case.due_why, case.kind)

    def page(self, request, case):
        user, calendar = request.user, CalendarDay.objects.as_calendar()
        return {
            "dates": list(item_dates(case, calendar)),
            "authors": case.rows("authors"),
            "tasks": parts(case, user, calendar),
            "contacts": case.rows("contacts"),
            "feedback": case.feedback.select_related("author"),
            "commitments": case.rows("commitments"),
            "merged": case.merged.visible_to(user).select_related("session"),
            "may_read": self.may_read(case, user),
        }

    def may_read(self, case, user) -> bool:
        """What people said, and their telephones, are for those who handle it."""
        return self.workflow.admits(case, user, HANDLE)

    def step_form(self, request, case, step):
        if step.name != "assign":
            return super().step_form(request, case, step)
        return AssignForm(
            case, request.user, timezone.localdate(), request.POST or None
        )

    def step_page(self, request, case, form, step):
        """Who is to handle the item, from when, and until when that would be."""
        if step.name != "assign":
            return super().step_page(request, case, form, step)
        given = getattr(form, "cleaned_data", {})
        day = given.get("on") or form.today
        told = {"day": day, "ends": list(ends(case, day))}
        name = "proposals/assign"
        return self.deed_page(request, case, form, step.label, name, **told)


class TaskPages(CasePages):
    workflow = tasks
    step_form_class = TaskStepForm
    desk_name = "proposals:task"

    def reasons(self, task):
        return reasons(task.due_why, task.case.kind)

    def page(self, request, task):
        return {
            "item": task.case,
            "dates": list(task_dates(task, CalendarDay.objects.as_calendar())),
            "meaning": task.case.session.class_labels.get(task.result_class, ""),
            "opinions": opinions(task),
        }


def parts(case: Proposal, user, calendar) -> list[dict]:
    """Each unit's part; to those who do not see it themselves, how it stands."""
    rows = case.assignments.select_related(
        "agency", "suggested_unit", "unit_instead", "case__session", "case__agency"
    )
    seen = set(rows.visible_to(user).values_list("pk", flat=True))
    today = timezone.localdate()
    found = []
    for task in rows:
        steps = tasks.possible(task, user) if task.pk in seen else []
        found.append(
            {
                "task": task,
                "lamp": lamp(task, today, calendar),
                "seen": task.pk in seen,
                "steps": steps,
                "primary": tasks.leading(task, steps),
            }
        )
    return found


def opinions(task: Assignment):
    """What the co-handling units say, for the unit that replies."""
    if task.role not in REPLYING:
        return ()
    same = task.case.assignments.filter(role=Role.CO_HANDLER, round=task.round)
    return same.select_related("agency")


def item_dates(case: Proposal, calendar) -> Iterator[tuple[str, date]]:
    """The other days that count at present, and what for."""
    rules, open_ = case.session.rules, case.status == Status.ASSIGNED
    if open_ and not case.replied_on:
        yield from ready_by(case)
        yield from first_contact(case, case.assigned_on, calendar)
    if open_ and case.replied_on and rules.feedback:
        yield _("feedback by"), end(rules.feedback, case.replied_on, calendar).last
    for commitment in case.rows("commitments"):
        if not commitment.settled_on:
            yield _("commitment to be kept by"), commitment.due_on


def task_dates(task: Assignment, calendar) -> Iterator[tuple[str, date]]:
    """The same of a unit's part."""
    if task.closed_on:
        return
    yield from ready_by(task)
    limit = task.case.session.returning
    if limit and task.status in IN_HAND:
        last = end(limit, task.assigned_on, calendar).last
        yield _("to be returned by, if it is not ours"), last
    if task.role in REPLYING:
        yield from first_contact(task.case, task.assigned_on, calendar)


def ready_by(case: Proposal | Assignment) -> Iterator[tuple[str, date]]:
    """The day that is warned of, where it is not the last one."""
    if case.ready_by != case.due_on:
        yield _("be ready by"), case.ready_by


def first_contact(
    item: Proposal, assigned_on: date, calendar: WorkCalendar
) -> Iterator[tuple[str, date]]:
    """Until when the author is to be spoken with, as long as nobody has."""
    limit = item.session.contact
    if limit and not (item.replied_on or item.rows("contacts")):
        yield _("first contact by"), end(limit, assigned_on, calendar).last


def ends(case: Proposal, day: date) -> Iterator[tuple[str, date | None]]:
    """Until when a unit of each role would have, if it were assigned on the day."""
    calendar, round = CalendarDay.objects.as_calendar(), latest_round(case)
    for role in Role:
        task = Assignment(case=case, role=role, assigned_on=day, round=round)
        try:
            yield role.label, task.deadline(calendar).due
        except ValueError:  # outside the calendar: the door will say so
            yield role.label, None
