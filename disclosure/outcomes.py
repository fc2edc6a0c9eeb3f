"""How a request can end, and the row of each statutory form that counts it.

One vocabulary serves all editions of the form; each counts an outcome in one leaf row
at most (国办公开办函〔2021〕30号, 〔2019〕60号; 国办发〔2014〕32号).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    ALREADY_PUBLIC = "already_public", _("Already proactively disclosed")
    DISCLOSED = "disclosed", pgettext_lazy("outcome", "Disclosed")
    PARTLY_DISCLOSED = "partly_disclosed", pgettext_lazy("outcome", "Partly disclosed")
    STATE_SECRET = "state_secret", pgettext_lazy("outcome", "State secret")
    FORBIDDEN_BY_LAW = (
        "forbidden_by_law",
        pgettext_lazy(
            "outcome", "Forbidden by other laws or administrative regulations"
        ),
    )
    SECURITY_AND_STABILITY = (
        "security_and_stability",
        pgettext_lazy(
            "outcome",
            "Endangers national, public or economic security or social stability",
        ),
    )
    TRADE_SECRET = "trade_secret", _("Trade secret of a third party")
    PERSONAL_PRIVACY = "personal_privacy", _("Personal privacy of a third party")
    INTERNAL_AFFAIRS = (
        "internal_affairs",
        _("Internal affairs information (three kinds)"),
    )
    PROCESS_INFORMATION = "process_information", _("Process information (four kinds)")
    ENFORCEMENT_CASE_FILE = (
        "enforcement_case_file",
        _("Administrative law-enforcement case file"),
    )
    ADMINISTRATIVE_LOOKUP = (
        "administrative_lookup",
        pgettext_lazy("outcome", "Matter for an administrative look-up procedure"),
    )
    NONEXISTENT = "nonexistent", _("The information does not exist")
    OTHER_ORGAN = (
        "other_organ",
        pgettext_lazy("outcome", "Not for this organ to disclose"),
    )
    NEEDS_PRODUCTION = (
        "needs_production",
        pgettext_lazy(
            "outcome", "No ready-made information; would have to be produced"
        ),
    )
    STILL_UNCLEAR = (
        "still_unclear",
        pgettext_lazy("outcome", "Still unclear after correction"),
    )
    PETITION_OR_COMPLAINT = (
        "petition_or_complaint",
        pgettext_lazy(
            "outcome", "Petition, tip-off or complaint in the form of a request"
        ),
    )
    REPEATED = "repeated", pgettext_lazy("outcome", "Repeated request")
    PUBLIC_PUBLICATION = (
        "public_publication",
        pgettext_lazy("outcome", "Asks for public publications"),
    )
    EXCESSIVE = (
        "excessive",
        pgettext_lazy("outcome", "Massive repeated requests without good reason"),
    )
    REISSUE = (
        "reissue",
        pgettext_lazy(
            "outcome",
            "Asks the organ to confirm or re-issue information already obtained",
        ),
    )
    NOT_CORRECTED = (
        "not_corrected",
        _("Not corrected in time without good reason"),
    )
    FEE_UNPAID = "fee_unpaid", _("Fee not paid in time")
    NOT_GOVERNMENT_INFORMATION = (
        "not_government_information",
        _("Not government information in the sense of the Regulation"),
    )
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    OTHER = "other", pgettext_lazy("outcome", "Other")


@dataclass(frozen=True)
class Ruling:
    """Where the law puts an outcome, and where each edition of the form counts it."""

    basis_2019: str
    basis_2007: str
    leaf_2021: str
    leaf_2019: str
    leaf_2014: str


RULINGS = {
    Outcome.ALREADY_PUBLIC: Ruling(
        _("Art. 36(1)"), _("Art. 21(1)"), "T3.3.1", "T3.3.1", "S3.3.1"
    ),
    Outcome.DISCLOSED: Ruling(
        _("Art. 36(2)"), _("Art. 21(1)"), "T3.3.1", "T3.3.1", "S3.3.2"
    ),
    Outcome.PARTLY_DISCLOSED: Ruling(
        _("Art. 37"), _("Art. 22"), "T3.3.2", "T3.3.2", "S3.3.3"
    ),
    Outcome.STATE_SECRET: Ruling(
        _("Arts. 14 and 36(3)"), _("Art. 14"), "T3.3.3.1", "T3.3.3.1", "S3.3.4.1"
    ),
    Outcome.FORBIDDEN_BY_LAW: Ruling(
        _("Arts. 14 and 36(3)"), _("Art. 14"), "T3.3.3.2", "T3.3.3.2", "S3.3.4.6"
    ),
    Outcome.SECURITY_AND_STABILITY: Ruling(
        _("Arts. 14 and 36(3)"), _("Art. 8"), "T3.3.3.3", "T3.3.3.3", "S3.3.4.4"
    ),
    Outcome.TRADE_SECRET: Ruling(
        _("Arts. 15 and 36(3)"),
        _("Arts. 14 and 23"),
        "T3.3.3.4",
        "T3.3.3.4",
        "S3.3.4.2",
    ),
    Outcome.PERSONAL_PRIVACY: Ruling(
        _("Arts. 15 and 36(3)"),
        _("Arts. 14 and 23"),
        "T3.3.3.4",
        "T3.3.3.4",
        "S3.3.4.3",
    ),
    Outcome.INTERNAL_AFFAIRS: Ruling(
        _("Art. 16 para. 1"), "", "T3.3.3.5", "T3.3.3.5", "S3.3.4.6"
    ),
    Outcome.PROCESS_INFORMATION: Ruling(
        _("Art. 16 para. 2"), "", "T3.3.3.6", "T3.3.3.6", "S3.3.4.6"
    ),
    Outcome.ENFORCEMENT_CASE_FILE: Ruling(
        _("Art. 16 para. 2"), "", "T3.3.3.7", "T3.3.3.7", "S3.3.4.6"
    ),
    Outcome.ADMINISTRATIVE_LOOKUP: Ruling(
        _("Art. 36(7)"), "", "T3.3.3.8", "T3.3.3.8", "S3.3.8"
    ),
    Outcome.NONEXISTENT: Ruling(
        _("Art. 36(4)"), _("Art. 21(3)"), "T3.3.4.1", "T3.3.4.1", "S3.3.6"
    ),
    Outcome.OTHER_ORGAN: Ruling(
        _("Art. 36(5)"), _("Art. 21(3)"), "T3.3.4.1", "T3.3.4.1", "S3.3.5"
    ),
    Outcome.NEEDS_PRODUCTION: Ruling(
        _("Art. 38"), "", "T3.3.4.2", "T3.3.4.2", "S3.3.4.6"
    ),
    Outcome.STILL_UNCLEAR: Ruling(
        _("Art. 30"), _("Art. 21(4)"), "T3.3.4.3", "T3.3.4.3", "S3.3.7"
    ),
    Outcome.PETITION_OR_COMPLAINT: Ruling(
        _("Art. 39 para. 1"), "", "T3.3.5.1", "T3.3.5.1", "S3.3.8"
    ),
    Outcome.REPEATED: Ruling(_("Art. 36(6)"), "", "T3.3.5.2", "T3.3.5.2", "S3.3.4.6"),
    Outcome.PUBLIC_PUBLICATION: Ruling(
        _("Art. 39 para. 2"), "", "T3.3.5.3", "T3.3.5.3", "S3.3.8"
    ),
    Outcome.EXCESSIVE: Ruling(_("Art. 35"), "", "T3.3.5.4", "T3.3.5.4", "S3.3.4.6"),
    Outcome.REISSUE: Ruling(_("practice"), "", "T3.3.5.5", "T3.3.5.5", "S3.3.4.6"),
    Outcome.NOT_CORRECTED: Ruling(_("Art. 30"), "", "T3.3.6.1", "T3.3.6", "S3.3.7"),
    Outcome.FEE_UNPAID: Ruling(_("Art. 42"), "", "T3.3.6.2", "T3.3.6", "S3.3.4.6"),
    Outcome.NOT_GOVERNMENT_INFORMATION: Ruling(
        _("Art. 2"), _("Art. 2"), "T3.3.6.3", "T3.3.6", "S3.3.4.5"
    ),
    Outcome.WITHDRAWN: Ruling("", "", "T3.3.6.3", "T3.3.6", ""),
    Outcome.OTHER: Ruling("", "", "T3.3.6.3", "T3.3.6", "S3.3.4.6"),
}
"""In the order of the articles; the 2014 replies have no row for what was withdrawn."""

CLOSINGS = frozenset(
    {Outcome.NOT_CORRECTED, Outcome.FEE_UNPAID, Outcome.WITHDRAWN, Outcome.OTHER}
)
"""Endings that are recorded and not replied."""

REPLIES = tuple(outcome for outcome in Outcome if outcome not in CLOSINGS)
"""What a reply can say."""

RECONSIDERATION_FIRST = frozenset(
    outcome
    for outcome in Outcome
    if RULINGS[outcome].leaf_2021.startswith("T3.3.3.")
    and outcome != Outcome.ADMINISTRATIVE_LOOKUP
) | {Outcome.PARTLY_DISCLOSED}
"""Refusals under arts. 14 to 16, in whole or (by convention) in part: from 2024-01-01
they go to reconsideration before court (行政复议法 art. 23)."""
