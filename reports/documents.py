"""The annual report as a Word file: an official document, its tables as printed."""

import re
from itertools import takewhile
from typing import BinaryIO

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as Upright
from docx.enum.table import WD_TABLE_ALIGNMENT as Middle
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT as Align
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from disclosure.letters.layout import (
    CHARACTER,
    HEITI,
    LEFT,
    RIGHT,
    SONGTI,
    WIDTH,
    look,
    sheet,
    write,
)
from disclosure.letters.rendering import plain
from reports.annual.paper import Chapter, Paper, Run
from reports.printed import Block, Cell, wide

DRAFT = "（草稿，尚未发布）"
LESSER = re.compile(r"（[一二三四五六七八九十]+）[^。]{1,24}。?")
"""A line that is a heading of the second level, and no paragraph that begins so."""
YEAR = re.compile(r"(?<=.)(?=\d{4}年)")
ONE_LINE = 20
"""Characters of a title that stand in one."""
ANNEX, ANNEXED = "annex", "附件"
ACROSS = WIDTH - LEFT - RIGHT
SIZE, SMALL, WIDE = 10.5, 9, 6
"""五号, and 小五 in tables of more columns than so many."""
NARROWEST, WIDEST = 6, 36
"""Of columns beside each other, in characters; a Han character is two."""
GROUP = 10
"""Of a column of headings, each of many rows: of as many lines."""
WHOLE = 30
"""Rows of a table that stands on one page, if it does not begin far down on it."""


def as_docx(paper: Paper, file: BinaryIO, draft: bool = False) -> None:
    """In the language in which the paper was drawn up."""
    document = sheet()
    about = document.core_properties
    about.title, about.author, about.comments = plain(paper.title), "", ""
    write(document, "公文标题", _in_lines(plain(paper.title)))
    for text in (DRAFT if draft else "", paper.notice):
        if text:
            write(document, "公文字号", plain(text))
    write(document, "公文主送")
    for chapter in paper.chapters:
        if chapter.code == ANNEX:
            _begin_annex(document, chapter)
        else:
            write(document, "公文一级标题", chapter.title)
            for runs in chapter.paragraphs:
                text = _plain(runs)
                lesser = LESSER.fullmatch(text)
                write(document, "公文二级标题" if lesser else "公文正文", text)
        for block in chapter.blocks:
            if block.title and block.title != chapter.title:
                write(document, "公文字号", block.title)
            _print(document, block)
    if paper.signature:
        said = "　".join(f"{label}：{value}" for label, value in paper.signature)
        _say(write(document, "公文主送"), plain(said), SONGTI, SMALL)
    document.save(file)


def _begin_annex(document: Document, chapter: Chapter) -> None:
    """It is named beneath the text, and begins on a page of its own."""
    write(document, "公文主送")
    write(document, "公文正文", f"{ANNEXED}：{chapter.title}")
    marked = write(document, "公文附件", ANNEXED)
    marked.paragraph_format.page_break_before = True
    write(document, "公文主送")
    write(document, "公文标题", chapter.title)
    for runs in chapter.paragraphs:
        _say(write(document, "公文主送"), _plain(runs), SONGTI, SIZE)


def _plain(runs: list[Run]) -> str:
    return plain("".join(run.text for run in runs))


def _in_lines(title: str) -> str:
    """A title that is too long for one line goes on with the year in the next."""
    return YEAR.sub("\n", title, count=1) if len(title) > ONE_LINE else title


def _print(document: Document, block: Block) -> None:
    """A table with merged cells, of which the heads stand on each page again."""
    table = document.add_table(len(block.rows), block.width)
    table.autofit, table.alignment = False, Middle.CENTER
    _draw_lines(table)
    for column, width in zip(table.columns, _widths(block), strict=True):
        column._gridCol.set(qn("w:w"), str(width))
    cells = [row.cells for row in table.rows]
    for row, column, cell in block.placed():
        first = cells[row][column]
        last = cells[row + cell.rowspan - 1][column + cell.colspan - 1]
        _fill(first if first is last else first.merge(last), cell, block)
    _size_cells(table)
    heads = _heads(block)
    for number, row in enumerate(table.rows):
        kept = row._tr.get_or_add_trPr()
        kept.append(OxmlElement("w:cantSplit"))
        if number < heads:
            kept.append(OxmlElement("w:tblHeader"))
    if len(block.rows) <= WHOLE:
        _keep_together(table)


def _keep_together(table: Table) -> None:
    """Every row on the page of the next one."""
    for row in table._tbl.tr_lst[:-1]:
        for paragraph in row.iter(qn("w:p")):
            Paragraph(paragraph, table).paragraph_format.keep_with_next = True


def _fill(place: _Cell, cell: Cell, block: Block) -> None:
    paragraph = place.paragraphs[0]
    left = cell.scope == "row" or block.layout == "rates" and not cell.figure
    paragraph.alignment = Align.LEFT if left else Align.CENTER
    paragraph.paragraph_format.left_indent = Twips(cell.depth * CHARACTER) or None
    place.vertical_alignment = Upright.CENTER
    font = HEITI if cell.scope in ("col", "colgroup") else SONGTI
    size = SMALL if block.width > WIDE else SIZE
    _say(paragraph, plain(_text(cell)), font, size)


def _text(cell: Cell) -> str:
    return cell.shown if cell.figure else str(cell.text)


def _say(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    """Smaller than its style; an empty paragraph is as high as a full one."""
    paragraph._p.get_or_add_pPr().append(parse_xml(look(font, size)))
    run = paragraph.add_run(text)
    run._element.insert(0, parse_xml(look(font, size)))


def _heads(block: Block) -> int:
    """How many rows are heads of all that follows."""
    if block.layout == "items":
        return 0
    heads = takewhile(
        lambda cells: not any(c.figure or c.scope.startswith("row") for c in cells),
        block.rows,
    )
    return len(list(heads))


def _widths(block: Block) -> list[int]:
    """Of the columns, by the longest text that stands in one of them alone."""
    wanted = [NARROWEST] * block.width
    for _row, column, cell in block.placed():
        if cell.colspan == 1:
            group = cell.scope == "rowgroup"
            length = GROUP if group else min(wide(_text(cell)), WIDEST)
            wanted[column] = max(wanted[column], length)
    return [ACROSS * length // sum(wanted) for length in wanted]


def _size_cells(table: Table) -> None:
    """Word looks at the widths of the cells as well."""
    widths = [int(column._gridCol.get(qn("w:w"))) for column in table.columns]
    for row in table._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            span = widths[at : at + cell.grid_span]
            cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(sum(span)))
            at += cell.grid_span


def _draw_lines(table: Table) -> None:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in sides)
    drawn = f"<w:tblBorders {nsdecls('w')}>{''.join(lines)}</w:tblBorders>"
    behind = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(parse_xml(drawn), *behind)
