"""What must be true between the counts of a body."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from casework.tables import Identity
from proposals.figures.lines import PREFIXES
from proposals.models import Body, Publication


def identities(body: Body, classes: Iterable[str]) -> tuple[Identity, ...]:
    """Each at every place; `classes` are the letters of the body's sessions."""
    p = PREFIXES[body]

    def identity(name, text, whole, *parts):
        left = tuple(f"{p}{part}" for part in parts)
        return Identity(f"{p}.{name}", text, left, (f"{p}{whole}",))

    decided = [*Publication.values, "open"]
    return (
        identity(
            "received",
            _("Filed, not filed, ended before and still to be examined are received"),
            "1.received",
            "1.filed",
            "1.not_filed",
            "1.examining",
            *(f"1.{way}.received" for way in ("merged", "withdrawn", "converted")),
        ),
        identity(
            "filed",
            _("Assigned, ended before and still to be assigned are filed"),
            "1.filed",
            "1.assigned",
            "1.waiting",
            *(f"1.{way}.filed" for way in ("merged", "withdrawn", "converted")),
        ),
        identity(
            "assigned",
            _("Handled, and merged or withdrawn afterwards, are assigned"),
            "1.assigned",
            "2.handled",
            "1.merged.assigned",
            "1.withdrawn.assigned",
        ),
        *(
            identity(
                way,
                _("The stages at which it ended add up"),
                f"1.{way}",
                *(f"1.{way}.{stage}" for stage in stages),
            )
            for way, stages in (
                ("merged", ("received", "filed", "assigned")),
                ("withdrawn", ("received", "filed", "assigned")),
                ("converted", ("received", "filed")),
            )
        ),
        identity(
            "handled",
            _("Replied and not replied yet are handled"),
            "2.handled",
            "2.replied",
            "2.unreplied",
        ),
        identity(
            "replied",
            _("In time and late are replied"),
            "2.replied",
            "2.in_time",
            "2.late",
        ),
        identity(
            "classes",
            _("The classes add up to the items replied"),
            "2.replied",
            *(f"2.class.{letter or 'none'}" for letter in (*classes, "")),
        ),
        identity(
            "publication",
            _("The decisions on publication add up to the items replied"),
            "2.replied",
            *(f"2.publication.{said}" for said in decided),
        ),
        identity(
            "published",
            _("In full and as a summary are published"),
            "2.published",
            "2.published.full",
            "2.published.summary",
        ),
        identity(
            "roles",
            _("Lead, separate and co-handling tasks are all tasks"),
            "3.tasks",
            "3.lead",
            "3.separate",
            "3.co_handler",
        ),
        Identity(
            f"{p}.replies",
            _("Replies of units in time, late and outstanding are their tasks"),
            (f"{p}3.in_time", f"{p}3.late", f"{p}3.unreplied"),
            (f"{p}3.lead", f"{p}3.separate"),
        ),
        identity(
            "opinions",
            _("Opinions given, waived and outstanding are the co-handlers' tasks"),
            "3.co_handler",
            "3.opinions",
            "3.waived",
            "3.no_opinion",
        ),
        *(
            identity(
                axis,
                _("The answers add up to the forms returned"),
                "4.returned",
                *(
                    f"4.{axis}.{answer}"
                    for answer in ("satisfied", "basically", "dissatisfied")
                ),
            )
            for axis in ("attitude", "result")
        ),
        identity(
            "commitments",
            _("Open, kept, changed and given up are the commitments made"),
            "5.made",
            "5.open",
            "5.kept",
            "5.changed",
            "5.given_up",
        ),
    )
