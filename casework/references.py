"""Reference numbers: BJ-2026-0001-75 is agency, year, serial and two check digits.

The check digits (ISO 7064 MOD 97-10) catch every single wrong character and every swap
of two neighbours. They stop typing errors, not attackers: a number is public.
"""

import re
import unicodedata

from stdnum.iso7064 import mod_97_10

# A year of this century: else a letter typed for its first digit could pass unnoticed.
_SHAPE = re.compile(r"([A-Z]{2,8})(20\d{2})(\d{4,8})(\d{2})", re.ASCII)


def reference(code: str, year: int, serial: int) -> str:
    """The number of the serial-th case that the agency registered in the year."""
    plain = f"{code}{year:04d}{serial:04d}"
    return f"{code}-{year:04d}-{serial:04d}-{mod_97_10.calc_check_digits(plain)}"


def tidy(text: str) -> str:
    """What a person typed, full-width, small or spaced, as capitals and digits."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def read(text: str) -> str:
    """The reference number that was meant; ValueError if it cannot be one."""
    match = _SHAPE.fullmatch(tidy(text))
    if not match or not mod_97_10.is_valid("".join(match.groups())):
        raise ValueError("not a reference number")
    return "-".join(match.groups())
