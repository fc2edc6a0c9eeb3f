"""A page of a long list: the rows from a mark on, in an order that an index keeps.

No page counts the list or skips over it: the address carries the day and the key of
the row before the page, so that the last page costs as much as the first one. A mark
whose row has moved or gone is only a place between others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import DateField, Func, Q, QuerySet

SIZE = 50
_MARK = re.compile(r"(-?)([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", re.ASCII)


class DayOrLast(Func):
    """A day, and the last of all days where there is none yet.

    Databases disagree whether NULL comes first; and only the text of an expression, in
    which nothing is a parameter, is recognised as that of an index.
    """

    template = "COALESCE(%(expressions)s, '9999-12-31')"
    arity = 1
    output_field = DateField()


class Mark(NamedTuple):
    """The row that a page follows; or, turned back, the one that it comes before."""

    day: date
    pk: int
    back: bool = False

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """None if it is not a mark, or no day."""
        found = _MARK.fullmatch(text)
        try:
            return found and cls(
                date.fromisoformat(found[2]), int(found[3]), bool(found[1])
            )
        except ValueError:
            return None

    def __str__(self):
        return f"{'-' if self.back else ''}{self.day.isoformat()}.{self.pk}"


@dataclass(frozen=True)
class Order:
    """By a day, and by the key within a day."""

    field: str
    descending: bool = False

    def by(self, back: bool = False) -> tuple:
        """What the rows are ordered by, or are backwards."""
        day = DayOrLast(self.field)
        down = self.descending != back
        return (day.desc(), "-pk") if down else (day.asc(), "pk")

    def of(self, rows: QuerySet, mark: Mark | None = None) -> QuerySet:
        """The rows in this order; of a mark turned back, those before it, backwards."""
        if mark is None:
            return rows.order_by(*self.by())
        beyond = "lt" if self.descending != mark.back else "gt"
        # The first condition is a range of the index; the second alone would not be.
        after = Q((f"_day__{beyond}e", mark.day)) & (
            Q((f"_day__{beyond}", mark.day)) | Q((f"pk__{beyond}", mark.pk))
        )
        rows = rows.alias(_day=DayOrLast(self.field)).filter(after)
        return rows.order_by(*self.by(mark.back))

    def in_year(self, rows: QuerySet, year: int) -> QuerySet:
        """Those with a day in the year, which are a part of the list."""
        days = date(year, 1, 1), date(year, 12, 31)
        return rows.alias(_day=DayOrLast(self.field)).filter(_day__range=days)

    def bounded(self, rows: QuerySet, lookup: str, day: date) -> QuerySet:
        """Those with a day from this one on (gte), or until it (lte): a range of the
        index, to which those without a day would belong."""
        bound = f"_{self.field}"
        rows = rows.alias(**{bound: DayOrLast(self.field)})
        known = {f"{self.field}__isnull": False}
        return rows.filter(**{f"{bound}__{lookup}": day}, **known)

    def mark(self, row) -> Mark:
        return Mark(getattr(row, self.field) or date.max, row.pk)


class Page:
    """So many rows of a list from the mark that the address names, or from its start.

    `narrow` is what is asked of the rows once they are in order and begin at the mark.
    """

    def __init__(
        self,
        rows: QuerySet,
        order: Order,
        at: str = "",
        narrow: Callable[[QuerySet], QuerySet] = lambda rows: rows,
        size: int = SIZE,
    ):
        mark = Mark.read(at)
        found = list(narrow(order.of(rows, mark))[: size + 1])
        if mark and not found:
            # What the mark stood before has gone: the list begins anew.
            mark, found = None, list(narrow(order.of(rows))[: size + 1])
        back = mark is not None and mark.back
        more = len(found) > size
        self.rows = found[size - 1 :: -1] if back else found[:size]
        before, after = (more, True) if back else (mark is not None, more)
        self.previous = ""
        """The mark of the page before this one, for an address."""
        self.next = ""
        """The mark of the page after this one."""
        if before:
            self.previous = str(order.mark(self.rows[0])._replace(back=True))
        if after:
            self.next = str(order.mark(self.rows[-1]))

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def whole(self) -> bool:
        """Whether there are no other rows than these."""
        return not (self.previous or self.next)
