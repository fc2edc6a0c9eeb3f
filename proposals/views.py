"""What anyone may see of suggestions and proposals: the published replies."""

from urllib.parse import urlencode

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from casework.pages import Order, Page
from proposals.filters import ReplyFilter, replies
from proposals.models import Author, Proposal, Publication

LATEST_FIRST = Order("published_on", descending=True)


def shown(cases):
    """The items with the little that is shown of them, in a few queries for all."""
    units = replies().select_related("agency").order_by("pk")
    lead = Author.objects.filter(place=1)
    return cases.select_related("session").prefetch_related(
        Prefetch("assignments", units, to_attr="replies"),
        Prefetch("authors", lead, to_attr="first_authors"),
    )


def public(case: Proposal) -> dict:
    """All that anyone may know; the templates get this, and not the item.

    The lead author only if the author consents; never a co-signer, a telephone, what
    was said, or the text of the item itself.
    """
    last = max((task.round for task in case.replies), default=1)
    served = [task for task in case.replies if task.round == last]
    labels = case.session.class_labels
    authors = case.first_authors if case.author_consents else ()
    return {
        "number": case.number,
        "name": case.official_name,
        "title": case.subject,
        "category": case.category,
        "authors": [{"name": author.name, "group": author.group} for author in authors],
        "units": [
            {
                "name": task.agency.name,
                "result_class": task.result_class,
                "meaning": labels.get(task.result_class, ""),
                "replied_on": task.closed_on,
            }
            for task in served
        ],
        "assigned_on": case.assigned_on,
        "replied_on": case.replied_on,
        "published_on": case.published_on,
        "publication": Publication(case.publication).label,
        "text": case.published_text,
    }


@require_safe
def reply_list(request):
    cases = Proposal.objects.published()
    narrowed = ReplyFilter(request.GET, cases)
    at = request.GET.get("page", "")
    page = Page(cases, LATEST_FIRST, at, lambda found: shown(narrowed.narrow(found)))
    asked = [(name, value) for name, value in request.GET.items() if name != "page"]
    context = {
        "form": narrowed.form,
        "narrowed": any(value for _name, value in asked),
        "page": page,
        "replies": [public(case) for case in page],
        "paging": urlencode(asked),
    }
    return render(request, "proposals/replies.html", context)


@require_safe
def reply(request, number: str):
    case = get_object_or_404(shown(Proposal.objects.published()), number=number)
    return render(request, "proposals/reply.html", {"reply": public(case)})
