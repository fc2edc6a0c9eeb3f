"""What the cells of a ledger of items say: a session, the authors, contacts, units."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from casework.models import Agency
from casework.resources import AgencyWidget
from casework.sheets import Choice, Day
from casework.sheets.entries import BETWEEN, BETWEEN_DAYS, Entries
from casework.sheets.values import in_digits
from proposals.models import Author, Body, Contact, Proposal, Session

_COMMA = re.compile(r"[,，]")
_HAN = re.compile("[〇零一二三四五六七八九十]+")
_SIMPLIFIED = str.maketrans("屆協", "届协")
_BODIES = {"congress": "congress", "人大": "congress", "人民代表大会": "congress"}
_BODIES |= {"cppcc": "cppcc", "政协": "cppcc", "人民政治协商会议": "cppcc"}
_SAID = (
    re.compile(r"(?P<term>\d+)\s*届\D*(?P<number>\d+)\s*次"),
    re.compile(r"session (?P<number>\d+) of \D*(?P<term>\d+)"),
    re.compile(r"(?P<term>\d+)\s*-\s*(?P<number>\d+)"),
)
"""市十四届人大六次会议, the same in English, and `congress 14-6`."""


def code(session: Session) -> str:
    """With what the numbers of its items begin: BJ-R14-6."""
    return Proposal(session=session).series(session.opened_on)


def called(text: str) -> tuple[str, int, int] | None:
    """Body, term and number of the session that is meant; None if none is."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)
    plain = _HAN.sub(in_digits, plain)
    bodies = {body for word, body in _BODIES.items() if word in plain}
    said = next(filter(None, (shape.search(plain) for shape in _SAID)), None)
    if said is None or len(bodies) != 1:
        return None
    return bodies.pop(), int(said["term"]), int(said["number"])


class SessionWidget(Widget):
    """A session whose items the person's agencies assign, by its code or its name."""

    def __init__(self):
        super().__init__()
        self.coded: dict[str, Session] = {}
        self.named: dict[tuple, list[Session]] = {}

    def learn(self, sessions: Iterable[Session]):
        for session in sessions:
            self.coded[code(session)] = session
            name = (session.body, session.term, session.number)
            self.named.setdefault(name, []).append(session)

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        text = str(value).strip()
        if found := self.coded.get(unicodedata.normalize("NFKC", text).upper()):
            return found
        several = self.named.get(called(text), [])
        if len(several) == 1:
            return several[0]
        params = {"value": text, "codes": "、".join(map(code, several))}
        if several:
            message = _("“%(value)s” are several: %(codes)s. Write the code.")
            raise ValidationError(message, "several_sessions", params)
        message = _("There is no session “%(value)s” that you may enter items for.")
        raise ValidationError(message, "no_such_session", params)

    def render(self, value, obj=None, **kwargs):
        return code(value) if value else ""


class Signatory(NamedTuple):
    """An author as a row tells of one; no kind is the usual one of the body."""

    name: str
    group: str = ""
    kind: str = ""

    def of(self, body: str) -> "Signatory":
        """With its kind."""
        return self._replace(kind=self.kind or usual(body))

    def short(self, body: str) -> "Signatory":
        """Without the kind, if it is the usual one."""
        return self._replace(kind="" if self.kind == usual(body) else self.kind)


def usual(body: str) -> str:
    """Who writes to the body in most cases."""
    return Author.Kind.DEPUTY if body == Body.CONGRESS else Author.Kind.MEMBER


class Authors(Widget):
    """`name，group；name，group，kind`: the first one leads."""

    def __init__(self):
        super().__init__()
        self.kind = Choice(Author.Kind.choices)

    def clean(self, value, row=None, **kwargs) -> tuple[Signatory, ...]:
        texts = BETWEEN.split(str(value or ""))
        return tuple(self._author(text) for text in texts if text.strip())

    def _author(self, text: str) -> Signatory:
        name, group, kind, *more = (*map(str.strip, _COMMA.split(text)), "", "")
        if not name or any(more):
            message = _("“%(value)s” is no author: write name, group and kind.")
            raise ValidationError(message, "author", {"value": text})
        return Signatory(name, group, self.kind.clean(kind) or "")

    def render(self, value, obj=None, **kwargs) -> str:
        return "；".join("，".join(author).rstrip("，") for author in value or ())


class Contacts(Entries):
    """`face_to_face 2016-04-05 王局长 听取意见；…`"""

    def __init__(self):
        super().__init__(Contact.Way.choices, 1, most_words=100)
        said = {"面商": "face_to_face", "当面": "face_to_face",
                "当面沟通": "face_to_face", "见面": "face_to_face",
                "走访": "visit", "上门": "visit", "座谈": "meeting",
                "座谈会": "meeting", "电话": "telephone", "信函": "letter",
                "书面": "letter"}  # fmt: skip
        self.kind = Choice(Contact.Way.choices, said)


class Part(NamedTuple):
    """A unit as a row tells of one, with what is known of its share.

    Of a co-handler the day of its opinion; of a separate unit the days on which it
    signed and served its reply, the document number and the class.
    """

    agency: Agency
    days: tuple[date | None, ...] = ()
    document_number: str = ""
    result_class: str = ""

    def same(self, kept: "Part") -> bool:
        """Whether both tell of one share; what this one leaves unsaid is no matter."""
        days = zip(self.days, kept.days, strict=False)
        return (
            self.agency == kept.agency
            and len(list(filter(None, self.days))) <= len(kept.days)
            and all(mine in (None, theirs) for mine, theirs in days)
            and self.document_number in ("", kept.document_number)
            and self.result_class in ("", kept.result_class)
        )


class Units(Widget):
    """`教育局 2016-05-03/2016-05-05 宝教函〔2016〕1号 A；…`, or only the names."""

    def __init__(self, agency: AgencyWidget, most_days: int):
        super().__init__()
        self.agency, self.most_days, self.day = agency, most_days, Day()

    def clean(self, value, row=None, **kwargs) -> tuple[Part, ...]:
        texts = BETWEEN.split(str(value or "").replace("、", ";"))
        parts = tuple(self._part(text) for text in texts if text.strip())
        if len({part.agency for part in parts}) < len(parts):
            message = _("A unit stands here twice.")
            raise ValidationError(message, "once_a_unit")
        return parts

    def _part(self, text: str) -> Part:
        words = text.split()
        ends = next((n for n, word in enumerate(words) if self._days(word)), None)
        agency = self.agency.clean(" ".join(words[:ends]))
        if ends is None:
            return Part(agency)
        days, more = self._days(words[ends]), words[ends + 1 :]
        if len(days) > self.most_days:
            message = _("“%(value)s” has too many days.")
            raise ValidationError(message, "days", {"value": text})
        letter = more.pop() if more and len(more[-1]) <= 4 else ""
        return Part(agency, days, " ".join(more), letter)

    def _days(self, word: str) -> tuple[date | None, ...]:
        """The days of a word; none if it is another word."""
        try:
            return tuple(self.day.clean(text) for text in BETWEEN_DAYS.split(word))
        except ValidationError:
            return ()

    def render(self, value, obj=None, **kwargs) -> str:
        return "；".join(
            " ".join(
                filter(
                    None,
                    (
                        part.agency.name,
                        "/".join(day.isoformat() if day else "" for day in part.days),
                        part.document_number,
                        part.result_class,
                    ),
                )
            )
            for part in value or ()
        )
