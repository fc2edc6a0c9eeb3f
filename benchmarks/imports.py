"""A ledger taken in: each row replayed through the door, with its events."""

import csv
from io import BytesIO, StringIO

from django.db import transaction
from django.utils import timezone

from benchmarks.office import Office
from benchmarks.operations import Call, Operation
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource

ROWS = 5_000
HEADERS = (
    "number", "agency", "channel", "applicant_kind", "applicant", "identity_number",
    "subject", "submitted_on", "consultations", "extension", "extended_on", "signed_on",
    "document_number", "served_on", "outcome",
)  # fmt: skip


def ledger(office: Office) -> bytes:
    """Requests that were received, replied and served; a tenth were extended, one in
    twenty had a consultation."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for place in range(ROWS):
        extended = place % 10 == 0
        asked = "third_party 2024-04-22/2024-05-08" if place % 20 == 0 else ""
        writer.writerow(
            (
                f"旧2024-{place:06d}",
                office.agencies[place % len(office.agencies)].code,
                "in_person",
                "natural_person",
                "王小明",
                "11010519491231002X",
                f"关于第{place}号地块规划许可的批复文件",
                "2024-04-15",
                asked,
                20 if extended else "",
                "2024-05-06" if extended else "",
                "2024-05-10",
                f"宝政公开〔2024〕{place}号",
                "2024-05-13",
                "disclosed",
            )
        )
    return text.getvalue().encode("gb18030")


def taken_in(office: Office) -> tuple[Call, Call]:
    """The file read, every row replayed, all of it written; then rolled back. Beside
    it `bulk_create` of as many requests, without history."""
    content, by = ledger(office), office.person("superuser")

    def program():
        resource = RequestResource(by, timezone.localdate())
        taken = resource.take_in(BytesIO(content), "ledger.csv", dry_run=True)
        assert taken.new == ROWS, taken.problems[:3]

    template = DisclosureRequest.objects.first()

    def bare():
        facts = {
            field.attname: getattr(template, field.attname)
            for field in DisclosureRequest._meta.concrete_fields
            if not field.primary_key
        }
        with transaction.atomic():
            DisclosureRequest.objects.bulk_create(
                (
                    DisclosureRequest(**facts | {"number": f"旧2024-{place:06d}"})
                    for place in range(ROWS)
                ),
                batch_size=1000,
            )
            transaction.set_rollback(True)

    return program, bare


OPERATIONS = (Operation("import: a ledger", taken_in, least=2_000, things=ROWS),)
