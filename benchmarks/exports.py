"""The ledger that goes out, as it is streamed to whoever asked for it."""

from django.utils import timezone

from benchmarks.office import Office
from benchmarks.operations import Call, Operation
from casework.sheets.streaming import csv_chunks
from disclosure.models import DisclosureRequest
from disclosure.resources import RequestResource

MOST = 100_000


def streamed(office: Office) -> tuple[Call, Call]:
    """Every column of the requests as CSV; beside it their plain values."""
    by, size = office.person("city"), DisclosureRequest.objects.count()
    found = DisclosureRequest.objects.visible_to(by)
    if size > MOST:
        found = found.filter(pk__lte=found.order_by("pk")[MOST - 1].pk)
    times = -(-MOST // size)

    columns = enumerate(RequestResource.columns())
    texts = [place for place, column in columns if column.kind == "text"]

    def program():
        for _time in range(times):
            lines = RequestResource(by, timezone.localdate()).lines(found)
            for piece in csv_chunks(lines, texts):
                piece.encode()

    def bare():
        for _time in range(times):
            for _row in found.order_by("pk").values_list().iterator(5_000):
                pass

    return program, bare


OPERATIONS = (Operation("export: CSV", streamed, least=100_000, things=MOST),)
