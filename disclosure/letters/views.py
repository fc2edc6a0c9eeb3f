"""The letters at the desk: who may handle a request draws them up."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.desk.rights import for_those_with
from casework.exports import attached
from disclosure.letters.kinds import letters
from disclosure.letters.rendering import CONTENT_TYPE
from disclosure.letters.texts import TEMPLATES
from disclosure.models import DisclosureRequest
from disclosure.workflow import HANDLE, workflow


@require_GET
@for_those_with(HANDLE)
@transaction.atomic
def letter(request, number, kind, row=None):
    """The letter as a file; since it names the applicant, drawing it up is an event."""
    visible = DisclosureRequest.objects.visible_to(request.user)
    case = get_object_or_404(visible.select_related("agency"), number=number)
    if not case.admits(request.user, HANDLE):
        raise PermissionDenied
    today = timezone.localdate()
    wanted = (kind, row)
    for found in letters(case, today):
        if (found.kind, found.row and found.row.pk) == wanted:
            break
    else:
        raise Http404
    try:
        file = found.file()
    except ValidationError:
        context = {"case": case, "letter": found}
        return render(request, "desk/letter_refused.html", context, status=409)
    name = TEMPLATES[kind].name(kind)
    cases = DisclosureRequest.objects.filter(pk=case.pk)
    workflow.note("letter", cases, by=request.user, on=today, note=name)
    answer = HttpResponse(file, content_type=CONTENT_TYPE)
    attached(answer, f"{found.title}.docx")
    answer["Cache-Control"] = "no-store, private"
    return answer
