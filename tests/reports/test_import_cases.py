"""The command that takes a sheet in: what it says, and that a kill leaves nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from casework.models import Agency, Counter, User
from casework.references import reference
from disclosure.models import Consultation, DisclosureRequest, RequestEvent
from reports.downloads import COLUMNS
from reports.models import (
    Assessment,
    PlanTask,
    SelfInspection,
    Tally,
    WebsiteCheck,
)
from tests.factories import CHIEF, VIEW, make_agency, make_user
from tests.ledgers import a_csv, a_workbook, line, lines, replied, table

ROOT = Path(__file__).resolve().parents[2]


def run(kind, file, **options):
    """What the command writes to its two streams."""
    out, err = StringIO(), StringIO()
    call_command("import_cases", kind, str(file), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def sheet(tmp_path):
    def written(*rows, name="ledger.csv"):
        path = tmp_path / name
        path.write_bytes(a_csv(table(rows)).getvalue())
        return path

    return written


@pytest.fixture
def chief(db):
    return make_user(*CHIEF, agency=make_agency("宝鸡市人民政府", "BJ"))


def test_a_ledger_is_taken_in_by_a_person(chief, sheet):
    file = sheet(line(number="1"), replied(number="2"))
    run("requests", file, user=chief.username)
    assert set(RequestEvent.objects.values_list("by", flat=True)) == {chief.pk}
    assert DisclosureRequest.objects.count() == 2


def test_without_a_name_it_is_the_command_line(chief, sheet):
    run("requests", sheet(replied()))
    [by] = set(RequestEvent.objects.values_list("by__username", flat=True))
    assert by == "command-line"
    assert not User.objects.get(username=by).is_active


def test_a_workbook_is_taken_in(chief, tmp_path):
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(a_workbook(replied()).getvalue())
    run("requests", file)
    assert DisclosureRequest.objects.get().outcome == "disclosed"


@pytest.mark.parametrize(
    ("kind", "row", "model"),
    [
        ("agencies", {"name": "教育局", "code": "JY", "kind": "department",
                      "parent": "BJ"}, Agency),
        ("tallies", {"year": 2025, "agency": "BJ", "code": "T2.1.2.made", "value": 3},
         Tally),
        ("plan", {"agency": "BJ", "year": 2025, "number": 1, "heading": "重点领域",
                  "title": "公开预决算", "unit": "BJ"}, PlanTask),
        ("self-inspections", {"agency": "BJ", "held_on": "2025-08-08", "name": "自查"},
         SelfInspection),
        ("website-checks", {"agency": "BJ", "year": 2025, "quarter": 1, "sites": 40,
                            "found": 3, "righted": 3}, WebsiteCheck),
        ("assessments", {"agency": "BJ", "year": 2025, "assessor": "社科院",
                         "score": 88}, Assessment),
    ],
)  # fmt: skip
def test_agencies_and_figures_are_taken_in_too(chief, sheet, kind, row, model):
    before = model.objects.count()
    run(kind, sheet(row))
    run(kind, sheet(row))
    assert model.objects.count() == before + 1


def test_a_trial_writes_nothing(chief, sheet):
    out, _err = run("requests", sheet(line()), dry_run=True)
    assert not DisclosureRequest.objects.exists()
    assert len(out.splitlines()) == 2


def test_what_is_wrong_is_told_and_written_beside_the_rows(chief, sheet, tmp_path):
    rows = [line(number="1"), line(number="2", channel="飞鸽")]
    errors, err = tmp_path / "errors.csv", StringIO()

    with pytest.raises(CommandError):
        call_command(
            "import_cases", "requests", str(sheet(*rows)), errors=errors,
            stdout=StringIO(), stderr=err,
        )  # fmt: skip

    assert not DisclosureRequest.objects.exists()
    [told] = err.getvalue().splitlines()
    assert all(part in told for part in ("3", "C", "飞鸽"))
    written = errors.read_text(encoding="utf-8-sig").splitlines()
    assert [row.endswith(",,") for row in written] == [False, True, False]


def test_a_good_file_leaves_no_file_of_errors(chief, sheet, tmp_path):
    errors = tmp_path / "errors.csv"
    run("requests", sheet(line()), errors=errors)
    assert not errors.exists()


def test_an_encoding_may_be_told(chief, tmp_path):
    file = tmp_path / "ledger.csv"
    file.write_bytes(a_csv(table([line()]), "gb18030").getvalue())
    with pytest.raises(CommandError):
        run("requests", file, encoding="utf-8")
    run("requests", file, encoding="gb18030")
    assert DisclosureRequest.objects.get().applicant == "王小明"


@pytest.mark.parametrize("name", ["nobody", "gone", "reader"])
def test_whoever_may_not_imports_nothing(chief, sheet, name):
    make_user(*CHIEF, agency=chief.workplaces[0], username="gone", is_active=False)
    make_user(VIEW, agency=chief.workplaces[0], username="reader")
    with pytest.raises(CommandError):
        run("requests", sheet(line()), user=name)
    assert not DisclosureRequest.objects.exists()


def test_a_person_imports_only_for_the_agencies_that_the_person_sees(chief, sheet):
    stranger = make_user(*CHIEF, agency=make_agency())
    with pytest.raises(CommandError):
        run("requests", sheet(line()), user=stranger.username)
    assert not DisclosureRequest.objects.exists()


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read(chief, tmp_path, name):
    with pytest.raises(CommandError):
        run("requests", tmp_path / name)


def test_what_is_no_ledger_is_refused(chief, sheet):
    with pytest.raises(CommandError):
        run("requests", sheet({"一": "1", "二": "2"}))


def test_columns_that_are_not_read_and_rows_that_are_skipped_are_told(chief, sheet):
    out, _err = run("requests", sheet(line(备注="加急"), {"number": "合计"}))
    unknown, skipped, _counts = out.splitlines()
    assert ("备注" in unknown, "合计" in skipped) == (True, True)


# Faults


def everything():
    models = (DisclosureRequest, Consultation, RequestEvent, Counter, User)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_of_a_published_report_it_is_told_what_is_left_out(chief, sheet):
    whose = dict.fromkeys(COLUMNS, "") | {"year": 2025, "agency": "BJ", "value": 3}
    rows = [whose | {"row": "T3.1", "column": column} for column in ("C3.3", "county")]
    out, _err = run("tallies", sheet(*rows))
    assert " 3 " in next(line for line in out.splitlines() if "county" in line)
    assert Tally.objects.get().column == "C3.3"


def test_a_fault_at_any_statement_leaves_everything_as_it_was(chief, sheet):
    file = sheet(
        replied(number=reference("BJ", 2024, 7), remedies="direct 2024-06-03"),
        line(number="2", consultations="agency 2024-04-18/2024-05-08"),
    )
    before, broken = everything(), 0

    class Fault(DatabaseError):
        pass

    while True:
        left = broken

        def wrapper(execute, sql, params, many, context):
            nonlocal left
            if left == 0:
                left -= 1
                raise Fault(sql)
            left -= 1
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(wrapper):
                run("requests", file, user=chief.username)
        except Fault:
            assert (broken, everything()) == (broken, before)
            broken += 1
        else:
            break

    assert broken > 10
    assert DisclosureRequest.objects.count() == 2
    after = everything()
    run("requests", file, user=chief.username)
    assert everything() == after


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the processes share a file of SQLite"
)
def test_a_kill_in_the_middle_leaves_nothing_and_repeating_it_is_safe(tmp_path):
    """A process of its own on a database of its own: the real end, at a real moment."""
    database = tmp_path / "killed.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    manage = [sys.executable, "manage.py"]
    files = {
        "agencies": [{"name": "宝鸡市人民政府", "code": "BJ", "kind": "city_office",
                      "parent": ""}],
        "requests": lines(2_050, replied),
    }  # fmt: skip
    for kind, rows in files.items():
        (tmp_path / f"{kind}.csv").write_bytes(a_csv(table(rows)).getvalue())

    def start(*arguments):
        return subprocess.Popen(
            [*manage, *arguments], cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def done(*arguments):
        process = start(*arguments)
        out, err = process.communicate()
        assert process.returncode == 0, err + out

    def counts():
        """Of the requests and of their events."""
        tables = ("disclosurerequest", "requestevent")
        with closing(sqlite3.connect(database)) as opened:
            return [
                opened.execute(f"SELECT count(*) FROM disclosure_{name}").fetchone()[0]
                for name in tables
            ]

    done("migrate", "-v0")
    done("import_cases", "agencies", str(tmp_path / "agencies.csv"))
    importing = ("import_cases", "requests", str(tmp_path / "requests.csv"))

    with start(*importing) as process:
        # Told of the second thousand, the first one is written.
        told = [process.stderr.readline() for _time in range(2)]
        process.kill()
    assert all(told)
    assert process.returncode == -signal.SIGKILL
    assert counts() == [0, 0]

    done(*importing)
    assert counts() == [2_050, 8_200]
    done(*importing)
    assert counts() == [2_050, 8_200]
