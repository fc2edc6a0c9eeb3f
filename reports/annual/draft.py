"""A version of the report as it stands now: its figures, its texts, what is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.masking import document_numbers, mobile_numbers
from casework.models import Agency
from casework.tables import TOTAL, Section
from proposals.figures import PREFIXES
from reports.annual.drafts import drafts
from reports.annual.findings import (
    FAILS,
    HOLDS,
    ORDER,
    UNKNOWN,
    WARNS,
    Detail,
    Finding,
    failing,
    of_identities,
    warning,
)
from reports.annual.paper import Chapter, Paper, Run
from reports.annual.parts import Cells, Origin, by_unit, of_parts, origins, submissions
from reports.annual.plausible import of_plausibility
from reports.annual.prose import Mention, Text, spoken, told
from reports.models import AnnualReport, Submission
from reports.printed import blocks, shown
from reports.reported import named
from reports.yearly import Yearly

OWN_ITEMS = Section(
    "items", gettext_lazy("VII. Deputies' suggestions and CPPCC members' proposals")
)
"""Where the form has no section of them, and the body wants one."""


BEGUN = re.compile("（[一二三四五六七八九十]+）")
ACCOUNTABLE = {
    "考核": gettext_lazy("assessment of the work"),
    "评议": gettext_lazy("review by society"),
    "责任追究": gettext_lazy("accountability and its results"),
}
"""What is asked of a government, by the words for it."""
HEADING = re.compile(BEGUN.pattern + "[^。]{1,20}。")
"""What is suggested of a paragraph that the body has to write: its heading."""


@dataclass(frozen=True, eq=False)
class Draft:
    """Figures are those of the body and of everything beneath it whoever looks: who may
    see the report sees all of these agencies."""

    report: AnnualReport

    @cached_property
    def yearly(self) -> Yearly:
        report = self.report
        return Yearly(report.year, report.agency, report.alone)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Those that have a text, in their order."""
        of_form = self.yearly.form.sections
        known = {section.code for section in of_form}
        if self.report.with_items and OWN_ITEMS.code not in known:
            return (*of_form, OWN_ITEMS)
        return of_form

    @property
    def title(self) -> str:
        return self.report.title or self.suggested_title

    @property
    def suggested_title(self) -> str:
        return f"{self.reporting}{self.report.year}年政府信息公开工作年度报告"

    @property
    def reporting(self) -> str:
        """The office of a government reports for the government, with all beneath."""
        name = self.report.agency.name
        if self.report.alone:
            return name
        return name.removesuffix("办公室").removesuffix("办公厅")

    @cached_property
    def suggested(self) -> dict[str, str]:
        """The text of each section as long as nobody has written one."""
        figures = self.yearly.figures
        sessions = {
            prefix: (
                figures[f"{prefix}1.term", TOTAL.code],
                figures[f"{prefix}1.session", TOTAL.code],
            )
            for prefix in (PREFIXES[found.body] for found in self.yearly.items)
        }
        planned = bool(figures["R.plan_tasks", TOTAL.code])
        return drafts(self.yearly.form.edition, sessions, planned)

    def text(self, code: str) -> str:
        return self.report.texts.get(code, self.suggested.get(code, ""))

    @cached_property
    def texts(self) -> dict[str, Text]:
        """By section, with the figures in their places."""
        return {
            section.code: told(self.text(section.code), self.yearly)
            for section in self.sections
        }

    # What came from where

    @cached_property
    def submissions(self) -> dict[int, Submission]:
        return submissions(self.yearly)

    @cached_property
    def by_unit(self) -> dict[int, Cells]:
        return by_unit(self.yearly)

    @cached_property
    def origins(self) -> list[Origin]:
        return origins(self.yearly, self.submissions, self.by_unit)

    # What is found

    @cached_property
    def findings(self) -> list[Finding]:
        """The worst first, each with the reason that was given for it."""
        found = (
            replace(one, reason=self.report.reasons.get(one.code, ""))
            for one in self._found()
        )
        return sorted(found, key=lambda one: ORDER.index(one.state))

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    def _found(self) -> Iterator[Finding]:
        yield from of_identities(self.yearly)
        for section in self.sections:
            yield self._prose(section, self.texts[section.code])
        yield from self._accountable()
        yield self._uncompared()
        yield self._personal()
        yield from of_parts(self.yearly, self.submissions, self.by_unit)
        yield from of_plausibility(self.yearly)

    def _prose(self, section: Section, text: Text) -> Finding:
        label = {"section": section.title}
        name = _("The text says what the tables say: %(section)s") % label
        details = [self._said(one) for one in text.mentions if one.fault]
        suggested = self.suggested.get(section.code, "").splitlines()
        details += [
            Detail(
                _("%(said)s: nothing stands beneath this heading")
                % {"said": said.rstrip("。")}
            )
            for said in _bare(self.text(section.code))
            if said in suggested
        ]
        if not text.paragraphs and not section.parts:
            details.append(Detail(_("The section has no text.")))
        return Finding(f"prose.{section.code}", name, failing(details), details)

    def _accountable(self) -> Iterator[Finding]:
        """What article 50 asks of the report of a government beside all else."""
        government = self.report.agency.kind != Agency.Kind.DEPARTMENT
        if self.report.alone or not government or self.yearly.form.annex:
            return
        text = self.text(self.sections[0].code)
        details = [
            Detail(str(name)) for word, name in ACCOUNTABLE.items() if word not in text
        ]
        name = _(
            "The report of a government tells of assessment, review by society and "
            "accountability (article 50)"
        )
        yield Finding("prose.accountable", name, warning(details), details)

    def _said(self, mention: Mention) -> Detail:
        texts = {
            "unknown": _(
                "%(said)s: there is no such figure; all names stand below the texts"
            ),
            "blank": _("%(said)s: nothing has been reported as “%(figure)s”"),
            "differs": _("%(said)s: “%(figure)s” is %(value)s in the table"),
            "braces": _("A brace is open or closed alone: %(said)s"),
        }
        row, column = mention.row, mention.column
        figure = named(self.yearly.form, row, column)
        value = shown(mention.value)
        said = {"said": mention.said, "figure": figure, "value": value}
        return Detail(texts[mention.fault] % said, row, column)

    def _uncompared(self) -> Finding:
        """Numbers that no table has are not wrong, but nobody has checked them."""
        details = [
            Detail(one.said)
            for text in self.texts.values()
            for one in text.mentions
            if not one.row and not one.fault
        ]
        name = _("Every number typed in a text is one of the tables")
        return Finding("prose.typed", name, UNKNOWN if details else HOLDS, details)

    def _personal(self) -> Finding:
        """An office may give a mobile number as its own; the number of a person's
        document is nothing for anyone to read."""
        report = self.report
        texts = [self.text(section.code) for section in self.sections]
        text = "\n".join([*texts, report.correction, *report.reasons.values()])
        documents, mobiles = [*document_numbers(text)], [*mobile_numbers(text)]
        state = FAILS if documents else WARNS if mobiles else HOLDS
        details = [Detail(number) for number in documents + mobiles]
        name = _("No text has the identity, card or mobile number of a person")
        return Finding("prose.personal", name, state, details)

    # As it is read

    @cached_property
    def paper(self) -> Paper:
        chapters = [
            Chapter(
                section.code,
                str(section.title),
                self.texts[section.code].paragraphs + self._explained(section),
                [
                    replace(block, title="") if block.title == section.title else block
                    for block in blocks(self.yearly, section.parts)
                ],
            )
            for section in self.sections
        ]
        if annex := self.yearly.form.annex:
            tables = list(blocks(self.yearly, annex.parts))
            said = _("Reporting unit (seal): %(unit)s, year %(year)s") % {
                "unit": self.reporting,
                "year": self.report.year,
            }
            title = str(annex.title)
            chapters.append(Chapter(annex.code, title, [[Run(said)]], tables))
        return Paper(self.title, chapters, self._signature(), self._notice())

    def _explained(self, section: Section) -> list[list[Run]]:
        """Why it is published although a check fails: in section six, or in the last
        one of a form whose sixth is of something else."""
        if section is not self.yearly.form.sections[-1]:
            return []
        said = _("Explanation. This check fails: “%(check)s”. %(reason)s")
        return [
            [Run(said % {"check": finding.text, "reason": finding.reason})]
            for finding in self.findings
            if finding.state == FAILS and finding.reason
        ]

    def _signature(self) -> list[tuple[str, str]]:
        """Beneath the form of 2014: who answers for it."""
        if not self.yearly.form.annex:
            return []
        report = self.report
        return [
            (pgettext("report", "head of the unit"), report.head),
            (pgettext("report", "reviewer"), report.reviewer),
            (pgettext("report", "filled in by"), report.writer),
            (pgettext("report", "telephone"), report.phone),
            (
                pgettext("report", "filled in on"),
                spoken(report.filled_on) if report.filled_on else "",
            ),
        ]

    def _notice(self) -> str:
        if self.report.version == 1:
            return ""
        said = {"version": self.report.version, "text": self.report.correction}
        return _("Version %(version)s, corrected: %(text)s") % said


def _bare(text: str) -> Iterator[str]:
    """The headings behind which the next one begins, or nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line, after in pairwise([*lines, ""]):
        if HEADING.fullmatch(line) and (not after or BEGUN.match(after)):
            yield line
