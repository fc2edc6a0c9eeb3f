"""The pages of agencies and of their staff."""

import secrets

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from casework.admin.scope import ScopedAdmin
from casework.admin.sheets import SheetAdmin
from casework.folding import fold
from casework.forms import DayInput
from casework.models import Agency, User
from casework.resources import AgencyResource

ACTIVE = pgettext_lazy("agency", "active")
CHANGE_STAFF = "casework.change_user"
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def in_tree(agency) -> str:
    """The name, moved in by the agency's place in the tree."""
    return "\u3000" * (agency.path.count("/") - 2) + agency.name


class ActiveFilter(admin.SimpleListFilter):
    title = _("active or closed")
    parameter_name = "active"

    def lookups(self, request, model_admin):
        return [("yes", ACTIVE), ("no", pgettext_lazy("agency", "closed"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(closed_on__isnull=self.value() == "yes")
        return queryset


class AgencyForm(forms.ModelForm):
    by = None
    """Who fills it in."""

    def clean_parent(self):
        """An agency without a higher one would leave the sight of whoever made it."""
        parent = self.cleaned_data["parent"]
        was_root = self.instance.pk and not self.instance.parent_id
        if not parent and not was_root and not self.by.is_superuser:
            raise ValidationError(_("Choose the higher agency."), "required")
        return parent


@admin.register(Agency)
class AgencyAdmin(SheetAdmin, ScopedAdmin):
    form, resource = AgencyForm, AgencyResource
    fields = (
        "name",
        "code",
        "aliases",
        "kind",
        "parent",
        "phone",
        "reconsideration_organ",
        "court",
        "closed_on",
    )
    list_display = ("place", "code", "kind", "phone", "state")
    list_filter = ("kind", ActiveFilter)
    lookups = frozenset({"kind__exact", "active"})
    search_fields = ("name", "code")
    list_per_page = 200
    ordering = ("path",)

    def get_search_results(self, request, queryset, search_term):
        """Also by traditional characters and full-width letters."""
        for term in search_term.split():
            plain = fold(term)
            queryset = queryset.filter(
                Q(name__icontains=term)
                | Q(name__icontains=plain)
                | Q(code__iexact=plain)
            )
        return queryset, False

    @admin.display(description=_("agency"))
    def place(self, agency):
        return in_tree(agency)

    @admin.display(description=_("state"))
    def state(self, agency):
        if agency.closed_on:
            text = pgettext("agency", "closed on %(day)s")
            return text % {"day": agency.closed_on}
        return ACTIVE

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def get_readonly_fields(self, request, obj=None):
        """Whoever does not see the higher agency cannot move this one away from it."""
        if obj and obj.parent_id:
            seen = self.get_queryset(request).filter(pk=obj.parent_id)
            return () if seen.exists() else ("parent",)
        return ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = Agency.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "closed_on":
            kwargs["widget"] = DayInput()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def initial_password() -> str:
    """Four groups of four letters and digits that nobody misreads (79 bits)."""
    letters = [secrets.choice(_ALPHABET) for _place in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def role_label(group) -> str:
    """The name of a group, whose key is English, in the reader's language."""
    return pgettext("role", group.name)


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return capfirst(role_label(group))


class AgenciesField(forms.ModelMultipleChoiceField):
    """The agencies in their tree, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, agency):
        return in_tree(agency)


class StaffForm(forms.ModelForm):
    def clean_username(self):
        """Wang and wang are one log-in name."""
        username = User.normalize_username(self.cleaned_data["username"])
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=username).exists():
            raise ValidationError(_("This log-in name is taken."), "taken")
        return username


@admin.register(User)
class StaffAdmin(ScopedAdmin):
    """Accounts, without the superuser's: nobody reaches those through a page.

    An account is never deleted, since events name it; it is made inactive.
    """

    form = StaffForm
    list_display = ("name", "username", "places", "roles", "is_active", "last_login")
    list_filter = ("is_active",)
    lookups = frozenset({"is_active__exact"})
    search_fields = ("name", "username", "phone")
    ordering = ("name", "pk")
    change_form_template = "admin/casework/user/change_form.html"

    class Media:
        css = {"all": ["staff.css"]}

    # Whom, and by whom

    def get_queryset(self, request):
        people = super().get_queryset(request).filter(is_superuser=False)
        return people.prefetch_related("agencies", "groups")

    def has_module_permission(self, request):
        return request.user.has_perm(CHANGE_STAFF)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(CHANGE_STAFF)

    def has_add_permission(self, request):
        return request.user.has_perm(CHANGE_STAFF) and super().has_add_permission(
            request
        )

    def has_change_permission(self, request, obj=None):
        """Only of people who see no more than whoever changes them: a new password
        would open to the one what the other sees."""
        if not request.user.has_perm(CHANGE_STAFF):
            return False
        if obj is None or obj == request.user:
            return True
        seen = Agency.objects.visible_to(request.user)
        return not obj.agencies.exclude(pk__in=seen).exists()

    # What

    @admin.display(description=_("agencies"))
    def places(self, user):
        return "、".join(agency.name for agency in user.agencies.all()) or "—"

    @admin.display(description=_("roles"))
    def roles(self, user):
        return "、".join(role_label(group) for group in user.groups.all()) or "—"

    def get_fields(self, request, obj=None):
        person = ("username", "name", "phone", "email")
        if obj and self.fixed(request, obj):
            return (*person, "places", "roles", "is_active")
        return (*person, "agencies", "groups", "is_active")

    def fixed(self, request, user) -> bool:
        """Whether the place and the rights of the person are only shown."""
        return user == request.user or not self.has_change_permission(request, user)

    def get_readonly_fields(self, request, obj=None):
        """Nobody changes the own place, rights and log-in name."""
        if obj and self.fixed(request, obj):
            return ("username", "places", "roles", "is_active")
        return ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            label = capfirst(_("roles"))
            kwargs |= {"form_class": RolesField, "label": label, "help_text": ""}
        if db_field.name == "agencies":
            seen = Agency.objects.visible_to(request.user)
            kwargs |= {"form_class": AgenciesField, "queryset": seen, "required": True}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj.is_staff = True
        if not change:
            obj.first_password = initial_password()
            obj.set_initial_password(obj.first_password)
        super().save_model(request, obj, form, change)

    # The initial password: made here, shown once, known to nobody afterwards

    def response_add(self, request, obj, post_url_continue=None):
        return self.password_page(request, obj, _("The account has been made"))

    def password_page(self, request, user, title):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "person": user,
            "password": user.first_password,
        }
        return TemplateResponse(request, "admin/casework/user/password.html", context)

    def get_urls(self):
        reset = path(
            "<int:pk>/reset-password/",
            self.admin_site.admin_view(self.reset_view),
            name="casework_user_reset",
        )
        return [reset, *super().get_urls()]

    def reset_view(self, request, pk):
        if not request.user.has_perm(CHANGE_STAFF):
            raise PermissionDenied
        user = self.get_object(request, pk)
        if user == request.user:
            return HttpResponseRedirect(reverse("admin:password_change"))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method == "POST":
            user.first_password = initial_password()
            user.set_initial_password(user.first_password)
            user.save(
                update_fields=["password", "password_set_at", "password_is_initial"]
            )
            self.log_change(request, user, _("A new initial password was made."))
            title = _("A new initial password has been made")
            return self.password_page(request, user, title)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Make a new initial password"),
            "opts": self.opts,
            "person": user,
        }
        return TemplateResponse(request, "admin/casework/user/reset.html", context)
