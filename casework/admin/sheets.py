"""The pages on which sheets come in and go out, on django-import-export's admin."""

import re
from datetime import date
from io import BytesIO
from itertools import chain, islice

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin

from casework.forms import ExportForm, ImportForm, UploadForm
from casework.models import Upload
from casework.resources import SheetResource
from casework.sheets import BOM, SKIPPED, Unreadable, csv_lines, template, xlsx
from casework.sheets.streaming import csv_chunks

SHOWN = 200
"""How many problems, or skipped rows, a page tells; the marked file tells all."""
PREVIEWED = 10
XLSX_ROWS = 20_000
"""How many rows an Excel file is made of while a person waits; CSV has no limit."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetAdmin(ImportExportMixin, admin.ModelAdmin):
    """Import in two steps, with a preview; export of the list as it is filtered.

    From the library: the addresses, the buttons, the queryset of the filtered list. The
    preview, the kept file and the stream are our own: the library's show and write rows
    that the person may not see, open any file in this process, and keep it in the open.
    """

    resource: type[SheetResource]
    may_reveal = ""
    """The permission to export what a list masks."""

    def has_import_permission(self, request):
        return request.user.has_perm(self._may("add"))

    def has_export_permission(self, request):
        return request.user.has_perm(self._may("view"))

    def _may(self, deed: str) -> str:
        return f"{self.opts.app_label}.{deed}_{self.opts.model_name}"

    def get_urls(self):
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "import/template/",
                view(self.template_action),
                name=f"{name}_import_template",
            ),
            path(
                "import/marked/", view(self.marked_action), name=f"{name}_import_marked"
            ),
            *super().get_urls(),
        ]

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def _page(self, request, template_name: str, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(
            request, f"admin/casework/{template_name}.html", context
        )

    def _resource(self, request) -> SheetResource:
        return self.resource(by=request.user, on=timezone.localdate())

    # In

    def template_action(self, request):
        """An empty sheet with the columns, and the values that are allowed in them."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        file = BytesIO()
        template(self.resource.columns(), file)
        return _file(file, f"{self.opts.model_name}-template.xlsx")

    def import_action(self, request, **kwargs):
        """Send a sheet in. It is read, checked and shown on the next page."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            upload = Upload.objects.send_in(
                file.read(),
                by=request.user,
                kind=self.opts.label_lower,
                name=file.name,
                encoding=form.cleaned_data["encoding"],
                now=timezone.now(),
            )
            return HttpResponseRedirect(self._preview(upload))
        columns = self.resource.columns()
        return self._page(request, "import", _("Import"), form=form, columns=columns)

    def _preview(self, upload: Upload) -> str:
        return f"{self._address('process_import')}?upload={upload.token}"

    def _upload(self, request, uploads=None) -> Upload:
        """The sheet that the address names, if this person has sent it in."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        uploads = Upload.objects.all() if uploads is None else uploads
        form = UploadForm(request.GET)
        if not form.is_valid():
            raise PermissionDenied
        own = uploads.visible_to(request.user).filter(kind=self.opts.label_lower)
        return get_object_or_404(own, token=form.cleaned_data["upload"])

    def process_import(self, request, **kwargs):
        """What would become of the sheet; when confirmed, what became of it."""
        if request.method == "POST":
            return self._confirmed(request)
        return self._taken(request, self._upload(request), self._told)

    @transaction.atomic
    def _confirmed(self, request):
        """Import and remember it in one transaction; the second of two who confirm
        finds it done."""
        upload = self._upload(request, Upload.objects.select_for_update())
        return self._taken(request, upload, self._imported, dry_run=False)

    def _taken(self, request, upload: Upload, answer, *, dry_run: bool = True):
        """The answer to the sheet as it is read, if it waits and can be."""
        if not upload.waiting(timezone.now()):
            return self._done(request, upload)
        file = BytesIO(upload.content)
        resource = self._resource(request)
        try:
            taken = resource.take_in(
                file, upload.name, upload.encoding, dry_run=dry_run
            )
        except Unreadable as refusal:
            return self._unreadable(request, upload, refusal)
        return answer(request, upload, taken)

    def _imported(self, request, upload: Upload, taken):
        if not taken.good:
            return self._told(request, upload, taken)
        upload.imported(taken.new, taken.same, timezone.now())
        self._log(request, f"{_('Import')}: {upload.name}", ADDITION)
        return self._done(request, upload)

    def _done(self, request, upload: Upload):
        if upload.imported_at:
            text = ngettext(
                "%(new)d row was imported from %(file)s, %(same)d unchanged.",
                "%(new)d rows were imported from %(file)s, %(same)d unchanged.",
                upload.new,
            )
            told = {"file": upload.name, "new": upload.new, "same": upload.same}
            self.message_user(request, text % told, messages.SUCCESS)
            return HttpResponseRedirect(self._address("changelist"))
        text = _("The file was sent in too long ago. Please send it in again.")
        self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(self._address("import"))

    def _unreadable(self, request, upload: Upload, refusal: Unreadable):
        form = ImportForm(initial={"encoding": upload.encoding})
        columns = self.resource.columns()
        return self._page(
            request,
            "import",
            _("Import"),
            form=form,
            columns=columns,
            upload=upload,
            refusal=refusal.messages,
        )

    def _told(self, request, upload: Upload, taken):
        rows = [
            (
                number,
                [
                    self._understood(code, row.get(code))
                    for code in taken.ledger.letters
                ],
            )
            for number, row in islice(taken.ledger.rows, PREVIEWED)
        ]
        labels = {column.code: column.label for column in self.resource.columns()}
        return self._page(
            request,
            "preview",
            _("Import"),
            upload=upload,
            taken=taken,
            problems=taken.problems[:SHOWN],
            skipped=[
                (number, SKIPPED[reason], text)
                for number, reason, text in taken.ledger.skipped[:SHOWN]
            ],
            headers=[labels[code] for code in taken.ledger.letters],
            rows=rows,
            marked=f"{self._address('import_marked')}?upload={upload.token}",
        )

    def _understood(self, code: str, cell):
        """The cell as it was understood; as it stands if that is for later."""
        widget = self.resource.fields[code].widget
        try:
            return widget.render(widget.clean(cell))
        except ValidationError:
            return cell

    def marked_action(self, request):
        """The sheet as it was sent in, with two columns more that say what is wrong."""
        return self._taken(request, self._upload(request), self._marked)

    def _marked(self, request, upload: Upload, taken):
        answer = HttpResponse("".join(csv_lines(taken.marked())), content_type=CSV)
        answer["Content-Disposition"] = 'attachment; filename="marked.csv"'
        return answer

    # Out

    def export_action(self, request):
        """The list as it is filtered, as a file; who exported what is logged."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        may_reveal = bool(self.may_reveal) and request.user.has_perm(self.may_reveal)
        form = ExportForm(request.POST or None, may_reveal=may_reveal)
        found = self.get_export_queryset(request)
        count = found.order_by()[: XLSX_ROWS + 1].count()
        if form.is_valid():
            kind = form.cleaned_data["format"]
            if kind == "xlsx" and count > XLSX_ROWS:
                message = _("These are more than 20,000 rows: choose CSV.")
                form.add_error("format", ValidationError(message, "too_many"))
            else:
                return self._export(request, found, kind, form.cleaned_data)
        return self._page(
            request,
            "export",
            _("Export"),
            form=form,
            count=count,
            many=XLSX_ROWS if count > XLSX_ROWS else 0,
            filtered=bool(request.GET),
        )

    def _export(self, request, found, kind: str, given):
        reason = given.get("reason", "") if given.get("full") else ""
        what = " ".join(
            filter(None, [str(_("Export")), request.GET.urlencode(), reason])
        )
        self._log(request, what, CHANGE)
        resource = self._resource(request)
        columns = dict(enumerate(resource.columns()))
        chunks = _ended(resource.lines(found, reason), request.user)
        name = f"{self.opts.model_name}-{timezone.localdate()}"
        if kind == "xlsx":
            file = BytesIO()
            days = {place for place, column in columns.items() if column.kind == "day"}
            xlsx(_with_days(chunks, days), file)
            return _file(file, f"{name}.xlsx")
        texts = [place for place, column in columns.items() if column.kind == "text"]
        encoding = "gb18030" if kind == "csv-gb18030" else "utf-8"
        answer = StreamingHttpResponse(
            (
                text.encode(encoding, "replace")
                for text in chain(
                    [BOM * (encoding == "utf-8")], csv_chunks(chunks, texts)
                )
            ),
            content_type=f"text/csv; charset={encoding}",
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer

    def _log(self, request, what: str, flag: int):
        LogEntry.objects.create(
            user=request.user,
            content_type=ContentType.objects.get_for_model(self.model),
            object_repr=what[:200],
            action_flag=flag,
        )


CSV = "text/csv; charset=utf-8"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


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


def _file(file: BytesIO, name: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
