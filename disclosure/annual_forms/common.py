"""What the editions of 2019 and 2021 have in common: sections three, four, six."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.tables import Flow, Identity, Line, Part, Section, only
from casework.tables.units import PIECES, YUAN
from disclosure.annual_forms.sources import FEES, REMEDIES, REQUESTS, leaf
from disclosure.models import ApplicantKind, Remedy

_APPLICANTS = {
    "C3.1": ApplicantKind.NATURAL_PERSON,
    "C3.2.1": ApplicantKind.BUSINESS,
    "C3.2.2": ApplicantKind.RESEARCH,
    "C3.2.3": ApplicantKind.PUBLIC_BENEFIT,
    "C3.2.4": ApplicantKind.LEGAL_SERVICE,
    "C3.2.5": ApplicantKind.OTHER_ORGANISATION,
}


def _applicant(code: str, label: str) -> Line:
    return Line(code, label, where=only(applicant_kind={_APPLICANTS[code]}))


APPLICANTS = (
    Line("C3", _("Section III columns: applicants")),
    _applicant("C3.1", _("Natural persons")),
    Line(
        "C3.2",
        _("Legal persons or other organisations (heading, no printed subtotal)"),
    ),
    _applicant("C3.2.1", _("Commercial enterprises")),
    _applicant("C3.2.2", _("Research institutions")),
    _applicant("C3.2.3", _("Social public-benefit organisations")),
    _applicant("C3.2.4", _("Legal-service institutions")),
    _applicant("C3.2.5", pgettext_lazy("C3", "Other")),
    Line("C3.3", _("Total")),
)


def requests(edition: str, other_handling: tuple[Line, ...]) -> Part:
    """Section three; the editions differ in what they call other handling."""
    result = partial(leaf, edition, unit=PIECES)
    lines = (
        Line("T3", _("III. Requests received and handled")),
        Line("T3.1", _("1. New requests this year"), (Flow.NEW,), unit=PIECES),
        Line(
            "T3.2", _("2. Carried over from last year"), (Flow.CARRIED_IN,), unit=PIECES
        ),
        Line("T3.3", _("3. Results this year")),
        result("T3.3.1", _("(1) Disclosed")),
        result(
            "T3.3.2", _("(2) Partly disclosed (separable handling: counted here only)")
        ),
        Line("T3.3.3", _("(3) Not disclosed")),
        result("T3.3.3.1", _("State secret")),
        result("T3.3.3.2", _("Forbidden by other laws or administrative regulations")),
        result(
            "T3.3.3.3",
            _("Endangers national, public or economic security or social stability"),
        ),
        result("T3.3.3.4", _("Protects third-party lawful rights")),
        result("T3.3.3.5", _("One of three kinds of internal-affairs information")),
        result("T3.3.3.6", _("One of four kinds of process information")),
        result("T3.3.3.7", _("Law-enforcement case file")),
        result("T3.3.3.8", _("Matter for an administrative look-up procedure")),
        Line("T3.3.4", _("(4) Cannot be provided")),
        result("T3.3.4.1", _("The organ does not hold the information")),
        result("T3.3.4.2", _("No ready-made information; would have to be produced")),
        result("T3.3.4.3", _("Still unclear after correction")),
        Line("T3.3.5", _("(5) Not handled")),
        result(
            "T3.3.5.1", _("Petition, tip-off or complaint in the form of a request")
        ),
        result("T3.3.5.2", _("Repeated request")),
        result("T3.3.5.3", _("Asks for public publications")),
        result("T3.3.5.4", _("Massive repeated requests without good reason")),
        result(
            "T3.3.5.5",
            _("Asks the organ to confirm or re-issue information already obtained"),
        ),
        *other_handling,
        Line("T3.3.7", _("(7) Total results"), (Flow.FINISHED,), unit=PIECES),
        Line(
            "T3.4", _("4. Carried over to next year"), (Flow.CARRIED_OUT,), unit=PIECES
        ),
    )
    note = _("Of each column: row one plus row two equals row three plus row four.")
    return Part("T3", lines[0].label, lines, REQUESTS, APPLICANTS, "matrix", note)


def identities(part: Part) -> tuple[Identity, ...]:
    """Of section three, with what leads from year to year, and of section four."""
    results = tuple(line.code for line in part.lines if "outcome" in line.where)
    return (
        Identity(
            "T3.flow",
            _("Row one plus row two equals row three plus row four"),
            ("T3.1", "T3.2"),
            ("T3.3.7", "T3.4"),
        ),
        Identity(
            "T3.results", _("The results add up to their total"), results, ("T3.3.7",)
        ),
        Identity(
            "T3.applicants",
            _("The kinds of applicant add up to the total"),
            tuple(_APPLICANTS),
            ("C3.3",),
            across=True,
        ),
        Identity(
            "T3.last",
            _("Carried over from last year is what last year carried over"),
            ("T3.2",),
            ("last:T3.4",),
        ),
        *(
            Identity(
                f"{code}.total",
                _("Upheld, corrected, other and not yet concluded make the total"),
                tuple(f"{code}.{number}" for number in range(1, 5)),
                (f"{code}.5",),
            )
            for code in ("T4.1", "T4.2.1", "T4.2.2")
        ),
        *(
            # By the convention that each is told in every year in which it is pending.
            Identity(
                f"{code}.last",
                _("Not yet concluded last year are among those of this year"),
                (f"last:{code}.4",),
                (f"{code}.5",),
                sense="≤",
                warns=True,
            )
            for code in ("T4.1", "T4.2.1", "T4.2.2")
        ),
    )


def _remedies(code: str, label: str, kind: str) -> tuple[Line, ...]:
    """Each that was pending at any time in the year, in its state at the end of it.

    The form does not say whether one that was pending last year counts again in the
    year in which it ends: that it does is a convention, to be told in section six.
    """

    def decided(number, name, result):
        return Line(
            f"{code}.{number}",
            name,
            (Flow.FINISHED,),
            only(kind={kind}, result={result}),
            unit=PIECES,
        )

    return (
        Line(code, label),
        decided(1, pgettext_lazy("T4", "Upheld"), Remedy.Result.UPHELD),
        decided(2, pgettext_lazy("T4", "Corrected"), Remedy.Result.CORRECTED),
        decided(3, pgettext_lazy("T4", "Other result"), Remedy.Result.OTHER),
        Line(
            f"{code}.4",
            _("Not yet concluded"),
            (Flow.CARRIED_OUT,),
            only(kind={kind}),
            unit=PIECES,
        ),
        Line(
            f"{code}.5",
            _("Total"),
            (Flow.NEW, Flow.CARRIED_IN),
            only(kind={kind}),
            unit=PIECES,
        ),
    )


REMEDIES_PART = Part(
    "T4",
    _("IV. Reconsideration and litigation"),
    (
        Line("T4", _("IV. Reconsideration and litigation")),
        *_remedies(
            "T4.1", _("Administrative reconsideration"), Remedy.Kind.RECONSIDERATION
        ),
        Line("T4.2", _("Administrative litigation")),
        *_remedies(
            "T4.2.1", _("Sued directly without reconsideration"), Remedy.Kind.DIRECT
        ),
        *_remedies("T4.2.2", _("Sued after reconsideration"), Remedy.Kind.AFTER),
    ),
    REMEDIES,
    layout="line",
)

FEES_PART = Part(
    "T6",
    _("VI. Other matters to report: information processing fees"),
    (
        Line("T6", _("VI. Other matters to report: information processing fees")),
        Line("T6.fee_notices", _("Fee notices"), (Flow.NEW,), unit=PIECES),
        Line(
            "T6.fee_notified_amount",
            _("Amount of the fee notices"),
            (Flow.NEW,),
            unit=YUAN,
            measure="amount",
        ),
        Line(
            "T6.fee_received_amount",
            _("Amount received"),
            (Flow.FINISHED,),
            unit=YUAN,
            measure="amount",
        ),
    ),
    FEES,
)


def sections(proactive: Part, requests_part: Part) -> tuple[Section, ...]:
    """The six of the report; fees have no table, and are told in the sixth."""
    return (
        Section("1", _("I. General situation")),
        Section("2", proactive.label, (proactive,)),
        Section("3", requests_part.label, (requests_part,)),
        Section("4", REMEDIES_PART.label, (REMEDIES_PART,)),
        Section("5", _("V. Main problems and improvement")),
        Section("6", _("VI. Other matters to report")),
    )
