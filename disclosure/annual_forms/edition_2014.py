"""The form of the reports up to 2018: 国办发〔2014〕32号.

It knows no carrying over: received and concluded need not agree, and neither concluded
and replied. An overdue request has no honest place in it.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.tables import (
    Flow,
    Form,
    Identity,
    Line,
    Part,
    Section,
    counted,
    reported,
    units,
)
from disclosure.annual_forms.sources import (
    FEES,
    REMEDIES,
    REQUESTS,
    leaf,
    ruled,
)
from disclosure.models import Channel, Remedy
from disclosure.outcomes import RULINGS

_counted = partial(counted, unit=units.PIECES)
_result = partial(leaf, "leaf_2014", unit=units.PIECES)
_LEAVES = {ruling.leaf_2014 for ruling in RULINGS.values()} - {""}
_REFUSALS = {code for code in _LEAVES if code.startswith("S3.3.4.")}

PARTS = (
    Part.headed(
        Line("S1", _("1. Proactive disclosure")),
        reported(
            "S1.1",
            _(
                "Items proactively disclosed "
                "(same information by several channels counts once)"
            ),
            units.ENTRIES,
        ),
        reported("S1.1.1", _("of which: normative documents disclosed"), units.ENTRIES),
        reported("S1.1.2", _("Normative documents issued in total"), units.PIECES),
        Line("S1.2", pgettext_lazy("S1", "By channel and manner")),
        reported("S1.2.1", _("Government gazette"), units.ENTRIES),
        reported("S1.2.2", _("Government website"), units.ENTRIES),
        reported("S1.2.3", _("Government microblog"), units.ENTRIES),
        reported("S1.2.4", _("Government WeChat"), units.ENTRIES),
        reported("S1.2.5", pgettext_lazy("S1", "Other ways"), units.ENTRIES),
    ),
    Part.headed(
        Line("S2", _("2. Response and interpretation")),
        reported(
            "S2.1",
            _(
                "Hot topics or major public-opinion events answered "
                "(same topic by several ways counts once)"
            ),
            units.TIMES,
        ),
        Line("S2.2", pgettext_lazy("S2", "By channel and manner")),
        reported("S2.2.1", _("Press conferences attended or held"), units.TIMES),
        reported(
            "S2.2.1.1",
            pgettext_lazy("S2.2.1", "of which attended by the principal leader"),
            units.TIMES,
        ),
        reported(
            "S2.2.2", _("Online interviews on the government website"), units.TIMES
        ),
        reported(
            "S2.2.2.1",
            pgettext_lazy("S2.2.2", "of which attended by the principal leader"),
            units.TIMES,
        ),
        reported(
            "S2.2.3", _("Policy-interpretation articles published"), units.ARTICLES
        ),
        reported("S2.2.4", _("Events answered by microblog or WeChat"), units.TIMES),
        reported("S2.2.5", _("Events answered in other ways"), units.TIMES),
    ),
    Part.headed(
        Line("S3", _("3. Disclosure upon request")),
        _counted("S3.1", pgettext_lazy("S3", "Requests received"), Flow.NEW),
        _counted(
            "S3.1.1",
            pgettext_lazy("S3", "In person"),
            Flow.NEW,
            channel={Channel.IN_PERSON},
        ),
        _counted(
            "S3.1.2", pgettext_lazy("S3", "By fax"), Flow.NEW, channel={Channel.FAX}
        ),
        _counted(
            "S3.1.3",
            _("By internet (online form, e-mail)"),
            Flow.NEW,
            channel={Channel.ONLINE, Channel.EMAIL},
        ),
        _counted(
            "S3.1.4",
            pgettext_lazy("S3", "By letter"),
            Flow.NEW,
            channel={
                Channel.REGISTERED_POST,
                Channel.EMS,
                Channel.ORDINARY_LETTER,
                Channel.OTHER_UNIT,
            },
        ),
        _counted("S3.2", pgettext_lazy("S3", "Requests concluded"), Flow.FINISHED),
        _counted(
            "S3.2.1",
            _("Concluded within the basic limit"),
            Flow.FINISHED,
            extended={False},
            late={False},
        ),
        _counted(
            "S3.2.2",
            _("Concluded within an extended limit"),
            Flow.FINISHED,
            extended={True},
            late={False},
        ),
        Line(
            "S3.3",
            _("Replies given"),
            (Flow.FINISHED,),
            ruled("leaf_2014", *_LEAVES),
            unit=units.PIECES,
        ),
        _result("S3.3.1", pgettext_lazy("S3", "Already proactively disclosed")),
        _result("S3.3.2", _("Disclosure agreed")),
        _result("S3.3.3", _("Partial disclosure agreed")),
        Line(
            "S3.3.4",
            _("Disclosure refused"),
            (Flow.FINISHED,),
            ruled("leaf_2014", *_REFUSALS),
            unit=units.PIECES,
        ),
        _result("S3.3.4.1", _("of which: state secret")),
        _result("S3.3.4.2", pgettext_lazy("S3", "trade secret")),
        _result("S3.3.4.3", pgettext_lazy("S3", "privacy")),
        _result(
            "S3.3.4.4",
            _("endangers national, public, economic security and social stability"),
        ),
        _result(
            "S3.3.4.5", _("not government information in the sense of the Regulation")
        ),
        _result("S3.3.4.6", _("other cases laid down by law or regulation")),
        _result("S3.3.5", pgettext_lazy("S3", "Not for this organ to disclose")),
        _result("S3.3.6", _("Information does not exist")),
        _result("S3.3.7", _("Told to change or supplement")),
        _result("S3.3.8", _("Told to use another procedure")),
        source=REQUESTS,
    ),
    *(
        Part.headed(
            _counted(code, title, Flow.FINISHED, kind=kinds),
            *(
                _counted(
                    f"{code}.{number}",
                    label,
                    Flow.FINISHED,
                    kind=kinds,
                    result={result},
                )
                for number, label, result in (
                    (1, upheld, Remedy.Result.UPHELD),
                    (2, _("Corrected according to law"), Remedy.Result.CORRECTED),
                    (3, pgettext_lazy("S4", "Other"), Remedy.Result.OTHER),
                )
            ),
            source=REMEDIES,
        )
        for code, title, kinds, upheld in (
            (
                "S4",
                _("4. Administrative reconsideration cases"),
                {Remedy.Kind.RECONSIDERATION},
                _("Specific administrative act upheld"),
            ),
            (
                "S5",
                _("5. Administrative litigation cases"),
                {Remedy.Kind.DIRECT, Remedy.Kind.AFTER},
                _("Act upheld or claims rejected"),
            ),
        )
    ),
    Part.headed(reported("S6", _("6. Tip-offs and complaints"), units.PIECES)),
    Part.headed(
        Line(
            "S7",
            _("7. Fees collected for disclosure upon request"),
            (Flow.FINISHED,),
            unit=units.TEN_THOUSAND_YUAN,
            measure="amount",
            per=10_000,
        ),
        source=FEES,
    ),
    Part.headed(
        Line("S8", _("8. Institutions and funds")),
        reported("S8.1", _("Dedicated disclosure bodies"), units.BODIES),
        reported("S8.2", _("Public reading points"), units.BODIES),
        Line(
            "S8.3",
            _("Staff working on disclosure"),
            unit=units.PERSONS,
            parts=("S8.3.1", "S8.3.2"),
        ),
        reported(
            "S8.3.1",
            _("Full-time (without gazette and website staff)"),
            units.PERSONS,
        ),
        reported("S8.3.2", pgettext_lazy("S8", "Part-time"), units.PERSONS),
        reported(
            "S8.4",
            _(
                "Earmarked funds (without gazette editing and website construction "
                "and upkeep)"
            ),
            units.TEN_THOUSAND_YUAN,
        ),
    ),
    Part.headed(
        Line("S9", _("9. Meetings and training")),
        reported("S9.1", _("Work or special meetings held"), units.TIMES),
        reported("S9.2", _("Training courses held"), units.TIMES),
        reported("S9.3", _("Persons trained"), units.PERSON_TIMES),
    ),
)


def _numbered(code: str, last: int) -> tuple[str, ...]:
    return tuple(f"{code}.{number}" for number in range(1, last + 1))


IDENTITIES = (
    Identity(
        "S1.1.channels",
        _("Items counted once are at most what the channels add up to"),
        ("S1.1",),
        _numbered("S1.2", 5),
        sense="≤",
    ),
    Identity(
        "S1.1.documents",
        _("Normative documents disclosed are among the items disclosed"),
        ("S1.1.1",),
        ("S1.1",),
        sense="≤",
    ),
    Identity(
        "S1.1.issued",
        _("Normative documents disclosed are at most those issued"),
        ("S1.1.1",),
        ("S1.1.2",),
        sense="≤",
        warns=True,
    ),
    *(
        Identity(
            f"{code}.leader",
            _("Those attended by the principal leader are among them"),
            (f"{code}.1",),
            (code,),
            sense="≤",
        )
        for code in ("S2.2.1", "S2.2.2")
    ),
    Identity(
        "S3.1.channels",
        _("The channels add up to the requests received"),
        _numbered("S3.1", 4),
        ("S3.1",),
    ),
    Identity(
        "S3.2.limits",
        _("Within the basic and within an extended limit make all concluded"),
        _numbered("S3.2", 2),
        ("S3.2",),
        gap="R.closed_late",
    ),
    Identity(
        "S3.3.replies",
        _("The eight kinds of reply add up to all replies"),
        _numbered("S3.3", 8),
        ("S3.3",),
    ),
    Identity(
        "S3.3.4.reasons",
        _("The six reasons add up to all refusals"),
        _numbered("S3.3.4", 6),
        ("S3.3.4",),
    ),
    *(
        Identity(
            f"{code}.results",
            _("The results add up to the number of cases"),
            _numbered(code, 3),
            (code,),
        )
        for code in ("S4", "S5")
    ),
    Identity(
        "S8.3.staff",
        _("Full-time and part-time make the staff"),
        _numbered("S8.3", 2),
        ("S8.3",),
    ),
)

TITLE = _("Statistics form of government information disclosure")

FORM_2014 = Form(
    "2014",
    TITLE,
    "国办发〔2014〕32号",
    (
        Section("1", _("I. Overview")),
        Section("2", pgettext_lazy("2014", "II. Proactive disclosure")),
        Section("3", _("III. Disclosure upon request")),
        Section("items", _("IV. Deputies' suggestions and CPPCC members' proposals")),
        Section("5", _("V. Fees and waivers")),
        Section("6", pgettext_lazy("2014", "VI. Reconsideration and litigation")),
        Section("7", _("VII. Problems and improvement")),
    ),
    PARTS,
    IDENTITIES,
    Section("annex", TITLE, PARTS),
)
