"""Rows of ledgers of suggestions and proposals, by the codes of their columns."""

from functools import partial

from proposals.resources import ProposalResource
from tests import ledgers

LINE = {
    "session": "congress 14-6",
    "official_number": "23",
    "title": "关于加快老旧小区改造的建议",
    "text": "建议将老旧小区改造列入年度计划。",
    "authors": "示例一，渭滨代表团；示例二，金台代表团",
    "submitted_on": "2016-02-18",
    "filed_on": "2016-02-20",
}
"""An item that was filed, and nothing more."""
ASSIGNED = {"assigned_on": "2016-03-10", "lead": "JYJU", "signed_for_on": "2016-03-11"}
REPLIED = ASSIGNED | {
    "contacted": "face_to_face 2016-04-05",
    "document_number": "宝教函〔2016〕1号",
    "result_class": "A",
    "publication": "full",
    "signed_on": "2016-05-03",
    "replied_on": "2016-05-05",
}
HEARD = REPLIED | {
    "attitude": "satisfied",
    "result": "basically",
    "feedback_on": "2016-05-12",
}
PUBLISHED = REPLIED | {
    "publication": "summary",
    "published_text": "已列入年度计划。",
    "published_on": "2016-05-20",
}
CLOSED = HEARD | PUBLISHED | {"outcome": "handled", "closed_on": "2016-05-23"}
UNFILED = {"number": "BJ-R14-6-0100", "official_number": "", "filed_on": ""}
"""An item that was registered, and nothing more."""

take = partial(ledgers.take, resource=ProposalResource)
"""What becomes of a file of these rows, or of the one that is given."""


def line(*parts, **cells) -> dict:
    row = dict(LINE)
    for part in parts:
        row |= part
    return row | cells
