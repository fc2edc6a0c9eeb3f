"""What people did, as the admin's history tells it in the reader's language."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.utils import translation

from reports.logged import log
from reports.models import AnnualReport
from tests.factories import make_agency, make_user


@pytest.mark.django_db
def test_the_history_speaks_the_language_of_who_reads_it():
    report = AnnualReport.objects.create(agency=make_agency(), year=2025)
    by = make_user()
    with translation.override("zh-hans"):
        log(by, report, "published_on", "T3.1 1 → 2")
        log(by, report, deed=ADDITION)
    added, changed = LogEntry.objects.order_by("action_flag")
    with translation.override("en"):
        said = "Changed published on and T3.1 1 → 2."
        assert changed.get_change_message() == said
    assert (added.change_message, added.user) == ("", by)
