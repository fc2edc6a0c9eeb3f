"""Makes the template files anew: python -m disclosure.letters.build."""

from pathlib import Path

from docx.document import Document

from disclosure.letters.layout import sheet, write
from disclosure.letters.texts import TEMPLATES

FOLDER = Path(__file__).with_name("templates")


def built(kind: str) -> Document:
    """The template of a kind of letter, as its text and the layout say."""
    template = TEMPLATES[kind]
    document = sheet()
    for style, text in template.lines:
        write(document, style, text)
    about = document.core_properties
    about.title, about.author = template.title, ""
    about.comments = template.name(kind)
    return document


if __name__ == "__main__":
    for kind, template in TEMPLATES.items():
        built(kind).save(FOLDER / f"{template.name(kind)}.docx")
