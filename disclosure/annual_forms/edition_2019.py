"""The form of the reports of 2019 and 2020: 国办公开办函〔2019〕60号.

The rows of its section two have codes of their own, since they count something else
than those of 2021 at the same place.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from casework.tables import Form, Line, Part, reported
from casework.tables.units import PIECES, TEN_THOUSAND_YUAN
from disclosure.annual_forms import common
from disclosure.annual_forms.sources import leaf

_pieces = partial(reported, unit=PIECES)


def _documents(code: str, label: str) -> tuple[Line, ...]:
    return (
        Line(code, label),
        _pieces(f"{code}.new_made", _("Newly made this year")),
        _pieces(f"{code}.new_published", _("Newly disclosed this year")),
        _pieces(f"{code}.published_total", _("Disclosed to the public in total")),
    )


def _items(code: str, label: str) -> tuple[Line, ...]:
    return (
        Line(code, label),
        _pieces(f"{code}.items_before", _("Items last year")),
        _pieces(f"{code}.change", _("More or fewer this year"), signed=True),
    )


def _handled(code: str, label: str) -> tuple[Line, ...]:
    return (
        *_items(code, label),
        _pieces(f"{code}.handled", _("Decisions")),
    )


PROACTIVE = Part(
    "T2",
    _("II. Proactive disclosure"),
    (
        Line("T2", _("II. Proactive disclosure")),
        Line("T2.1", _("Art. 20 item (1)")),
        *_documents("T2.1.1", _("Government rules (regulations of rule rank)")),
        *_documents("T2.1.2", _("Normative documents")),
        Line("T2.5", _("Art. 20 item (5)")),
        *_handled("T2.5.1", _("Administrative licences")),
        *_handled("T2.5.2", _("Other administrative services to the public")),
        Line("T2.6", _("Art. 20 item (6)")),
        *_handled("T2.6.1", _("Administrative penalties")),
        *_handled("T2.6.2", _("Administrative compulsory measures")),
        Line("T2.8", _("Art. 20 item (8)")),
        *_items("T2.8.1", _("Administrative and institutional charges")),
        Line("T2.9", _("Art. 20 item (9)")),
        Line("T2.9.1", _("Centralised government procurement")),
        _pieces("T2.9.1.items", _("Items procured")),
        reported("T2.9.1.total", _("Total amount procured"), TEN_THOUSAND_YUAN),
    ),
    layout="items",
)

REQUESTS_PART = common.requests(
    "leaf_2019", (leaf("leaf_2019", "T3.3.6", _("(6) Other handling"), PIECES),)
)

FORM_2019 = Form(
    "2019",
    _("Annual report on government information disclosure"),
    "国办公开办函〔2019〕60号",
    common.sections(PROACTIVE, REQUESTS_PART),
    (PROACTIVE, REQUESTS_PART, common.REMEDIES_PART, common.FEES_PART),
    common.identities(REQUESTS_PART),
)
