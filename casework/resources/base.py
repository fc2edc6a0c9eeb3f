"""Rows of a sheet in and out, on django-import-export: all of them, or none.

An import adds and never changes: a row that is known already, with the same content, is
left alone; with another content it is refused, and both values are shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result, RowResult
from tablib import Dataset

from casework.bulk import uncollected
from casework.models import CalendarDay
from casework.sheets import (
    CellError,
    Choice,
    Column,
    Day,
    Ledger,
    Number,
    Sheet,
    Unreadable,
    Whole,
    find,
    read,
)

BATCH = 1000
"""How many records are written at once."""


def batched(items: Iterable, size: int) -> Iterator[list]:
    """Lists of so many, the last one shorter."""
    items = iter(items)
    while some := list(islice(items, size)):
        yield some


_KINDS = {Day: "day", Whole: "number", Number: "number", Choice: "choice"}


class SheetField(Field):
    """A column of a sheet: what it is called, and what may stand in it."""

    def __init__(self, label, widget, *, names=(), required=False, help=""):
        super().__init__(widget=widget)
        self.label, self.names = label, names
        self.required, self.help = required, help

    @property
    def column(self) -> Column:
        return Column(
            self.column_name,
            self.label,
            self.names,
            next((k for w, k in _KINDS.items() if isinstance(self.widget, w)), "text"),
            tuple(getattr(self.widget, "choices", {}).items()),
            self.required,
            self.help,
        )


class Problem(NamedTuple):
    """What is wrong with a row: the row and the column as the person sees them."""

    row: int
    letter: str
    header: str
    value: Any
    message: str
    code: str

    @property
    def shown(self) -> str:
        value = self.value.text if isinstance(self.value, CellError) else self.value
        return "" if value is None else str(value)


@dataclass
class Taken:
    """What became of a sheet."""

    sheet: Sheet
    ledger: Ledger
    new: int = 0
    same: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.problems

    def marked(self) -> Iterator[list]:
        """The sheet as it came, with two columns more: which columns are wrong, why."""
        width = max(len(row.cells) for row in self.sheet.rows)
        wrong: dict[int, list[Problem]] = {}
        for problem in self.problems:
            wrong.setdefault(problem.row, []).append(problem)
        for row in self.sheet.rows:
            cells = [*row.cells, *[None] * (width - len(row.cells))]
            if row.number == self.ledger.headers:
                yield [*cells, str(_("wrong columns")), str(_("reasons"))]
                continue
            found = wrong.get(row.number, ())
            columns = dict.fromkeys(problem.header for problem in found)
            reasons = [problem.message for problem in found]
            yield [*cells, "、".join(filter(None, columns)), "; ".join(reasons)]


class Entry(NamedTuple):
    """A new record, and where in the sheet it came from."""

    index: int
    row: dict
    record: Any


class SheetResource(Resource):
    """What comes in and goes out as the rows of a sheet; subclasses say what.

    `by` is who imports, `on` the day; `progress` is told how many rows are done.
    """

    key: tuple[str, ...]
    """The columns by which a row is recognised."""
    model: type[models.Model]

    class Meta:
        use_bulk = True
        batch_size = BATCH
        use_transactions = True
        instance_loader_class = BaseInstanceLoader

    def __init__(self, by, on: date, progress: Callable[[int], None] | None = None):
        super().__init__()
        self.by, self.on, self.progress = by, on, progress
        self.file_name = ""
        self.columns_here = list(self.fields.items())
        """The columns that the sheet has; of the others nothing is said."""
        self.unsaid: dict[str, Any] = {}
        self.known: dict[tuple, dict] = {}
        self.seen: dict[tuple, int] = {}

    # What a kind of record says

    def prepare(self, rows: list[dict]) -> None:
        """Ask once for all that the rows will be compared with: fill `known`."""
        raise NotImplementedError

    def build(self, facts: dict[str, Any], row: int) -> Any:
        """The record that a row tells of; ValidationError by the names of columns."""
        raise NotImplementedError

    def told(self, record: models.Model) -> dict[str, Any]:
        """What a row would tell of a record as it is kept."""
        raise NotImplementedError

    def left_out(self, ledger: Ledger, row: dict) -> str:
        """Why a row of such a sheet says nothing that comes in, in words; empty if it
        does."""
        return ""

    def recognised(self, facts: dict[str, Any]) -> tuple:
        """By what `known` has the record, if it is here."""
        return tuple(facts[code] for code in self.key)

    def store(self, records: list[Any]) -> None:
        """Write the records, in few statements."""
        raise NotImplementedError

    def fault(self, record: Any) -> ValidationError | None:
        """Why the database did not take a record, if it is because of this one."""
        raise NotImplementedError

    def differs(self, code: str, new: Any, old: Any) -> bool:
        """Whether a value of a row is another than the one that is kept."""
        return new != old

    # In

    def note(self, row: int) -> str:
        """What the record of a case says of the row that it was taken over from."""
        return self._taken_over % {"file": self.file_name, "row": row}

    @cached_property
    def _taken_over(self) -> str:
        """In the language of the record, whoever imports."""
        with override(settings.LANGUAGE_CODE):
            return gettext("Taken over from the ledger %(file)s, row %(row)s.")

    @classmethod
    def columns(cls) -> list[Column]:
        return [field.column for field in cls.fields.values()]

    def take_in(
        self, file: BinaryIO, name: str, encoding: str = "", *, dry_run: bool
    ) -> Taken:
        """Import a file, or only say what would become of it.

        Unreadable if it is no sheet of this kind, PermissionDenied for whoever may not
        add such records. With one bad row nothing is written.
        """
        if not self.by.has_perm(self._may("add")):
            raise PermissionDenied
        self.file_name = name
        with uncollected():
            return self._take_in(file, encoding, dry_run)

    def _take_in(self, file: BinaryIO, encoding: str, dry_run: bool) -> Taken:
        sheet = read(file, encoding)
        ledger = find(sheet, self.columns())
        ledger = ledger.without(partial(self.left_out, ledger))
        self._refuse_missing(ledger)
        numbers = [number for number, _row in ledger.rows]
        codes = list(ledger.letters)
        self.present = frozenset(codes)
        self.columns_here = [(code, self.fields[code]) for code in codes]
        self.unsaid = {
            code: column.widget.clean(None) for code, column in self.fields.items()
        }
        data = Dataset(headers=codes)
        for _number, row in ledger.rows:
            data.append([row.get(code) for code in codes])
        self.numbers = numbers
        with transaction.atomic(), CalendarDay.objects.held():
            self.prepare([row for _number, row in ledger.rows])
            result = self.import_data(
                data, dry_run=dry_run, rollback_on_validation_errors=True
            )
            # The library keeps to itself what fails before and after the rows.
            for failure in result.base_errors:
                raise failure.error
        taken = Taken(sheet, ledger)
        taken.problems = sorted(
            self._problems(result, ledger),
            key=lambda problem: (problem.row, len(problem.letter), problem.letter),
        )
        taken.refused = len(result.invalid_rows)
        taken.same = result.totals[RowResult.IMPORT_TYPE_SKIP]
        taken.new = len(numbers) - taken.same - taken.refused
        return taken

    def import_row(self, row, instance_loader, **kwargs):
        """In the place of what the library does with a row of one model."""
        index, answer = kwargs["row_number"], RowResult()
        answer.import_type = RowResult.IMPORT_TYPE_NEW
        try:
            facts = self._facts(row)
            key = self.recognised(facts)
            self._refuse_twice(key, index)
            if key in self.known:
                self._refuse_other(facts, self.known[key])
                answer.import_type = RowResult.IMPORT_TYPE_SKIP
            else:
                record = self.build(facts, self.numbers[index - 1])
                self.create_instances.append(Entry(index, row, record))
        except ValidationError as refusal:
            answer.import_type = RowResult.IMPORT_TYPE_INVALID
            answer.validation_error = refusal
        if self.progress and index % BATCH == 0:
            self.progress(index)
        return answer

    def bulk_create(self, *args, result: Result, **kwargs):
        """Write a batch; if the database refuses it, find out because of which rows."""
        entries, self.create_instances = self.create_instances, []
        if not entries:
            return
        try:
            with transaction.atomic():
                self.store([entry.record for entry in entries])
        except IntegrityError:
            refused = [
                (entry, refusal)
                for entry in entries
                if (refusal := self.fault(entry.record))
            ]
            if not refused:
                message = _("This row and others of the file exclude each other.")
                refused = [(entries[0], ValidationError(message, "conflict"))]
            for entry, refusal in refused:
                result.append_invalid_row(entry.index, entry.row, refusal)

    # Out

    def lines(self, found: models.QuerySet, reason: str = "") -> Iterator[list[list]]:
        """The records in chunks of rows, the columns' names first. With a reason, what
        is masked otherwise is told in full, and that is recorded."""
        yield [[str(column.label) for column in self.fields.values()]]
        for some in batched(found.iterator(BATCH), BATCH):
            yield [
                [
                    column.widget.render(value)
                    for code, value in self.told(record).items()
                    if (column := self.fields.get(code))
                ]
                for record in some
            ]

    def _may(self, deed: str) -> str:
        meta = self.model._meta
        return f"{meta.app_label}.{deed}_{meta.model_name}"

    def _refuse_missing(self, ledger: Ledger):
        missing = [
            str(field.label)
            for code, field in self.fields.items()
            if field.required and code not in ledger.letters
        ]
        if missing:
            raise Unreadable("columns_missing", names="、".join(missing))

    def _facts(self, row) -> dict[str, Any]:
        """What the cells of the row say; every cell that is wrong is named."""
        facts, wrong = dict(self.unsaid), {}
        for code, column in self.columns_here:
            try:
                facts[code] = column.widget.clean(row.get(code), row)
            except ValidationError as refusal:
                wrong[code] = refusal
                continue
            if column.required and facts[code] in (None, ""):
                wrong[code] = ValidationError(_("This cell is empty."), "required")
        if wrong:
            raise ValidationError(wrong)
        return facts

    def _refuse_twice(self, key: tuple, index: int):
        if key in self.seen:
            message = _("It stands in row %(row)s already.")
            params = {"row": self.numbers[self.seen[key] - 1]}
            raise ValidationError(
                {self.key[-1]: ValidationError(message, "twice", params)}
            )
        self.seen[key] = index

    def _refuse_other(self, facts: dict, kept: dict):
        """What the sheet has a column for must be as it is kept."""
        other = {}
        for code, old in kept.items():
            if code in self.present and self.differs(code, facts[code], old):
                message = _("Kept is “%(old)s”, the sheet says “%(new)s”.")
                shown = self.fields[code].widget.render
                params = {"old": shown(old) or "—", "new": shown(facts[code]) or "—"}
                other[code] = ValidationError(message, "other_content", params)
        if other:
            raise ValidationError(other)

    def _problems(self, result: Result, ledger: Ledger) -> Iterator[Problem]:
        for invalid in result.invalid_rows:
            number, row = ledger.rows[invalid.number - 1]
            refusal = invalid.error
            if hasattr(refusal, "error_dict"):
                reasons = refusal.error_dict.items()
            else:
                reasons = [(NON_FIELD_ERRORS, refusal.error_list)]
            for code, errors in reasons:
                column = self.fields.get(code)
                for error in errors:
                    yield Problem(
                        number,
                        ledger.letters.get(code, ""),
                        str(column.label) if column else "",
                        row.get(code),
                        " ".join(error.messages),
                        error.code or "",
                    )
