"""What must hold for the project as a whole, read from its source."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin

ROOT = Path(__file__).resolve().parent.parent
APPS = ("casework", "disclosure", "proposals", "reports", "config")

CASEWORK = {
    "admin",
    "among",
    "bulk",
    "case_pages",
    "append_only",
    "apps",
    "clocks",
    "compiled",
    "desk",
    "exports",
    "filters",
    "folding",
    "forms",
    "history",
    "lamps",
    "masking",
    "models",
    "months",
    "pages",
    "reasons",
    "recalculation",
    "references",
    "resources",
    "seals",
    "search",
    "sheets",
    "tables",
    "workdays",
    "workflow",
    "management.commands.load_calendar",
    "management.commands.recalculate",
}
WITHOUT_TESTS = {
    "apps": "a name, nothing more",
    "disclosure.urls": "every page's test goes through them",
    "proposals.urls": "every page's test goes through them",
    "reports.urls": "every page's test goes through them",
    "config.settings": "`make check` reads them as a server does",
    "config.wsgi": "nothing of our own",
}
SAYING_NOTHING = {
    "constants",
    "enums",
    "helpers",
    "managers",
    "services",
    "signals",
    "utils",
}
LONGEST = 400
# The hosts that packages come from, and the folders of one machine.
NAMED_NOWHERE = re.compile(
    r"pypi[./-]|pythonhosted[.]|index-url[ =]+http|/simple[/]"
    r"|npmjs[.]|jsdelivr[.]|unpkg[.]|(?<!\w)/(work|root|home)[/]"
)
WRITERS = {
    "bulk_update",
    "create",
    "get_or_create",
    "setattr",
    "update",
    "update_or_create",
}


def python_files():
    """Those of the apps, as paths from the root."""
    return [
        path.relative_to(ROOT)
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
    ]


def written_files():
    """The same without what makemigrations writes."""
    return [path for path in python_files() if "migrations" not in path.parts]


def module(path):
    """Its full name; every file of a package is of the package: casework.models."""
    parts = path.with_suffix("").parts
    return ".".join(parts if parts[1] == "management" else parts[:2])


def modules(app):
    """The app's modules by name, without the app; a package counts as one."""
    named = {
        module(path).partition(".")[2]
        for path in written_files()
        if path.parts[0] == app
    }
    return {name for name in named if not name.endswith("__init__")}


def syntax(path):
    return ast.parse((ROOT / path).read_text())


def imports(path):
    """Everything that the file imports, by its full name."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def status_writes(tree, models):
    """The lines that assign a status, or hand one to what writes rows."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="status", ctx=ast.Store()):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)) if (
                called in models or called.removeprefix("a") in WRITERS
            ):
                handed = [*node.args, *(keyword.value for keyword in node.keywords)]
                named = {keyword.arg for keyword in node.keywords} | {
                    part.value
                    for argument in handed
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant)
                }
                if "status" in named:
                    yield node.lineno


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("case.status = CLOSED", [1]),
        ("case.status, case.note = CLOSED, ''", [1]),
        ("setattr(case, 'status', CLOSED)", [1]),
        ("cases.filter(number=1).update(status=CLOSED)", [1]),
        ("cases.aupdate(status=CLOSED)", [1]),
        ("cases.bulk_update(found, ['status'])", [1]),
        ("cases.update_or_create(number=1, defaults={'status': CLOSED})", [1]),
        ("DisclosureRequest(status=CLOSED)", [1]),
        ("cases.filter(status=CLOSED).update(note='')", []),
        ("Q(status=CLOSED)", []),
        ("render(request, 'page.html', status=409)", []),
        ("case.status == CLOSED", []),
    ],
)
def test_a_written_status_is_recognised(line, found):
    assert list(status_writes(ast.parse(line), {"DisclosureRequest"})) == found


def test_only_the_door_writes_a_status():
    models = {
        model.__name__
        for model in apps.get_models()
        if "status" in {field.name for field in model._meta.get_fields()}
    }
    writers = [
        f"{path}:{line}"
        for path in written_files()
        if not module(path).startswith("casework.workflow")
        for line in status_writes(syntax(path), models)
    ]
    assert writers == []


def test_casework_is_a_closed_list():
    assert modules("casework") == CASEWORK


def test_each_module_of_casework_is_used_by_another():
    used = {
        name
        for path in python_files()
        for name in imports(path)
        if not f"{name}.".startswith(f"{module(path)}.")
    }
    found_by_django = {"admin", "apps"}
    idle = [
        name
        for name in sorted(CASEWORK - found_by_django)
        if not name.startswith("management.")
        and not any(f"{use}.".startswith(f"casework.{name}.") for use in used)
    ]
    assert idle == []


def test_no_words_hide_in_an_f_string_where_makemessages_finds_none():
    names = {"_", "gettext", "ngettext", "pgettext"}
    hidden = [
        f"{path}:{node.lineno}"
        for path in written_files()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in names
    ]
    assert hidden == []


def test_no_file_has_a_name_that_says_nothing():
    assert [path for path in python_files() if path.stem in SAYING_NOTHING] == []


def test_no_file_is_too_long_to_be_read():
    too_long = [
        str(path)
        for path in written_files()
        if len((ROOT / path).read_text().splitlines()) > LONGEST
    ]
    assert too_long == []


@pytest.mark.parametrize("app", APPS)
def test_the_tests_mirror_the_app(app):
    named = {
        f"test_{name.rpartition('.')[2]}.py"
        for name in modules(app)
        if not {name, f"{app}.{name}"} & WITHOUT_TESTS.keys()
    }
    # A package may have a folder of tests in the place of a file.
    tests = ROOT / "tests" / app
    folders = {f"test_{path.parent.name}.py" for path in tests.glob("*/test_*.py")}
    assert {path.name for path in tests.glob("test_*.py")} | folders == named


def test_the_admin_never_shows_a_bare_key_or_an_editable_list():
    # Both reach past the narrowed choices and past the door.
    pages = admin.site._registry.values()
    inlines = [inline for page in pages for inline in page.inlines]
    assert [shown for shown in [*pages, *inlines] if shown.raw_id_fields] == []
    assert [page for page in pages if page.list_editable] == []


def test_no_file_names_where_packages_come_from_or_where_a_machine_keeps_things():
    # The folder may belong to another account than the one that runs the tests.
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    naming = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in paths
        if path.is_file()
        for match in [NAMED_NOWHERE.search(path.read_text(errors="replace"))]
        if match
    ]
    assert naming == []
