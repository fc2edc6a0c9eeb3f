"""What the report of a year says beside the form: figures with codes of our own.

The statutory forms have no row for them, and every report of a city prints them.
"""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.tables import Flow, Line, Part, Ratio, counted, reported, units
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS
from disclosure.models import Remedy
from reports import register_figures

_counted = partial(counted, unit=units.PIECES)
_RECONSIDERATION = {Remedy.Kind.RECONSIDERATION}
_LAWSUIT = {Remedy.Kind.DIRECT, Remedy.Kind.AFTER}

PARTS = (
    Part.headed(
        Line("R.report", _("The report")),
        Line("R.year", _("Year of the report"), told=lambda form, year: year),
        Line(
            "R.from",
            _("First day of the figures"),
            told=lambda form, year: date(year, 1, 1),
        ),
        Line(
            "R.until",
            _("Last day of the figures"),
            told=lambda form, year: date(year, 12, 31),
        ),
        Line(
            "R.parts",
            _("Parts of the report"),
            unit=units.SECTIONS,
            told=lambda form, year: len(form.sections),
        ),
    ),
    Part.headed(
        Line("R.timeliness", _("Requests in time")),
        _counted("R.closed_in_time", _("Closed in time"), Flow.FINISHED, late={False}),
        _counted(
            "R.closed_late",
            _("Closed after their last day"),
            Flow.FINISHED,
            late={True},
        ),
        Line(
            "R.on_time_rate",
            _("Closed in time, of all closed"),
            unit=units.PER_CENT,
            ratio=Ratio("R.closed_in_time", ("R.closed_in_time", "R.closed_late")),
        ),
        source=REQUESTS,
    ),
    Part.headed(
        Line("R.remedies", _("Remedies of the year")),
        _counted(
            "R.reconsiderations_filed",
            _("Reconsiderations applied for"),
            Flow.NEW,
            kind=_RECONSIDERATION,
        ),
        _counted(
            "R.reconsiderations_decided",
            _("Reconsiderations concluded"),
            Flow.FINISHED,
            kind=_RECONSIDERATION,
        ),
        _counted("R.lawsuits_filed", _("Lawsuits brought"), Flow.NEW, kind=_LAWSUIT),
        _counted(
            "R.lawsuits_decided", _("Lawsuits concluded"), Flow.FINISHED, kind=_LAWSUIT
        ),
        source=REMEDIES,
    ),
    Part.headed(
        Line("R.charging", _("Bodies and fees")),
        Line(
            "R.charging_bodies",
            _("Bodies that received a fee"),
            (Flow.FINISHED,),
            unit=units.BODIES,
            distinct="agency",
        ),
        source=FEES,
    ),
    Part.headed(
        Line("R.reported", _("Other figures that bodies report")),
        reported(
            "R.visits", _("Visits by the public to reading points"), units.PERSON_TIMES
        ),
        reported(
            "R.gazette_issues", _("Issues of the government gazette"), units.ISSUES
        ),
        reported(
            "R.gazette_copies",
            _("Copies of the gazette printed in the year"),
            units.COPIES,
        ),
        Line(
            "R.gazette_run",
            _("Copies of each issue"),
            unit=units.COPIES_AN_ISSUE,
            ratio=Ratio("R.gazette_copies", ("R.gazette_issues",), 1),
        ),
        reported(
            "R.decisions_in_advance",
            _("Major decisions published in advance"),
            units.TIMES,
        ),
        reported("R.audit_notices", _("Audit results announced"), units.TIMES),
        reported(
            "R.budgets_published",
            _("Departments that published budget and accounts"),
            units.BODIES,
        ),
        reported(
            "R.open_days",
            _("Open days for citizens at the government"),
            pgettext_lazy("unit", "events"),
        ),
        reported(
            "R.open_day_participants",
            _("Participants in the open days"),
            units.PERSON_TIMES,
        ),
        reported(
            "R.documents_published", _("Government documents published"), units.PIECES
        ),
    ),
    *register_figures.PARTS,
)
