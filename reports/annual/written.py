"""Numbers as a report writes them: 130, 14万余, 近百, 90%以上, 十四."""

import re
from dataclasses import dataclass
from decimal import Decimal

TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
SIGNS = "〇零一二两三四五六七八九十百千万亿"
SPOKEN = "零一二三四五六七八九"
NUMERAL = re.compile(f"[{SIGNS}]+")
NUMBER = re.compile(
    r"(?P<before>不足|近|约|超过|超|逾)?(?P<digits>\d[\d,]*(?:\.\d+)?"
    rf"|(?<![第几数成上每\d])(?=[{SIGNS}]*[十百千万亿])[{SIGNS}]+)"
    r"(?P<over>余|多)?(?P<times>[百千]?[万亿]|[百千])?"
    r"(?P<after>余|多|左右|[%％]?以上|[%％]?以下)?"
)
"""In a text; with Chinese numerals, of which most count nothing and see `counts`."""
ABOUT = Decimal("0.1")
"""How far from a number another one may lie that is said to be about it."""


@dataclass(frozen=True)
class Written:
    """What a number says: between which it lies, both counted in."""

    least: Decimal | None
    most: Decimal | None

    def says(self, value: int | Decimal) -> bool:
        return (self.least is None or self.least <= value) and (
            self.most is None or value <= self.most
        )


def read(text: str) -> Written | None:
    """The number that is the whole of a text; None if it is no number."""
    text = text.strip()
    if NUMERAL.fullmatch(text):
        value = _numeral(text)
        return Written(value, value)
    found = NUMBER.fullmatch(text) or NUMBER.fullmatch(text.rstrip("%％"))
    return within(found) if found else None


def numeral(number: int) -> str:
    """A number below a hundred in words, as terms and sessions are counted: 十四."""
    tens, ones = divmod(number, 10)
    said = (SPOKEN[tens] if tens > 1 else "") + ("十" if tens else "")
    return said + (SPOKEN[ones] if ones or not tens else "")


def within(found: re.Match) -> Written:
    """What a number found in a text says."""
    times = 1
    for sign in found["times"] or "":
        times *= TIMES[sign]
    digits = found["digits"].replace(",", "")
    digits = f"{_numeral(digits) if NUMERAL.fullmatch(digits) else Decimal(digits)}"
    value = Decimal(digits) * times
    step = _step(digits) * times
    after = (found["after"] or "").lstrip("%％")
    if found["over"] or after in ("余", "多"):
        return Written(value, value + step - 1)
    if found["before"] == "近":
        return Written(value * (1 - ABOUT), value)
    if found["before"] == "约" or after == "左右":
        return Written(value * (1 - ABOUT), value * (1 + ABOUT))
    if found["before"] == "不足" or after == "以下":
        return Written(None, value)
    if found["before"] or after == "以上":
        return Written(value, None)
    return _rounded(value, digits, times)


def counts(found: re.Match) -> bool:
    """Whether a number with a unit counts something whatever stands before it: 两个 and
    一件 are mostly words."""
    return not NUMERAL.fullmatch(found["digits"])


def _rounded(value: Decimal, digits: str, times: int) -> Written:
    """14.7万 is said of 147485: as near as half of its last digit."""
    if times < TIMES["万"]:
        return Written(value, value)
    half = Decimal(times).scaleb(-len(digits.partition(".")[2])) / 2
    return Written(value - half, value + half)


def _step(digits: str) -> Decimal:
    """Of the last digit that is not a nought: 170余 lies below 180."""
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return Decimal(10 ** (len(digits) - len(digits.rstrip("0"))))


def _numeral(text: str) -> Decimal:
    if not re.search("[十百千万亿]", text):
        return Decimal("".join(str(DIGITS[sign]) for sign in text))
    total, part, digit = 0, 0, None
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif TIMES[sign] < 10**4:
            part += (1 if digit is None else digit) * TIMES[sign]
            digit = None
        else:
            total = (total + part + (digit or 0)) * TIMES[sign]
            part, digit = 0, None
    return Decimal(total + part + (digit or 0))
