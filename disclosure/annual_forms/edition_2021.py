"""The form of the reports from 2021 on: 国办公开办函〔2021〕30号."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.tables import Form, Identity, Line, Part, reported
from casework.tables.units import PIECES, TEN_THOUSAND_YUAN
from disclosure.annual_forms import common
from disclosure.annual_forms.sources import leaf

_pieces = partial(reported, unit=PIECES)


def _documents(code: str, label: str) -> tuple[Line, ...]:
    return (
        Line(code, label),
        _pieces(f"{code}.made", _("Issued this year (items)")),
        _pieces(f"{code}.repealed", _("Repealed this year (items)")),
        _pieces(f"{code}.valid", _("Currently in force (items)")),
    )


def _decisions(code: str, label: str) -> tuple[Line, ...]:
    return (
        Line(code, label),
        _pieces(f"{code}.decisions", _("Decisions this year")),
    )


PROACTIVE = Part(
    "T2",
    _("II. Proactive disclosure"),
    (
        Line("T2", _("II. Proactive disclosure")),
        Line("T2.1", _("Art. 20 item (1)")),
        *_documents("T2.1.1", _("Government rules (regulations of rule rank)")),
        *_documents("T2.1.2", _("Administrative normative documents")),
        Line("T2.5", _("Art. 20 item (5)")),
        *_decisions("T2.5.1", _("Administrative licences")),
        Line("T2.6", _("Art. 20 item (6)")),
        *_decisions("T2.6.1", _("Administrative penalties")),
        *_decisions("T2.6.2", _("Administrative compulsory measures")),
        Line("T2.8", _("Art. 20 item (8)")),
        Line("T2.8.1", _("Administrative and institutional charges")),
        reported(
            "T2.8.1.amount",
            _("Amount charged this year (unit: 10,000 yuan)"),
            TEN_THOUSAND_YUAN,
        ),
    ),
    layout="items",
)

REQUESTS_PART = common.requests(
    "leaf_2021",
    (
        Line("T3.3.6", _("(6) Other handling")),
        leaf(
            "leaf_2021",
            "T3.3.6.1",
            _("Not corrected in time without good reason; no longer handled"),
            PIECES,
        ),
        leaf(
            "leaf_2021",
            "T3.3.6.2",
            _("Fee not paid in time; no longer handled"),
            PIECES,
        ),
        leaf("leaf_2021", "T3.3.6.3", pgettext_lazy("T3", "Other"), PIECES),
    ),
)

FORM_2021 = Form(
    "2021",
    _("Annual report on government information disclosure"),
    "国办公开办函〔2021〕30号",
    common.sections(PROACTIVE, REQUESTS_PART),
    (PROACTIVE, REQUESTS_PART, common.REMEDIES_PART, common.FEES_PART),
    (
        *(
            # Not printed, and may fail: documents lapse or are counted anew.
            Identity(
                f"{code}.last",
                _("In force last year and issued are in force this year and repealed"),
                (f"last:{code}.valid", f"{code}.made"),
                (f"{code}.valid", f"{code}.repealed"),
                warns=True,
            )
            for code in ("T2.1.1", "T2.1.2")
        ),
        *(
            Identity(
                f"{code}.made",
                _("Issued this year are among those in force"),
                (f"{code}.made",),
                (f"{code}.valid",),
                sense="≤",
                warns=True,
            )
            for code in ("T2.1.1", "T2.1.2")
        ),
        *common.identities(REQUESTS_PART),
    ),
)
