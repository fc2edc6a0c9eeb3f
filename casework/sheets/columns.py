"""What a column of a sheet is called, and what it may hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from casework.folding import fold

Words = str | Promise
"""A text, or one that is translated when it is shown."""


@dataclass(frozen=True)
class Column:
    """A column, found by its code, its label in any language or another name.

    `names` may say where a sub-header stands: "答复情况/予以公开". `choices` are pairs
    of code and label, whatever the kind.
    """

    code: str
    label: Words
    names: tuple[str, ...] = ()
    kind: Literal["text", "day", "number", "choice"] = "text"
    choices: tuple[tuple[str, Words], ...] = ()
    required: bool = False
    help: Words = ""


def in_each_language(words: Words) -> Iterator[str]:
    """The text as each language of the settings says it."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(words)


def spellings(
    columns: Iterable[Column | tuple[str, Words, Iterable[str]]],
) -> dict[str, str]:
    """The code by each folded spelling; a code outranks a label, a label a synonym."""
    named = [
        (column.code, column.label, column.names)
        if isinstance(column, Column)
        else column
        for column in columns
    ]
    ranked = (
        *((code, code) for code, _label, _names in named),
        *((text, code) for code, label, _ in named for text in in_each_language(label)),
        *((name, code) for code, _label, names in named for name in names),
    )
    found: dict[str, str] = {}
    for text, code in ranked:
        found.setdefault(fold(text), code)
    found.pop("", None)
    return found
