"""The Chinese of every word on the screen: written anew, or found complete and fresh.

    python -m tests.catalogue write     after a change of the words
    python -m tests.catalogue check     changes nothing, fails if `write` would

An entry stands at the same place and in the same lines whoever writes it, and names the
file of its words but not the line: so a difference is a difference in words.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.core.management.commands import makemessages
from django.test import override_settings

LANGUAGE = "zh_Hans"
PO = Path("config/locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
TOOLS = ("xgettext", "msgmerge", "msguniq", "msgattrib", "msgfmt")
# No dates and no names: history knows them.
HEADER = {
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Command(makemessages.Command):
    # A statutory word is not guessed from a similar one.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def fresh() -> polib.POFile:
    """The catalogue that the words in the source make of what is translated."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / PO.relative_to("config/locale")
        copy.parent.mkdir(parents=True)
        if PO.exists():
            shutil.copy(PO, copy)
        with override_settings(LOCALE_PATHS=[folder]):
            call_command(
                Command(),
                locale=[LANGUAGE],
                extensions=["html,py"],
                ignore_patterns=["locale", "tests"],
                add_location="file",
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
            )
        # Without a word in the source gettext writes no file.
        text = copy.read_text() if copy.exists() else ""
    catalogue = polib.pofile(text, wrapwidth=0)
    catalogue.metadata, catalogue.metadata_is_fuzzy, catalogue.header = HEADER, 0, ""
    for entry in catalogue:
        # Chinese has one form; gettext leaves room for two in a new entry.
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgstr_plural.get(0, "")}
    catalogue.sort(key=lambda entry: (entry.occurrences, entry.msgid_with_context))
    return catalogue


def write() -> None:
    catalogue = fresh()
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(MO))
    print(f"{PO}: {len(catalogue)} entries, {len(incomplete(catalogue))} incomplete.")


def check() -> list[str]:
    """What is wrong, in words."""
    if not (PO.exists() and MO.exists()):
        return [f"{PO} or {MO.name} is missing: run `make messages`."]
    catalogue = polib.pofile(str(PO), wrapwidth=0)
    wrong = [f"Not translated: {entry.msgid!r}" for entry in incomplete(catalogue)]
    if str(fresh()) != PO.read_text():
        wrong.append(f"{PO} is not what the source says: run `make messages`.")
    if catalogue.to_binary() != MO.read_bytes():
        wrong.append(f"{MO} is not what {PO.name} says: run `make messages`.")
    placeholders = subprocess.run(
        ["msgfmt", "--check-format", "--output-file=-", PO],
        capture_output=True,
        check=False,
    )
    if placeholders.returncode:
        wrong.append(placeholders.stderr.decode().strip())
    return wrong


def incomplete(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if entry.fuzzy or not entry.translated()]


def main(deed: str) -> int | str:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        return f"gettext is not installed: {', '.join(missing)} not found."
    django.setup()
    if deed == "write":
        write()
        return 0
    return "\n".join(check()) or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
