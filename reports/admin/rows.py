"""What the pages of the registers share: who keeps a row, and what may be chosen."""

from operator import attrgetter

from django.contrib import admin

from casework.admin import ScopedAdmin, SheetAdmin
from casework.forms import DayInput


class RegisterAdmin(SheetAdmin, ScopedAdmin):
    """Rows are seen by whom they concern, and changed by the office that keeps them."""

    kept_by = attrgetter("agency")
    """Which agency keeps a row."""
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._keeps(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A row is no case: one that is not so is taken away again."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and self._keeps(request, obj)

    def _keeps(self, request, obj) -> bool:
        return obj is None or request.user.sees(self.kept_by(obj))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kept = db_field.related_model.objects
        named = kept.kept_by if hasattr(kept, "kept_by") else kept.visible_to
        kwargs["queryset"] = named(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name.endswith("_on"):
            kwargs["widget"] = DayInput()
        return super().formfield_for_dbfield(db_field, request, **kwargs)
