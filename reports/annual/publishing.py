"""Publication: what was checked and approved is frozen, and never changes again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from psycopg.errors import SerializationFailure

from casework.models import User
from casework.tables import Table
from reports.annual.draft import Draft
from reports.annual.paper import figure_data
from reports.logged import log
from reports.models import AnnualReport
from reports.printed import shown as shown_text

CHANGE_TEXTS = "reports.change_annualreport"
PUBLISH = "reports.publish_annualreport"
LANGUAGE = "zh-hans"
"""Of what is published, whoever publishes it."""

Members = dict[str, dict[str, list[int]]]
CHANGED = _("Texts or figures have changed since you were shown them.")


def publish(
    report: AnnualReport, by: User, on: date, shown: str | None = None
) -> AnnualReport:
    """The version with its figures, its texts and its checks frozen.

    ValidationError if a check fails and nobody has said why, or if its texts or the
    figures `shown` are others by now; PermissionDenied for who may not approve.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    with of_one_moment(), translation.override(LANGUAGE):
        held = AnnualReport.objects.visible_to(by).select_for_update(of=["self"])
        known, report = report, held.get(pk=report.pk)
        if report.published_on:
            message = _("This version has been published already.")
            raise ValidationError(message, "published")
        if on.year <= report.year:
            message = _("The year of the report is not over yet.")
            raise ValidationError(message, "year_not_over")
        draft = Draft(report)
        same = report.changes == known.changes
        if not same or shown not in (None, fingerprint(draft)):
            raise ValidationError(CHANGED, "stale")
        if draft.blocking:
            message = _("Checks fail, and nobody has said why it is published.")
            raise ValidationError(message, "check_fails")
        report.published_on, report.published_at = on, timezone.now()
        report.approver = by.get_full_name() or by.get_username()
        report.frozen = frozen(draft)
        report.members = members(draft)
        report.digest = digest(report.frozen)
        report.full_clean()
        report.save()
        log(by, report, "published_on", "digest")
    return report


@contextmanager
def of_one_moment() -> Iterator[None]:
    """A transaction in which every figure, and every case behind it, is read as of the
    same moment. Within another transaction it is as that one is.

    ValidationError if somebody else has changed the version since that moment.
    """
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            # On SQLite every transaction is like this.
            if outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, SerializationFailure):
            raise ValidationError(CHANGED, "stale") from error
        raise


def fingerprint(draft: Draft) -> str:
    """Of all figures: the same as long as none of them changes."""
    yearly = draft.yearly
    return digest([[*one.place, shown_text(one.value)] for one in yearly])


def frozen(draft: Draft) -> dict[str, Any]:
    """All that is published of a version, and by what it was checked."""
    report, yearly = draft.report, draft.yearly
    return {
        "year": report.year,
        "edition": yearly.form.edition,
        "instrument": str(yearly.form.instrument),
        "agency_code": report.agency.code,
        "agency": report.agency.name,
        "alone": report.alone,
        "version": report.version,
        "published_on": report.published_on.isoformat(),
        "approver": report.approver,
        "paper": draft.paper.as_data(),
        "figures": [figure_data(figure, yearly.form) for figure in yearly],
        "checks": [finding.as_data() for finding in draft.findings],
        "sources": [
            {
                "agency_code": origin.agency.code,
                "agency": origin.agency.name,
                "totals": origin.totals,
                "within": origin.within.name if origin.within else "",
                "requests": origin.requests,
                "submitted_on": origin.submitted_on,
            }
            for origin in draft.origins
        ],
    }


def canonical(frozen: dict[str, Any]) -> str:
    """The one text of what is frozen, that its digest is of."""
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: dict | list) -> str:
    return sha256(canonical(data).encode()).hexdigest()


def intact(report: AnnualReport) -> bool:
    """Whether what is kept is still what was published."""
    return digest(report.frozen) == report.digest


def members(draft: Draft) -> Members:
    """By row and column of the form the keys of the records that it counts."""
    yearly, found = draft.yearly, {}
    for part in yearly.statutory:
        rows = tuple(line for line in part.lines if line.flows)
        if rows:
            table = Table(part.source, rows, part.leaves)
            kept = table.members(yearly.records(part.source), yearly.year)
            for (row, column), keys in kept.items():
                found.setdefault(row, {})[column] = sorted(keys)
    return found
