"""How a list goes out as a file: asked for by a form, logged, and streamed."""

import re
from datetime import date
from io import BytesIO
from itertools import chain

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from casework.forms import ExportForm
from casework.resources import SheetResource
from casework.sheets import BOM, xlsx
from casework.sheets.streaming import csv_chunks

XLSX_ROWS = 20_000
"""How many rows an Excel file is made of while a person waits; CSV has no limit."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Export:
    """What a person asks for: these records, in the format that the form names.

    `may_reveal` is the permission to export what is masked otherwise, if there is one.
    """

    def __init__(
        self,
        request: HttpRequest,
        resource: type[SheetResource],
        found: QuerySet,
        may_reveal: str = "",
    ):
        self.request, self.found = request, found
        self.resource = resource(by=request.user, on=timezone.localdate())
        reveals = bool(may_reveal) and request.user.has_perm(may_reveal)
        self.form = ExportForm(request.POST or None, may_reveal=reveals)

    @cached_property
    def count(self) -> int:
        """How many records, up to one more than an Excel file is made of."""
        return self.found.order_by()[: XLSX_ROWS + 1].count()

    def shown(self) -> dict:
        """What a page says that asks for the format."""
        return {
            "form": self.form,
            "count": self.count,
            "many": XLSX_ROWS if self.count > XLSX_ROWS else 0,
            "filtered": bool(self.request.GET),
        }

    def file(self) -> FileResponse | StreamingHttpResponse | None:
        """The file, once it is asked for rightly; who exported what is logged."""
        if not self.form.is_valid():
            return None
        given = self.form.cleaned_data
        kind = given["format"]
        if kind == "xlsx" and self.count > XLSX_ROWS:
            message = _("These are more than 20,000 rows: choose CSV.")
            self.form.add_error("format", ValidationError(message, "too_many"))
            return None
        reason = given.get("reason", "") if given.get("full") else ""
        said = (str(_("Export")), self.request.GET.urlencode(), reason)
        log(self.request.user, self.found.model, " ".join(filter(None, said)), CHANGE)
        chunks = _ended(self.resource.lines(self.found, reason), self.request.user)
        name = f"{self.found.model._meta.model_name}-{timezone.localdate()}"
        if kind == "xlsx":
            return self._xlsx(chunks, f"{name}.xlsx")
        return self._csv(chunks, f"{name}.csv", gb18030=kind == "csv-gb18030")

    def _xlsx(self, chunks, name: str) -> FileResponse:
        file = BytesIO()
        xlsx(_with_days(chunks, self._places("day")), file)
        return workbook(file, name)

    def _csv(self, chunks, name: str, gb18030: bool) -> StreamingHttpResponse:
        encoding = "gb18030" if gb18030 else "utf-8"
        texts = chain(
            [""] if gb18030 else [BOM], csv_chunks(chunks, self._places("text"))
        )
        answer = StreamingHttpResponse(
            (text.encode(encoding, "replace") for text in texts),
            content_type=f"text/csv; charset={encoding}",
        )
        return attached(answer, name)

    def _places(self, kind: str) -> list[int]:
        """Where the columns of a kind stand."""
        columns = enumerate(self.resource.columns())
        return [place for place, column in columns if column.kind == kind]


def log(user, model, what: str, flag: int):
    """Keep who sent what in, took what out, or looked for what."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(model),
        object_repr=what[:200],
        action_flag=flag,
    )


def attached(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    """The answer, as a file to be kept by this name."""
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def workbook(file: BytesIO, name: str) -> FileResponse:
    """The file as a download."""
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _ended(chunks, by):
    """The rows, and a last one that says how many they were, for whom and when: what
    breaks off on the way lacks it. An import skips it as a total."""
    count = -1  # the names of the columns
    for chunk in chunks:
        count += len(chunk)
        width = len(chunk[0])
        yield chunk
    told = {"rows": count, "name": by, "day": timezone.localdate()}
    text = _("Total: %(rows)s rows, exported by %(name)s on %(day)s") % told
    yield [[text, *[""] * (width - 1)]]


def _with_days(chunks, places):
    """The rows one by one, with days in the place of their texts."""
    for chunk in chunks:
        for row in chunk:
            for place in places:
                if isinstance(row[place], str) and _ISO.fullmatch(row[place]):
                    row[place] = date.fromisoformat(row[place])
            yield row
