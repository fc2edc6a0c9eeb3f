"""The desk's pages of what bodies send: the list for the office, and a body's own."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework.desk.rights import for_those_with
from casework.models import Agency
from reports import other_figures
from reports.models import Submission
from reports.printed import blocks, shown
from reports.returns import deeds, overview
from reports.returns.days import internal, statutory
from reports.returns.filling import FillForm, fill_in
from reports.returns.letters import remind
from reports.returns.paper import filled, frozen
from reports.returns.places import of_form, places
from reports.views import address, chosen, tally_address, years
from reports.yearly import Yearly

SHOWN = 20
"""How many wrong places are named above the form."""


def for_staff(view):
    """Only for who is logged in and may see submissions."""
    limited = require_http_methods(["GET", "HEAD", "POST"])
    return limited(for_those_with(deeds.VIEW)(view))


# All of them


@for_staff
def returns(request):
    """Who has sent the figures of a year; a reminder to those who have not."""
    yearly = replace(chosen(request), alone=False, session=None, by="level")
    today = timezone.localdate()
    rows = overview.rows(yearly, today)
    # Who is waited for stands first.
    rows.sort(key=lambda row: row.state == overview.SENT)
    silent = [row for row in rows if row.state != overview.SENT]
    may_remind = all(deeds.may_approve(request.user, row.agency) for row in rows)
    if request.method == "POST":
        bodies = [row.agency for row in silent]
        _tell(request, bodies, yearly.year, today)
        return redirect(f"{request.path}?{address(yearly)}")
    agency = yearly.agency
    context = {
        "yearly": yearly,
        "own": deeds.kept(agency, yearly.year) if agency.parent_id else None,
        "years": years(),
        "agencies": Agency.objects.visible_to(request.user),
        "rows": rows,
        "silent": silent,
        "may_remind": may_remind and silent and today.year > yearly.year,
        "internal": internal(yearly.year),
        "department": statutory(yearly.year, Agency.Kind.DEPARTMENT),
        "government": statutory(yearly.year, Agency.Kind.COUNTY),
    }
    return render(request, "reports/returns.html", context)


def _tell(request, bodies: list[Agency], year: int, today):
    """Remind them, and say who was and who was not."""
    try:
        outcome = remind(bodies, year, request.user, today)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return
    count = len(outcome.reminded)
    text = ngettext(
        "%(count)d body was reminded.", "%(count)d bodies were reminded.", count
    )
    if count:
        messages.success(request, text % {"count": count})
    elif not outcome.failed:
        messages.info(request, _("All of them have been reminded today already."))
    for agency, why in outcome.failed:
        said = {"agency": agency, "why": why}
        messages.warning(request, _("Not reminded: %(agency)s: %(why)s") % said)


# One


class SourceForm(forms.ModelForm):
    """Where the figures come from."""

    class Meta:
        model = Submission
        fields = ("source", "alone")
        widgets = {"source": forms.RadioSelect}


class RemarkForm(forms.ModelForm):
    """Why the figures go back."""

    remark = Submission._meta.get_field("remark").formfield(
        required=True, widget=forms.Textarea({"rows": 3})
    )

    class Meta:
        model = Submission
        fields = ("remark",)


@for_staff
def one(request, year: int, code: str):
    """A body's own figures of a year, to be filled in, or as they were sent."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), code=code)
    if year not in years():
        raise Http404
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("deed", "save"))
        if deed is None:
            raise Http404
        return deed(request, agency, year)
    return _page(request, agency, year)


def _fill(request, agency: Agency, year: int):
    """Save what was typed; and send it, if that is asked for."""
    try:
        form = fill_in(agency, year, request.user, request.POST.dict())
        if not form.is_valid():
            return _page(request, agency, year, fill=form)
        if request.POST.get("deed") != "send":
            messages.success(request, _("Saved."))
            return redirect(request.path)
    except ValidationError as refusal:
        return _refused(request, refusal)
    try:
        deeds.submit(agency, year, request.user, timezone.localdate())
    except ValidationError as refusal:
        form = FillForm.refused(deeds.kept(agency, year), refusal)
        return _page(request, agency, year, fill=form, saved=True)
    messages.success(request, _("Confirmed and sent."))
    return redirect(request.path)


def _choose(request, agency: Agency, year: int):
    form = SourceForm(request.POST, instance=deeds.kept(agency, year))
    if not form.is_valid():
        return _page(request, agency, year, source=form)
    told = form.cleaned_data
    try:
        deeds.choose(agency, year, request.user, told["source"], told["alone"])
    except ValidationError as refusal:
        return _refused(request, refusal)
    messages.success(request, _("Saved."))
    return redirect(request.path)


def _give_back(request, agency: Agency, year: int):
    form, day = RemarkForm(request.POST), timezone.localdate()
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    try:
        deeds.give_back(agency, year, request.user, day, remark)
    except ValidationError as refusal:
        if form.errors:
            return _page(request, agency, year, back=form)
        return _refused(request, refusal)
    messages.success(request, _("Returned with the remark."))
    return redirect(request.path)


DEEDS = {"save": _fill, "send": _fill, "choose": _choose, "give_back": _give_back}


def _refused(request, refusal: ValidationError):
    """What has been done meanwhile stands on the page as it is now."""
    messages.error(request, " ".join(refusal.messages))
    return redirect(request.path)


def _wrong(form: FillForm) -> list[tuple]:
    """Each place at which something is wrong, and what."""
    return [(field, error) for field in form for error in field.errors]


def _changed(yearly: Yearly, submission: Submission):
    """In words: which figure, what was sent, what it is now."""
    labels = {place.cell: place.label for place in places(yearly.year, totals=True)}
    for one in overview.since(yearly, submission):
        label = labels.get((one.row, one.column), one.row)
        yield label, shown(one.sent) or "—", shown(one.now) or "—"


def _page(request, agency, year, *, fill=None, source=None, back=None, saved=False):
    user, submission = request.user, deeds.kept(agency, year)
    yearly = Yearly(year, agency, user=user)
    sent = bool(submission.submitted_on)
    totals = submission.enters_totals
    own = list(blocks(yearly, yearly.statutory))
    others = list(blocks(yearly, other_figures.PARTS))
    may_fill = deeds.may_handle(user, agency) and not sent
    may_return = deeds.may_approve(user, agency) and sent
    if sent:
        own = frozen(own, submission)
    elif may_fill:
        fill = fill or FillForm(submission)
        own, others = filled(own, fill), filled(others, fill)
    wrong = _wrong(fill) if may_fill else []
    above = agency.parent if agency.parent_id and user.sees(agency.parent) else agency
    context = {
        "yearly": yearly,
        "above": above,
        "submission": submission,
        "wrong": wrong[:SHOWN],
        "more": len(wrong[SHOWN:]),
        "address": address(yearly),
        "tally_address": tally_address(yearly),
        "uncounted": totals,
        "unnamed": totals or len(yearly.bodies.agencies) == 1,
        "form_blocks": own,
        "other_blocks": others,
        "fill": fill if may_fill else None,
        "saved": saved,
        "source": (source or SourceForm(instance=submission)) if may_fill else None,
        "back": (back or RemarkForm()) if may_return else None,
        "changed": list(_changed(yearly, submission)),
        "verdicts": of_form(yearly),
        "internal": internal(year),
        "statutory": statutory(year, agency.kind),
        "over": timezone.localdate().year > year,
    }
    return render(request, "reports/return.html", context)
