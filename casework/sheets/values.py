"""What a cell says: a day, a text, a number or a choice, or why it says none.

Widgets of django-import-export. An empty cell is None, but for a text ""; whatever else
is not understood is a ValidationError with a code of MESSAGES, never a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from casework.folding import fold
from casework.sheets.columns import Words, spellings
from casework.sheets.reading import CellError

MESSAGES = {
    "cell_error": _(
        "The cell holds no value but an error of the spreadsheet (%(value)s). Mend the"
        " formula, or write the value itself."
    ),
    "not_a_day": _("“%(value)s” is not a day. Write it as 2016-03-01."),
    "no_such_day": _("There is no such day as %(value)s."),
    "digits_lost": _(
        "A number as long as %(value)s has lost digits in the spreadsheet. Format the"
        " column as text and type it again."
    ),
    "too_long": _("The text has %(length)s characters; it may have %(most)s."),
    "not_whole": _("“%(value)s” is not a whole number, such as 12."),
    "not_a_number": _("“%(value)s” is not a number, such as 12.50."),
    "no_such_choice": _("“%(value)s” is none of the allowed values."),
    "no_such_choice_among": _("“%(value)s” is none of: %(allowed)s."),
    "no_such_choice_perhaps": _(
        "“%(value)s” is none of the allowed values. Did you mean “%(meant)s”?"
    ),
    "no_such_choice_perhaps_among": _(
        "“%(value)s” is none of: %(allowed)s. Did you mean “%(meant)s”?"
    ),
}
SHOWN = 40
"""So many characters of a value stand in a message."""

FEW = 12
"""So many allowed values can be read in a message."""

DIGITS = 15
"""So many a number in a spreadsheet keeps; Excel makes zeros of the rest."""

ROUNDED = re.compile(r"-?[0-9](?:\.[0-9]+)?E\+[0-9]{2,}", re.IGNORECASE)
"""A long number as Excel shows it, and writes it into a CSV file."""

DAY = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"|\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]"
    r"|([0-9]{2})([0-9]{2}))"
    r"(?:[T\s]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
HAN = re.compile("[〇零○一二三四五六七八九十]+(?=[年月日号])")
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
SERIAL = re.compile(r"[2-8][0-9]{4}(?:\.[0-9]+)?")
SERIALS = range(20_000, 80_001)
"""Days as Excel counts them, from 1954 to 2119."""

EPOCH = date(1899, 12, 30)
"""From where Excel counts, but for the first two months of 1900, which it has wrong."""

WHOLE = re.compile(r"(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?")
NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,30})?"
)


def refusal(code: str, value: Any, said: str = "", **params: Any) -> ValidationError:
    """The error of a code; another of MESSAGES may say it."""
    shown = str(value)[:SHOWN]
    return ValidationError(MESSAGES[said or code], code, {"value": shown, **params})


def plain(value: Any) -> str:
    """The value as Excel shows it, in ASCII digits and without a trailing zero."""
    if isinstance(value, float):
        shown = Decimal(format(value, f".{DIGITS}g"))
        value = int(value) if value.is_integer() else format(shown, "f")
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()


def in_digits(written: re.Match[str]) -> str:
    """A number of a date in Han characters: 二〇一六, 三, 十二, 三十."""
    tens, ten, ones = written[0].translate(HAN_DIGITS).rpartition("十")
    return str(10 * int(tens or 1) + int(ones or 0)) if ten else ones


class CellWidget(Widget):
    """What the widgets share: an error is never a value, emptiness never an error."""

    nothing: Any = None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, CellError):
            raise refusal("cell_error", value.text)
        if value is None or (isinstance(value, str) and not value.strip()):
            return self.nothing
        return self.understood(value)

    def understood(self, value: Any) -> Any:
        """What a cell says that is not empty; ValidationError if it says nothing."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The value itself: the file has days and numbers of its own."""
        return "" if value is None else value


class Day(CellWidget):
    """A date, as people write it, as Excel shows it or as it counts it."""

    def understood(self, value: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        written = plain(value)
        if SERIAL.fullmatch(written) and int(float(written)) in SERIALS:
            return EPOCH + timedelta(int(float(written)))
        said = DAY.fullmatch(HAN.sub(in_digits, written))
        if isinstance(value, bool) or not said:
            raise refusal("not_a_day", value)
        year, _mark, *parts = said.groups()
        month, day = (int(part) for part in parts if part)
        try:
            return date(int(year), month, day)
        except ValueError as error:
            raise refusal("no_such_day", value) from error


class Text(CellWidget):
    """A text of so many characters; a number is the text that was typed."""

    nothing = ""

    def __init__(self, max_length: int | None = None):
        super().__init__()
        self.max_length = max_length

    def understood(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            if abs(value) >= 10**DIGITS:
                raise refusal("digits_lost", value)
            text = plain(value)
        else:
            text = str(value)
        if ROUNDED.fullmatch(text):
            raise refusal("digits_lost", value)
        if self.max_length and len(text) > self.max_length:
            lengths = {"length": len(text), "most": self.max_length}
            raise refusal("too_long", value, **lengths)
        return text


class Whole(CellWidget):
    """A whole number, not below zero."""

    def understood(self, value: Any) -> int:
        written = plain(value)
        if isinstance(value, bool) or not WHOLE.fullmatch(written):
            raise refusal("not_whole", value)
        return int(written.replace(",", "").partition(".")[0])


class Number(CellWidget):
    """A number with as many decimals as it was given."""

    def understood(self, value: Any) -> Decimal:
        written = plain(value)
        if isinstance(value, bool) or not NUMBER.fullmatch(written):
            raise refusal("not_a_number", value)
        return Decimal(written.replace(",", ""))


class Choice(CellWidget):
    """A code, told by itself, by its label in any language or by a synonym of it."""

    def __init__(
        self,
        choices: Iterable[tuple[str, Words]],
        synonyms: Mapping[str, str] | None = None,
    ):
        """`synonyms` are codes by what is also written for them."""
        super().__init__()
        self.choices = dict(choices)
        self.synonyms = synonyms or {}

    @cached_property
    def known(self) -> dict[str, str]:
        return spellings(
            (code, label, [name for name, of in self.synonyms.items() if of == code])
            for code, label in self.choices.items()
        )

    def understood(self, value: Any) -> str:
        written = plain(value)
        if found := self.known.get(fold(written)):
            return found
        code, labels = "no_such_choice", [str(said) for said in self.choices.values()]
        params = {"allowed": ", ".join(labels), "meant": self._nearest(written)}
        perhaps = "_perhaps" if params["meant"] else ""
        among = "_among" if len(labels) <= FEW else ""
        raise refusal(code, value, code + perhaps + among, **params)

    def _nearest(self, written: str) -> str:
        """The label of the spelling that comes nearest, if one comes near."""
        near = get_close_matches(fold(written)[:SHOWN], self.known, n=1)
        return str(self.choices[self.known[near[0]]]) if near else ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices.get(value, value or ""))
