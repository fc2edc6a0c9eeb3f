"""The State Council's yearly notice on the days of rest, as it is typed from paper."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from casework.forms.steps import DayInput
from casework.models import CalendarDay
from casework.workdays import SpecialDay, notice_year

Festival = CalendarDay.Festival
RESTING_BY_LAW = (
    (1, 1, Festival.NEW_YEAR),
    (5, 1, Festival.LABOUR),
    (10, 1, Festival.NATIONAL),
)
"""Month, day, festival: at rest in every year (全国年节及纪念日放假办法 art. 2)."""

_DAY = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)"
)
# What a notice says beside the day: its weekday in brackets, and that it is worked.
_ASIDE = re.compile(r"\([^)]*\)|上班")
_BETWEEN = re.compile(r"[\s,、;和]+")


def read_day(text: str, year: int) -> date:
    """2027-02-14, 2027/2/14, 2027.2.14, 20270214, 2027年2月14日, 2月14日 of the year.

    ValueError for anything else.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not (match := _DAY.fullmatch(plain)):
        raise ValueError("not a day")
    found = [int(part) for part in match.groups() if part]
    return date(*found) if len(found) == 3 else date(year, *found)


def days_in(text: str) -> list[str]:
    """The days that a text names, one by one, still as they were written."""
    plain = _ASIDE.sub(" ", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"(?<=[年月])\s+(?=\d)", "", plain)
    return [part for part in _BETWEEN.split(plain.replace("。", " ")) if part]


def not_a_day(text: str) -> ValidationError:
    message = _("“%(text)s” is not a day. Write it like 2027-02-14 or 2月14日.")
    return ValidationError(message, "not_a_day", {"text": text})


class DayOfYearField(forms.CharField):
    """One day, in any of the spellings that `read_day` knows."""

    def __init__(self, year, label):
        self.year = year
        widget = DayInput({"aria-label": label})
        super().__init__(required=False, label=label, widget=widget)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return read_day(str(value), self.year)
        except ValueError:
            raise not_a_day(value) from None


class DaysOfYearField(forms.CharField):
    """Several days, in the same spellings, however they are set apart."""

    widget = forms.Textarea({"rows": 3})

    def __init__(self, year, **kwargs):
        self.year = year
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        days, errors = set(), []
        for text in days_in(super().to_python(value)):
            try:
                days.add(read_day(text, self.year))
            except ValueError:
                errors.append(not_a_day(text))
        if errors:
            raise ValidationError(errors)
        return sorted(days)


class NoticeForm(forms.Form):
    """The notice for one year: of each festival the first and the last day of rest.

    The holiday of New Year's Day may begin at the end of the December before; the last
    days of its own December stand in the next year's notice.
    """

    notice = forms.CharField(
        label=_("number of the notice"),
        max_length=60,
        help_text=_("As printed, for example 国办发明电〔2025〕7号."),
    )

    def __init__(self, year: int, *args, **kwargs):
        self.year = year
        super().__init__(*args, **kwargs)
        for festival in Festival:
            for end, words in (
                ("first", _("%(festival)s: first day of rest")),
                ("last", _("%(festival)s: last day of rest")),
            ):
                self.fields[f"{festival.value}_{end}"] = DayOfYearField(
                    year, label=words % {"festival": festival.label}
                )
        self.fields["make_up"] = DaysOfYearField(
            year,
            label=_("make-up working days"),
            help_text=_(
                "The weekend days that are worked, for example 2月14日、2月28日. "
                "Several days are set apart by commas or lines."
            ),
        )

    @staticmethod
    def as_typed(days: Iterable[CalendarDay]) -> dict:
        """How days that are known would have been typed."""
        days = list(days)
        spans = {}
        for day in days:
            if not day.working:
                first, last = spans.get(day.festival, (day.day, day.day))
                spans[day.festival] = (min(first, day.day), max(last, day.day))
        typed = {"notice": days[0].notice if days else ""}
        for festival, (first, last) in spans.items():
            joined = any(
                other != festival and begun <= first and last <= ended
                for other, (begun, ended) in spans.items()
            )
            if not joined:
                typed |= {f"{festival}_first": first, f"{festival}_last": last}
        made_up = (day.day.isoformat() for day in days if day.working)
        return typed | {"make_up": "\n".join(made_up)}

    def festivals(self) -> Iterator[tuple]:
        """Of each festival its name and its two fields."""
        for festival in Festival:
            names = (f"{festival.value}_first", f"{festival.value}_last")
            yield festival.label, [self[name] for name in names]

    def clean(self):
        given = super().clean()
        self.rests = {}
        about_days = {name for name in self.fields if name != "notice"}
        if not self.errors.keys() & about_days and not any(map(given.get, about_days)):
            raise ValidationError(_("Nothing has been entered."), "nothing")
        for festival in Festival:
            self.clean_festival(festival)
        self.clean_overlaps()
        self.clean_make_up_days(given.get("make_up") or ())
        self.clean_resting_by_law()
        return given

    def clean_festival(self, festival):
        first_name, last_name = f"{festival.value}_first", f"{festival.value}_last"
        if self.errors.keys() & {first_name, last_name}:
            return
        first, last = self.cleaned_data[first_name], self.cleaned_data[last_name]
        if not first and not last:
            return
        if not first or not last:
            name = last_name if first else first_name
            self.refuse(name, "half", _("The other day of the holiday is missing."))
            return
        new_year = festival == Festival.NEW_YEAR
        outside = [
            self.outside(first_name, first, december_before=new_year),
            self.outside(last_name, last),
        ]
        if any(outside):
            return
        if first > last:
            text = _("The last day of rest is before the first.")
            self.refuse(last_name, "order", text)
            return
        self.rests[festival] = (first, last)

    def outside(self, name, day, *, december_before=False) -> bool:
        """Whether the day is not one of this notice; if so, the form says which is."""
        if day.year == self.year and notice_year(day) != self.year:
            text = _(
                "%(day)s belongs to the notice for %(next)s: enter it there, with the "
                "holiday of New Year's Day."
            )
            self.refuse(name, "next_notice", text, day=day, next=self.year + 1)
            return True
        early = day.year == self.year - 1 and notice_year(day) == self.year
        if day.year == self.year or (early and december_before):
            return False
        text = _(
            "%(day)s is not in %(year)s. Only the holiday of New Year's Day may begin "
            "in the December before, and its make-up working days may lie there."
        )
        self.refuse(name, "outside", text, day=day, year=self.year)
        return True

    def clean_overlaps(self):
        in_order = sorted(self.rests.items(), key=lambda rest: rest[1])
        for (one, (_first, last)), (other, (first, _last)) in zip(
            in_order, in_order[1:], strict=False
        ):
            if first <= last:
                text = _(
                    "This overlaps with %(festival)s. Where a notice joins two "
                    "holidays, enter the whole under one and leave the other empty."
                )
                name = f"{other.value}_first"
                self.refuse(name, "overlap", text, festival=one.label)

    def clean_make_up_days(self, days):
        for day in days:
            if self.outside("make_up", day, december_before=True):
                continue
            if day.weekday() < 5:
                text = _(
                    "%(day)s is no weekend day (%(weekday)s): it is worked anyway."
                )
                weekday = WEEKDAYS[day.weekday()]
                self.refuse("make_up", "weekday", text, day=day, weekday=weekday)
            for festival, (first, last) in self.rests.items():
                if first <= day <= last:
                    text = _("%(day)s lies within the days of rest of %(festival)s.")
                    self.refuse(
                        "make_up", "rests", text, day=day, festival=festival.label
                    )

    def clean_resting_by_law(self):
        """A notice typed in part would make the year known, and its dates wrong."""
        for month, number, festival in RESTING_BY_LAW:
            day = date(self.year, month, number)
            first_name, last_name = f"{festival.value}_first", f"{festival.value}_last"
            if self.errors.keys() & {first_name, last_name}:
                continue
            if not any(first <= day <= last for first, last in self.rests.values()):
                text = _("%(day)s is a day of rest by law, and no holiday covers it.")
                self.refuse(first_name, "by_law", text, day=day)

    def refuse(self, name, code, text, **values):
        self.add_error(name, ValidationError(text, code, values))

    def days(self) -> list[SpecialDay]:
        """The special days of a valid form, in order."""
        rests = [
            SpecialDay(
                first + timedelta(days=n), working=False, festival=festival.value
            )
            for festival, (first, last) in self.rests.items()
            for n in range((last - first).days + 1)
        ]
        made_up = [
            SpecialDay(day, working=True, festival=self.nearest(day).value)
            for day in self.cleaned_data["make_up"]
        ]
        return sorted(rests + made_up, key=lambda day: day.day)

    def nearest(self, day: date) -> Festival:
        """The festival for which a day is worked: the next one on the calendar."""

        def distance(festival):
            first, last = self.rests[festival]
            return min(abs(day - first), abs(day - last))

        return min(self.rests, key=distance)

    def left_empty(self) -> list[str]:
        """The yearly festivals without days of their own."""
        yearly = (festival for festival in Festival if festival != Festival.VICTORY)
        return [festival.label for festival in yearly if festival not in self.rests]
