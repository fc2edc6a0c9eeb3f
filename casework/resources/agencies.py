"""Agencies as rows of a sheet, and as they are named in one."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from import_export.widgets import Widget

from casework.folding import fold
from casework.models import Agency
from casework.resources.base import SheetField, SheetResource
from casework.sheets import Choice, Day, Text


class AgencyWidget(Widget):
    """An agency of those that the person sees, by its code, its name or another name.

    It is never made on the way: of an unknown one, those that are nearest are named.
    """

    def __init__(self):
        super().__init__()
        self.named: dict[str, list[Agency]] = {}
        self.spelt: dict[str, str] = {}

    def learn(self, agencies: Iterable[Agency]):
        for agency in agencies:
            for name in (agency.code, agency.name, *agency.aliases.split("、")):
                if plain := fold(name):
                    found = self.named.setdefault(plain, [])
                    if agency not in found:
                        found.append(agency)
                    self.spelt.setdefault(plain, agency.name)

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        plain = fold(str(value))
        found = self.named.get(plain, ())
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(agency.name for agency in found)
            message = _("“%(value)s” is a name of several: %(names)s. Write the code.")
            params = {"value": value, "names": names}
            raise ValidationError(message, "several_agencies", params)
        close = get_close_matches(plain, self.named, cutoff=0.5)
        near = dict.fromkeys(self.spelt[name] for name in close)
        if near:
            message = _("There is no agency “%(value)s”. Did you mean: %(names)s?")
        else:
            message = _("There is no agency “%(value)s” that you may see.")
        params = {"value": value, "names": "、".join(near)}
        raise ValidationError(message, "no_such_agency", params)

    def render(self, value, obj=None, **kwargs):
        return value.code if value else ""


class AgencyResource(SheetResource):
    """A higher agency stands in an earlier row, or is here already."""

    model = Agency
    key = ("code",)

    name = SheetField(
        _("name"), Text(100), names=("单位", "单位名称", "机关名称"), required=True
    )
    code = SheetField(_("code"), Text(8), names=("单位代码",), required=True)
    aliases = SheetField(_("other names"), Text(300), names=("别名", "简称"))
    kind = SheetField(
        _("kind"), Choice(Agency.Kind.choices), names=("类别", "类型"), required=True
    )
    parent = SheetField(
        _("higher agency"), AgencyWidget(), names=("上级单位", "主管单位")
    )
    phone = SheetField(_("telephone"), Text(40), names=("联系电话",))
    reconsideration_organ = SheetField(
        _("reconsideration organ"), Text(100), names=("复议机关", "行政复议机关")
    )
    court = SheetField(_("court"), Text(100), names=("管辖法院", "法院"))
    closed_on = SheetField(pgettext_lazy("agency", "closed on"), Day())

    def prepare(self, rows):
        seen = Agency.objects.visible_to(self.by)
        self.parents = self.fields["parent"].widget
        self.parents.learn(seen)
        kept = seen.select_related("parent")
        self.known = {(agency.code,): self.told(agency) for agency in kept}

    def told(self, record):
        return {code: getattr(record, code) for code in self.fields}

    def differs(self, code, new, old):
        return (new or None) != (old or None)

    def build(self, facts, row):
        if not facts["parent"] and not self.by.is_superuser:
            error = ValidationError(_("Choose the higher agency."), "required")
            raise ValidationError({"parent": error})
        agency = Agency(**facts)
        agency.full_clean(["parent"])
        self.parents.learn([agency])
        return agency

    def store(self, records):
        for agency in records:
            agency.parent = agency.parent  # whose key may be new
            agency.save()
        LogEntry.objects.log_actions(
            self.by.pk, records, ADDITION, [{"added": {}}], single_object=False
        )

    def fault(self, record):
        try:
            record.full_clean(["parent"])
        except ValidationError as refusal:
            return refusal
        return None
