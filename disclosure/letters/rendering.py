"""A letter from its template and what it tells: values are text and never more.

The templates run in a sandbox that knows no function, a name that is missing is an
error, and every value passes one gate on its way in.
"""

import unicodedata
from datetime import datetime
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from disclosure.letters.build import FOLDER
from disclosure.letters.texts import TEMPLATES

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NEVER = {"Cc", "Cf", "Cs"}
_NO_CHARACTERS = {"\ufffe", "\uffff"}


def plain(text: str) -> str:
    """The text without what XML cannot hold, or turns the direction of reading."""
    return "".join(
        character
        for character in text
        if character not in _NO_CHARACTERS
        and unicodedata.category(character) not in _NEVER
    )


def lines(text: str) -> list[str]:
    """The lines of a text that say something, each of which is a paragraph."""
    return [plain(line).strip() for line in text.splitlines() if plain(line).strip()]


def _as_text(value):
    """What is typed stands in the letter as it was typed.

    The library turns {_{ into {{ after all has been filled in: without its underscore
    it finds none.
    """
    if not isinstance(value, str):
        return value
    return Markup(str(escape(plain(value))).replace("_", "&#95;"))


def sandbox() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_as_text
    )
    environment.globals.clear()
    return environment


def rendered(kind: str, told: dict, *, number: str, agency: str, on) -> bytes:
    """The letter as a file. Its properties name the case, the agency, the template."""
    template = TEMPLATES[kind]
    name = template.name(kind)
    document = DocxTemplate(FOLDER / f"{name}.docx")
    document.render(told, sandbox(), autoescape=True)
    about = document.core_properties
    about.title, about.subject, about.comments = template.title, number, name
    about.author = about.last_modified_by = plain(agency)
    about.created = about.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001
    file = BytesIO()
    document.save(file)
    return file.getvalue()
