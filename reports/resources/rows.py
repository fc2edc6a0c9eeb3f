"""Rows that agencies keep of a year, as rows of a sheet."""

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from casework.bulk import insert
from casework.models import Agency
from casework.resources import AgencyWidget, SheetResource


class RowResource(SheetResource):
    """The columns are called as the fields of the model are."""

    def prepare(self, rows):
        seen = Agency.objects.visible_to(self.by)
        for column in self.fields.values():
            if isinstance(column.widget, AgencyWidget):
                column.widget.learn(seen)
        self.known = {
            tuple(getattr(record, code) for code in self.key): self.told(record)
            for record in self.kept(rows).select_related(*self._links)
        }

    def kept(self, rows):
        """Those that one of the rows may tell of."""
        found = self.model.objects.visible_to(self.by)
        if "year" not in self.fields:
            return found
        return found.filter(year__in={self._year(row) for row in rows} - {None})

    def _year(self, row) -> int | None:
        try:
            return self.fields["year"].widget.clean(row["year"])
        except ValidationError:
            return None

    @property
    def _links(self) -> list[str]:
        fields = self.model._meta.concrete_fields
        return [field.name for field in fields if isinstance(field, ForeignKey)]

    def told(self, record):
        return {code: getattr(record, code) for code in self.fields}

    def differs(self, code, new, old):
        """An empty cell says what a record has of which nothing is said."""
        if new is None:
            new = self.model._meta.get_field(code).get_default()
        return new != old

    def build(self, facts, row):
        said = {code: value for code, value in facts.items() if value is not None}
        record = self.model(**said)
        record.clean_fields(self._links)
        record.clean()
        return record

    def lines(self, found, reason=""):
        yield from super().lines(found.select_related(*self._links), reason)

    def store(self, records):
        insert(records)
        LogEntry.objects.log_actions(
            self.by.pk, records, ADDITION, [{"added": {}}], single_object=False
        )

    def fault(self, record):
        return None
