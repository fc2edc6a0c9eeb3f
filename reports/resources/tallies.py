"""Reported figures as rows of a sheet: one row is a figure of a body and a year.

The file of a published report comes in as it went out. What it says of what the system
counts is taken for totals of a body whose cases were kept elsewhere in that year.
"""

from datetime import MAXYEAR

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from casework.resources import AgencyWidget, SheetField
from casework.sheets import Choice, Number, Text, Whole
from casework.tables import TOTAL
from disclosure.annual_forms.sources import REQUESTS
from disclosure.models import DisclosureRequest
from proposals.figures import PREFIXES
from reports.bodies import LEVELS
from reports.logged import log_all
from reports.models import Submission, Tally
from reports.printed import plain
from reports.reported import edition, enterable, named, refusals
from reports.resources.rows import RowResource
from reports.yearly import EDITIONS

_named = lazy(named, str)
PUBLISHED = {"edition", "row_label", "column_label"}
"""Headers that only the file of a published report has: see reports.downloads."""


def _figures():
    """Every figure of any edition, by its code, named when it is shown."""
    for form in EDITIONS.values():
        for code, part in form.part_of.items():
            if enterable(part, form.lines[code]):
                yield code, _named(form, code)


def _columns():
    """The columns of every edition in which figures stand."""
    for form in EDITIONS.values():
        for part in form.parts:
            for leaf in part.leaves:
                yield leaf.code, leaf.label


WHOLES = {part.total for form in EDITIONS.values() for part in form.parts}
"""The columns of totals, of which each row has one."""


class TallyResource(RowResource):
    model = Tally
    key = ("year", "agency", "column", "code")

    year = SheetField(_("year"), Whole(), names=("年份",), required=True)
    agency = SheetField(
        _("agency"), AgencyWidget(), names=("单位", "填报单位"), required=True
    )
    code = SheetField(
        _("figure"),
        Choice(_figures()),
        names=("row", "指标", "指标代码"),
        required=True,
    )
    column = SheetField(
        _("column"),
        Choice(_columns()),
        names=("栏目", "列"),
        help=_("Where nothing stands, the total."),
    )
    value = SheetField(_("value"), Number(), names=("数量",), required=True)
    note = SheetField(_("note"), Text(100))

    def prepare(self, rows):
        super().prepare(rows)
        years = {self._year(row) for row in rows} - {None}
        sent = Submission.objects.visible_to(self.by).filter(year__in=years)
        self.submissions = {(one.year, one.agency_id): one for one in sent}
        self.places: dict[int, set[str]] = {}

    def _with_cases(self, year: int) -> set[str]:
        """The paths of the agencies that have requests of the year; asked once."""
        if year not in self.places:
            seen = DisclosureRequest.objects.visible_to(self.by).order_by()
            paths = REQUESTS.in_year(seen, year).values_list("agency__path", flat=True)
            self.places[year] = set(paths.distinct())
        return self.places[year]

    def left_out(self, ledger, row):
        """Of a published report, what follows from its other figures or is counted
        here in any case."""
        if not {header for _letter, header in ledger.unknown} >= PUBLISHED:
            return ""
        year, code = self._year(row), str(row.get("code"))
        form = edition(year) if year else None
        if code[:1] in PREFIXES.values():
            return _("of suggestions and proposals, which are counted here")
        if row.get("column") in LEVELS:
            return _("by level of organ: counted from the bodies")
        if form and code in form.lines:
            if not enterable(form.part_of[code], form.lines[code]):
                return _("follows from other figures")
            if row.get("value") is None:
                return _("not reported")
        return ""

    def told(self, record):
        said = {code: getattr(record, code) for code in self.fields}
        return said | {"value": plain(record.value)}

    def differs(self, code, new, old):
        """The column is one of those by which it was found."""
        return code != "column" and new != old

    def recognised(self, facts):
        return facts["year"], facts["agency"], self._column(facts), facts["code"]

    def _column(self, facts) -> str:
        """The row's own, where the sheet names none, or the total."""
        column, form = facts["column"], edition(facts["year"])
        if column and column not in WHOLES or facts["code"] not in form.lines:
            return column or TOTAL.code
        return form.part_of[facts["code"]].total

    def build(self, facts, row):
        year, agency = facts["year"], facts["agency"]
        facts = facts | {"column": self._column(facts)}
        number = year, facts["code"], facts["value"], facts["column"]
        totals = not self._reported(year, facts["code"]) and self._totals(year, agency)
        wrong = refusals(*number, totals=totals)
        if agency.closed_on:
            message = _("The agency is closed.")
            wrong["agency"] = ValidationError(message, "closed_agency")
        if wrong:
            raise ValidationError(wrong)
        tally = Tally(**facts)
        tally.clean_fields(["agency"])
        return tally

    def _totals(self, year: int, agency: Agency) -> bool:
        """Whether the body enters totals of the year: as it has chosen, or because it
        has no cases of the year here and has not sent that."""
        kept = self.submissions.get((year, agency.pk), Submission())
        if kept.enters_totals:
            return True
        if kept.submitted_on or year > MAXYEAR:
            return False
        places = self._with_cases(year)
        return not any(place.startswith(agency.path) for place in places)

    def store(self, records):
        super().store(records)
        self._choose_totals(records)

    def _choose_totals(self, tallies):
        """Of bodies that had not yet, whose numbers stand for cases."""
        chosen = {}
        for tally in tallies:
            place = tally.year, tally.agency_id
            kept = self.submissions.get(place)
            if self._reported(tally.year, tally.code) or kept and kept.enters_totals:
                continue
            kept = kept or Submission(agency=tally.agency, year=tally.year)
            kept.source = Submission.Source.TOTALS
            chosen[place] = self.submissions[place] = kept
        if chosen:
            made = [one for one in chosen.values() if one.pk is None]
            Submission.objects.bulk_create(made)
            Submission.objects.bulk_update(
                [one for one in chosen.values() if one not in made], ["source"]
            )
            log_all(self.by, [*chosen.values()], "source")

    def _reported(self, year: int, code: str) -> bool:
        return code in edition(year).reported
