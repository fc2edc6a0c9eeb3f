"""An admin page that shows what the person may see of its model, and nothing else."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import Http404


class ScopedAdmin(admin.ModelAdmin):
    """Scope by `visible_to`; "not there" and "not yours" are one 404; no deleting."""

    lookups: frozenset[str] = frozenset()
    """What an address may narrow a list by: a hidden column is not to be guessed at."""
    view_on_site = False
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_object(self, request, object_id, from_field=None):
        """PermissionDenied comes first, so that it does not tell what is there."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the small windows in which to add or change what is chosen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def lookup_allowed(self, lookup, value, request=None):
        """Nor is anything asked for that no database could hold."""
        return lookup in self.lookups and "\0" not in str(value)

    def has_delete_permission(self, request, obj=None):
        return False
