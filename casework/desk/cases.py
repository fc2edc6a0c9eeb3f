"""The desk's pages of a case: the case, a step, why its date is what it is."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.case_pages import CasePages
from casework.desk.entries import entry
from casework.desk.rights import for_those_with
from casework.desk.rows import Rows, Section, facts, section
from casework.exports import attached
from casework.models import CalendarDay, Case
from casework.reasons import Month


class CaseDesk(CasePages):
    """The pages of one kind of case; a subclass names what they show of it."""

    skin = "desk"
    case_template: str
    related = ("agency",)
    """What a page asks for together with the case."""
    facts: tuple[str, ...] = ()
    """The fields that are shown, as far as they say something."""
    sections: tuple[Rows, ...] = ()

    # Addresses and access

    def patterns(self, at: str) -> list:
        """The addresses of the pages, beneath this one."""
        name = self.desk_name.partition(":")[2]
        safe, both = require_safe, require_http_methods(["GET", "HEAD", "POST"])
        here = f"{at}<slug:number>/"
        return [
            path(here, self._staff(safe, self.case_view), name=name),
            path(
                f"{here}step/<slug:name>/",
                self._staff(both, self.step_view),
                name=f"{name}_step",
            ),
            path(f"{here}why/", self._staff(safe, self.why_view), name=f"{name}_why"),
            path(
                f"{here}due.ics", self._staff(safe, self.due_view), name=f"{name}_due"
            ),
        ]

    def _staff(self, methods: Callable, view: Callable) -> Callable:
        """Only for who is logged in and may see this kind of case."""
        see = for_those_with(self.workflow.permission("view"))
        return methods(see(view))

    def case(self, request, number: str) -> Case:
        seen = self.workflow.model.objects.visible_to(request.user)
        return get_object_or_404(seen.select_related(*self.related), number=number)

    def address(self, case):
        return self.at_desk(case)

    def frame(self, request):
        return {"desk_name": self.desk_name, "kind": self.workflow.model._meta}

    # The page of a case

    def case_view(self, request, number):
        case = self.case(request, number)
        head = self.head(request, case)
        context = {
            **head,
            "case": case,
            "name": self.name(case),
            "text": self.text(case),
            "facts": facts(case, self.facts),
            "months": self.months(case),
            "register": self.in_register(case),
            "may_correct": self.may_correct(case, request.user),
            **self.page(request, case),
        }
        context["sections"] = self.tables(request, case, head["steps"], context)
        return self.show(request, self.case_template, context)

    def text(self, case) -> str:
        """What it is about, at length."""
        raise NotImplementedError

    def name(self, case) -> str:
        """What the case is called besides its number."""
        return ""

    def may_correct(self, case, user) -> bool:
        return self.workflow.admits(case, user, self.workflow.permission("change"))

    def tables(self, request, case, steps, context) -> list[Section]:
        """The related rows, each kind with its steps; kinds without rows are left out,
        since the steps that add the first one stand above."""
        correct = case if context["may_correct"] else None
        found = [
            section(
                self.workflow,
                shown,
                context.get(shown.kind) or case.rows(shown.kind),
                steps,
                may_read=context.get("may_read", True),
                correct=correct,
            )
            for shown in self.sections
        ]
        return [table for table in found if table.rows]

    def months(self, case) -> list[Month]:
        """The days of the limit, one by one."""
        raise NotImplementedError

    # Steps

    def step_view(self, request, number, name):
        return self.take_step(request, self.case(request, number), name)

    def deed_page(self, request, case, form, title, *told, **more):
        """With what would come of the deed, as far as it can be told."""
        foreseen = None
        if form.foreseeable:
            asked = form if form.is_bound else form.as_offered()
            foreseen = asked.foreseen() if asked.is_valid() else None
            if asked is not form:
                more["refusals"] = _refusals(asked)
        if foreseen:
            more["foreseen"] = foreseen
            more["foreseen_on"] = asked.cleaned_data["on"]
            more["foreseen_why"] = list(self.reasons(foreseen))
        return super().deed_page(request, case, form, title, *told, **more)

    # Why this date

    def why_view(self, request, number):
        case = self.case(request, number)
        context = {
            "case": case,
            "name": self.name(case),
            "lamp": self.lamp(case),
            "reasons": list(self.reasons(case)),
            "months": self.months(case),
            "back": self.address(case),
        }
        return self.show(request, "why", context)

    def due_view(self, request, number):
        """The last day for a person's own calendar, where there is one."""
        case = self.case(request, number)
        if not case.due_on:
            raise Http404
        address = request.build_absolute_uri(self.address(case))
        calendar = CalendarDay.objects.as_calendar()
        text = entry(case, address, timezone.now(), calendar)
        answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        return attached(answer, f"{case.number}.ics")


def _refusals(form) -> list[str]:
    """Why the deed would be refused, once everything is filled in that it asks for."""
    errors = form.errors.as_data()
    reasons = errors.get(NON_FIELD_ERRORS, [])
    missing = any(error.code == "required" for error in reasons)
    if missing or errors.keys() - {NON_FIELD_ERRORS}:
        return []
    return [message for error in reasons for message in error.messages]
