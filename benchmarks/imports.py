"""A ledger taken in: each row replayed through the door, with its events."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

from django.db import transaction
from django.utils import timezone

from benchmarks.fill_items import fill_items
from benchmarks.office import Office
from benchmarks.operations import Call, Operation
from casework.models import Case
from casework.resources import SheetResource
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource
from proposals.cells import code
from proposals.models import Assignment, Proposal, Session
from proposals.resources import ProposalResource

ROWS = 5_000


def a_csv(rows: Iterable[dict]) -> bytes:
    """The rows as offices send them, the codes of the columns first."""
    first, *others = rows
    text = StringIO()
    writer = csv.DictWriter(text, first)
    writer.writeheader()
    writer.writerows((first, *others))
    return text.getvalue().encode("gb18030")


def requests(office: Office) -> Iterable[dict]:
    """Requests that were received, replied and served; a tenth were extended, one in
    twenty had a consultation."""
    for place in range(ROWS):
        extended = place % 10 == 0
        asked = "third_party 2024-04-22/2024-05-08" if place % 20 == 0 else ""
        yield {
            "number": f"旧2024-{place:06d}",
            "agency": office.agencies[place % len(office.agencies)].code,
            "channel": "in_person",
            "applicant_kind": "natural_person",
            "applicant": "王小明",
            "identity_number": "11010519491231002X",
            "subject": f"关于第{place}号地块规划许可的批复文件",
            "submitted_on": "2024-04-15",
            "consultations": asked,
            "extension": 20 if extended else "",
            "extended_on": "2024-05-06" if extended else "",
            "signed_on": "2024-05-10",
            "document_number": f"宝政公开〔2024〕{place}号",
            "served_on": "2024-05-13",
            "outcome": "disclosed",
        }


def items(office: Office) -> Iterable[dict]:
    """Items that a unit has replied to with the help of two others, and that were
    closed; a tenth were extended."""
    session = Session.objects.latest("opened_on")
    last = Proposal.objects.count()
    for place in range(ROWS):
        lead, *others = (
            office.agencies[(place + step) % len(office.agencies)].code
            for step in range(3)
        )
        yield {
            "session": code(session),
            "official_number": last + place + 1,
            "title": f"关于加快第{place}号老旧小区改造的建议",
            "authors": f"提出人{place % 500}，第1代表团；提出人{place % 499}",
            "submitted_on": "2025-02-18",
            "assigned_on": "2025-03-10",
            "lead": lead,
            "co_handlers": f"{others[0]} 2025-04-08；{others[1]} 2025-04-09",
            "signed_for_on": "2025-03-11",
            "contacted": "face_to_face 2025-04-14",
            "extended_on": "2025-04-28" if place % 10 == 0 else "",
            "document_number": f"宝函〔2025〕{place}号",
            "result_class": "A",
            "signed_on": "2025-05-08",
            "replied_on": "2025-05-12",
            "attitude": "satisfied",
            "result": "basically",
            "feedback_on": "2025-05-19",
            "publication": "not",
            "publication_reason": "涉及内部管理",
            "outcome": "handled",
            "closed_on": "2025-05-23",
        }


def taken_in(office: Office, rows, resource: type[SheetResource]) -> Call:
    """The file read, every row replayed, all of it written; then rolled back."""
    content, by = a_csv(rows(office)), office.person("superuser")

    def program():
        ledger = BytesIO(content)
        taken = resource(by, timezone.localdate()).take_in(
            ledger, "ledger.csv", dry_run=True
        )
        assert taken.new == ROWS, taken.problems[:3]

    return program


def of_requests(office: Office) -> tuple[Call, Call]:
    """Beside it `bulk_create` of as many requests, without history."""
    template = DisclosureRequest.objects.first()

    def bare():
        with transaction.atomic():
            copied(template, ({"number": number} for number in numbers()))
            transaction.set_rollback(True)

    return taken_in(office, requests, RequestResource), bare


def of_items(office: Office) -> tuple[Call, Call]:
    """Beside it `bulk_create` of as many items and of their three tasks, without
    authors, contacts, feedback and history."""
    fill_items(office, DisclosureRequest.objects.count())
    item, task = Proposal.objects.first(), Assignment.objects.first()
    units = [agency.pk for agency in office.agencies[:3]]
    unfiled = {"official_number": None, "filed_on": None}

    def bare():
        with transaction.atomic():
            cases = copied(item, (unfiled | {"number": one} for one in numbers()))
            tasks = (
                {"number": f"{case.number}-{unit}", "case_id": case.pk}
                | {"agency_id": unit, "role": "separate"}
                for case in cases
                for unit in units
            )
            copied(task, tasks)
            transaction.set_rollback(True)

    return taken_in(office, items, ProposalResource), bare


def numbers() -> Iterable[str]:
    return (f"旧2024-{place:06d}" for place in range(ROWS))


def copied(template: Case, others: Iterable[dict]) -> list[Case]:
    """Cases like it but for these columns."""
    model = type(template)
    facts = {
        field.attname: getattr(template, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    made = (model(**facts | other) for other in others)
    return model.objects.bulk_create(made, batch_size=1000)


OPERATIONS = (
    Operation("import: a ledger", of_requests, least=2_000, things=ROWS),
    Operation("import: a ledger of items", of_items, things=ROWS),
)
