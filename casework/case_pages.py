"""What the pages of a case do alike in the admin and at the desk: light, steps, why."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.forms import StepForm
from casework.history import history
from casework.lamps import lamp
from casework.models import CalendarDay, Case
from casework.reasons import Reason
from casework.workflow import Workflow


class CasePages:
    """The pages of one kind of case; its subclasses say where they stand, and how they
    look."""

    workflow: Workflow
    step_form_class = StepForm
    skin: str
    """The folder of the templates: of each page there is one in every skin."""
    desk_name: str
    """The name of the address of a case at the desk."""

    def frame(self, request) -> dict:
        """What the templates of the skin want besides the case."""
        return {}

    def show(self, request, name, context, status=200):
        context = {**self.frame(request), **context}
        template = f"{self.skin}/{name}.html"
        return TemplateResponse(request, template, context, status=status)

    def address(self, case: Case) -> str:
        """Of the page of the case, in these surroundings."""
        raise NotImplementedError

    def at_desk(self, case: Case) -> str:
        return reverse(self.desk_name, args=[case.number])

    def in_register(self, case: Case) -> str:
        """Where the case is corrected."""
        meta = self.workflow.model._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_change"
        return reverse(name, args=[case.pk])

    # The page of a case

    def head(self, request, case: Case) -> dict:
        """What is shown of every case: how it stands, what may be done, what was."""
        steps = self.workflow.possible(case, request.user)
        return {
            "lamp": self.lamp(case),
            "steps": steps,
            "primary": self.workflow.leading(case, steps),
            "reasons": list(self.reasons(case)),
            "history": history(self.workflow, case),
        }

    def lamp(self, case: Case):
        return lamp(case, timezone.localdate(), CalendarDay.objects.as_calendar())

    def reasons(self, case: Case) -> Iterable[Reason]:
        """Why the due date is what it is, from what is stored of it."""
        return ()

    def page(self, request, case: Case) -> dict:
        """What else is shown of this kind of case."""
        return {}

    # Steps

    def take_step(self, request, case: Case, name: str):
        """The form of a step; and if it was sent, the step, unless it is refused."""
        step = self.workflow.steps.get(name)
        if not step:
            raise Http404
        if not self.workflow.admits(case, request.user, step.permission):
            raise PermissionDenied
        form = self.step_form(request, case, step)
        preview = "preview" in request.POST
        if form.is_valid() and not preview and (taken := form.take()):
            return self.step_taken(request, step, taken)
        return self.step_page(request, case, form, step)

    def step_form(self, request, case, step):
        post = request.method == "POST"
        return self.step_form_class(
            self.workflow,
            step,
            case,
            request.user,
            timezone.localdate(),
            request.POST if post else None,
            files=request.FILES if post else None,
        )

    def step_page(self, request, case, form, step):
        return self.deed_page(request, case, form, step.label)

    def deed_page(self, request, case, form, title, name="casework/step", **more):
        """The page of a form about a case; a stale form is answered as a conflict."""
        stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
        context = {
            "title": title,
            "case": case,
            "form": form,
            "lamp": self.lamp(case),
            "stale": stale,
            **more,
        }
        return self.show(request, name, context, status=409 if stale else 200)

    def step_taken(self, request, step, case):
        """Where a person goes from a step that was taken."""
        text = _("%(step)s: done.") % {"step": step.label}
        messages.success(request, text)
        if case.closed_late:
            text = _("The case was closed after its last day.")
            messages.warning(request, text)
        return HttpResponseRedirect(self.address(case))
