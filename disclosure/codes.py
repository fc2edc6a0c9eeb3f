"""The query code: what an applicant types beside the reference number.

Ten characters of an alphabet of 31 that nobody misreads (49 bits), printed once on the
receipt slip. Only a keyed hash is kept: a lost code is issued anew, never re-read.
"""

import secrets
from hmac import compare_digest

from casework.compiled import Compiled
from casework.references import tidy
from casework.seals import fingerprint
from disclosure.models import DisclosureRequest
from disclosure.workflow import workflow

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10


def _hash(number: str, code: str) -> str:
    return fingerprint("query code", number, tidy(code))


def issue(case: DisclosureRequest, *, by, on) -> tuple[DisclosureRequest, str]:
    """A new code for the case, in two groups of five; the one before stops working."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    kept = _hash(case.number, code)
    case = workflow.take("issue_code", case, by=by, on=on, code_hash=kept)
    return case, f"{code[:5]}-{code[5:]}"


# What anyone may know of a request, and by what it is found: nothing else is read.
_COLUMNS = (
    "pk", "code_hash", "number", "status", "received_on", "due_on", "due_provisional",
    "due_why", "correction_until", "closed_on", "outcome", "agency__phone",
)  # fmt: skip
_OF_NUMBER = Compiled(
    lambda number: DisclosureRequest.objects.filter(number=number).values_list(
        *_COLUMNS
    ),
    like="",
)


def find(number: str, code: str) -> tuple | None:
    """What anyone may know of the request of this number and code, as a named tuple.

    None if there is none; the same work whatever is wrong.
    """
    case = next(_OF_NUMBER.rows(number), None)
    kept = case.code_hash if case else ""
    right = compare_digest(kept or "0" * 64, _hash(number, code))
    return case if right and kept else None
