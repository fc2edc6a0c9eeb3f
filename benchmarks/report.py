"""The table of a benchmark: what each operation takes, and on which machine."""

import os
import platform
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator

import django
from django.conf import settings
from django.db import connection
from django.test import override_settings

from benchmarks import dates, exports, figures, imports, items, lists, lookup
from benchmarks.clock import timed
from benchmarks.fill import NotOurs, fill
from benchmarks.office import Office
from benchmarks.operations import Operation

MODULES = (lists, figures, imports, exports, dates, lookup, items)
"""In the order of the table; each has its OPERATIONS."""
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""Static files need not be collected first."""
HEADS = (
    "operation", "median ms", "p95 ms", "bare ms", "ratio", "a second", "demanded", "",
)  # fmt: skip


def chosen(names: Iterable[str]) -> list[Operation]:
    """All operations, or those of a module or with a name that begins so."""
    names = tuple(names)
    return [
        operation
        for module in MODULES
        for operation in module.OPERATIONS
        if not names
        or operation.name.startswith(names)
        or module.__name__.rpartition(".")[2] in names
    ]


def measured(operation: Operation, office: Office) -> tuple[str, ...]:
    """A row of the table."""
    program, bare = operation.prepare(office)
    taken = timed(program)
    floor = timed(bare) if bare else None
    rate = operation.things / taken.median
    demanded, met = "", ""
    if operation.most:
        demanded = f"≤ {operation.most:g} ms"
        met = "✓" if taken.median * 1000 <= operation.most else "✗"
    elif operation.least:
        demanded = f"≥ {operation.least:,.0f} a second"
        met = "✓" if rate >= operation.least else "✗"
    return (
        operation.name,
        f"{taken.median * 1000:.2f}",
        f"{taken.p95 * 1000:.2f}",
        f"{floor.median * 1000:.2f}" if floor else "",
        f"{taken.median / floor.median:.1f}" if floor else "",
        f"{rate:,.0f}",
        demanded,
        met,
    )


def machine() -> str:
    with connection.cursor() as cursor:
        asked = "version" if connection.vendor == "postgresql" else "sqlite_version"
        cursor.execute(f"SELECT {asked}()")
        version = " ".join(cursor.fetchone()[0].split()[:2])
    database = version if connection.vendor == "postgresql" else f"SQLite {version}"
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Django {django.__version__}, {database}"
    )


def lines(size: int, only: Iterable[str] = ()) -> Iterator[str]:
    """The table in Markdown, row by row as it is measured."""
    office = fill(size)
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    for operation in chosen(only):
        yield f"| {' | '.join(measured(operation, office))} |"
    yield ""
    yield f"{size:,} requests; {machine()}. Demands are those at 1,000,000 requests."


def main(arguments: list[str]) -> str | None:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="how many requests")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these operations"
    )
    asked = parser.parse_args(arguments)
    try:
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": STATIC}):
            for line in lines(asked.size, asked.only):
                print(line, flush=True)
    except NotOurs as error:
        return str(error)
    return None
