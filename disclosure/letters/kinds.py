"""The letters that a request can have, each with its file or the reason why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.reasons import written
from casework.workflow.guards import refusal
from disclosure.letters import facts
from disclosure.letters.facts import LATEST, Fact
from disclosure.letters.rendering import rendered
from disclosure.letters.texts import TEMPLATES
from disclosure.letters.wording import in_words
from disclosure.models import Consultation, DisclosureRequest
from disclosure.outcomes import CLOSINGS


class Kind(NamedTuple):
    label: str
    facts: Callable[..., Iterator[Fact]]
    rows: Callable[[DisclosureRequest], list] = lambda case: []
    """The related rows of which each has a letter of its own."""


def _third_parties(case: DisclosureRequest) -> list[Consultation]:
    third = Consultation.Kind.THIRD_PARTY
    return [row for row in case.rows("consultations") if row.kind == third]


KINDS = {
    "receipt": Kind(pgettext_lazy("letter", "Receipt"), facts.receipt),
    "correction": Kind(_("Notice of correction"), facts.correction),
    "extension": Kind(_("Notice of extension"), facts.extension),
    "consultation": Kind(
        _("Consultation of a third party"), facts.consultation, _third_parties
    ),
    "fee": Kind(pgettext_lazy("letter", "Fee notice"), facts.fee),
    "reply": Kind(pgettext_lazy("letter", "Reply"), facts.reply),
}


@dataclass(frozen=True)
class Letter:
    """A letter about a request, of which something may be missing."""

    kind: str
    case: DisclosureRequest
    row: Consultation | None
    facts: tuple[Fact, ...]

    @property
    def label(self) -> str:
        return KINDS[self.kind].label

    @property
    def address(self) -> str:
        row = [self.row.pk] if self.row else []
        return reverse("disclosure:letter", args=[self.case.number, self.kind, *row])

    @property
    def title(self) -> str:
        """What the file is called: of the person it says nothing."""
        return f"{TEMPLATES[self.kind].title} {self.case.number}"

    @property
    def missing(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.missing]

    @property
    def refusal(self) -> ValidationError | None:
        """Why it cannot be drawn up."""
        case = self.case
        if case.first_day < LATEST.since:
            message = _("The letters are worded for requests received from %(day)s.")
            return refusal("old_version", message, day=written(LATEST.since))
        if self.kind == "reply" and case.outcome in CLOSINGS:
            message = _("An ending of this kind is recorded and not replied.")
            return refusal("not_replied", message)
        if self.missing:
            names = gettext(", ").join(str(fact.label) for fact in self.missing)
            return refusal("missing", _("Missing: %(names)s."), names=names)
        return None

    @property
    def blanks(self) -> list[str]:
        """What is left to be filled in by hand, since the agency has not entered it."""
        if self.kind != "reply":
            return []
        agency = self.case.agency
        fields = map(agency._meta.get_field, ("reconsideration_organ", "court"))
        return [f.verbose_name for f in fields if not getattr(agency, f.name)]

    def file(self) -> bytes:
        """The .docx, or ValidationError that says everything that is missing."""
        if self.refusal:
            raise self.refusal
        # The letter is in Chinese, whatever language its writer reads.
        with translation.override("zh-hans"):
            told = {fact.name: _told(fact.value) for fact in self.facts}
            on = next(fact.value for fact in self.facts if fact.name == "date")
            number, agency = self.case.number, self.case.agency.name
            return rendered(self.kind, told, number=number, agency=agency, on=on)


def _told(value):
    """A fact as it stands in the letter."""
    if isinstance(value, date):
        return in_words(value)
    return list(value) if isinstance(value, tuple) else str(value or "")


def letters(case: DisclosureRequest, today: date) -> list[Letter]:
    """Every letter about the request, in the order of its life."""
    return [
        Letter(name, case, row, tuple(kind.facts(case, row, today)))
        for name, kind in KINDS.items()
        for row in kind.rows(case) or [None]
    ]
