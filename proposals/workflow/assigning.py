"""Who gets an item: the deeds that touch it and the units at once."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.models import Agency
from proposals.models import Assignment, Proposal, Role
from proposals.workflow.items import items, last_round, latest_round
from proposals.workflow.tasks import tasks


@transaction.atomic
def assign(
    case: Proposal,
    units: list[tuple[Agency, str]],
    *,
    by,
    on: date,
    note="",
    version: int | None = None,
    suggested: Agency | None = None,
) -> Proposal:
    """Assign an item: one lead with its co-handlers, or separate units without a lead.

    Also what was returned, to another unit: the item keeps its first day.
    """
    facts = {} if items.lock(case, by).assigned_on else {"assigned_on": on}
    case = items.take("assign", case, by=by, on=on, note=note, version=version, **facts)
    held = [(task.agency, task.role) for task in last_round(case)]
    refuse_roles([*held, *units])
    for unit, role in units:
        task = Assignment(
            case=case,
            agency=unit,
            role=role,
            round=latest_round(case),
            assigned_on=on,
            suggested_unit=suggested,
        )
        tasks.open(task, by=by, on=on, note=note)
    return case


def refuse_roles(units: list[tuple[Agency, str]]):
    """ValidationError unless one leads, or each handles it by itself."""
    roles = [role for _unit, role in units]
    leads, separate = roles.count(Role.LEAD), roles.count(Role.SEPARATE)
    if leads + bool(separate) != 1:
        message = _("An item has one lead unit, or separate units without a lead.")
        raise ValidationError(message, "one_lead")
    if separate and Role.CO_HANDLER in roles:
        message = _("Separate units have no co-handlers.")
        raise ValidationError(message, "co_handler_without_lead")
