"""The pages on which sheets come in and go out, on django-import-export's admin."""

from io import BytesIO
from itertools import islice

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin

from casework.exports import Export, attached, log, workbook
from casework.forms import ImportForm, UploadForm
from casework.models import Upload
from casework.resources import SheetResource
from casework.sheets import SKIPPED, Unreadable, csv_lines, template

SHOWN = 200
"""How many problems, or skipped rows, a page tells; the marked file tells all."""
PREVIEWED = 10
CSV = "text/csv; charset=utf-8"


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
        return workbook(file, f"{self.opts.model_name}-template.xlsx")

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
        page = self._page(request, "import", _("Import"), form=form, columns=columns)
        if form.has_error("file", "too_large"):
            page.status_code = 413
        return page

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
        what = _("Import")
        log(request.user, self.model, f"{what}: {upload.name}", ADDITION)
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
                (number, SKIPPED.get(reason, reason), text)
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
        return attached(answer, "marked.csv")

    # Out

    def export_action(self, request):
        """The list as it is filtered, as a file; who exported what is logged."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        found = self.get_export_queryset(request)
        out = Export(request, self.resource, found, self.may_reveal)
        return out.file() or self._page(request, "export", _("Export"), **out.shown())
