"""What the figures of the forms are counted in."""

from django.utils.translation import pgettext_lazy

ENTRIES = pgettext_lazy("unit", "entries")
PIECES = pgettext_lazy("unit", "pieces")
TIMES = pgettext_lazy("unit", "times")
ARTICLES = pgettext_lazy("unit", "articles")
BODIES = pgettext_lazy("unit", "bodies")
PERSONS = pgettext_lazy("unit", "persons")
PERSON_TIMES = pgettext_lazy("unit", "person-times")
ISSUES = pgettext_lazy("unit", "issues")
COPIES = pgettext_lazy("unit", "copies")
COPIES_AN_ISSUE = pgettext_lazy("unit", "copies an issue")
FORMS = pgettext_lazy("unit", "forms")
TERMS = pgettext_lazy("unit", "terms")
SESSIONS = pgettext_lazy("unit", "sessions")
COMMITMENTS = pgettext_lazy("unit", "commitments")
SECTIONS = pgettext_lazy("unit", "sections")
YUAN = pgettext_lazy("unit", "yuan")
TEN_THOUSAND_YUAN = pgettext_lazy("unit", "10,000 yuan")
PER_CENT = "%"
