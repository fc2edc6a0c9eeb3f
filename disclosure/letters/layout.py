"""The layout of an official document, GB/T 9704-2012, as python-docx is told of it.

Lengths are in twips, twentieths of a point, as the file keeps them.
"""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as Page
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

WIDTH, HEIGHT = 11906, 16838
"""A4."""
TOP, LEFT = 2098, 1587
"""37 mm and 28 mm."""
RIGHT, BOTTOM = 1475, 1984
"""What the type area of 156 mm by 225 mm leaves: 26 mm and 35 mm."""
FOOTER = 1417
"""From the edge of the sheet: the dash stands 7 mm beneath the type area."""
LINE = 579
"""22 of them fill the type area of 12756 twips."""
CHARACTER, CLOSER = 315, -5
"""28 of them fill its 8844 twips, when those of 16 pt stand a quarter point closer."""

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
XIAOBIAOSONG, SONGTI = "方正小标宋简体", "宋体"
TITLE, BODY, FOOT = 22, 16, 14
"""字号: 2号, 3号, 4号, in points."""


@dataclass(frozen=True)
class Style:
    """How a kind of paragraph looks; indents are in characters."""

    font: str = FANGSONG
    size: int = BODY
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    kept: bool = False
    """Whether it stays on the page of what follows."""


STYLES = {
    "公文标题": Style(XIAOBIAOSONG, TITLE, "center", kept=True),
    "公文字号": Style(align="center"),
    "公文主送": Style(align="left"),
    "公文附件": Style(HEITI, align="left", kept=True),
    "公文正文": Style(first=2),
    "公文末段": Style(first=2, kept=True),
    "公文一级标题": Style(HEITI, first=2, kept=True),
    "公文二级标题": Style(KAITI, first=2, kept=True),
    # About the middle of a date that stands four characters from the edge.
    "公文署名": Style(align="center", left=13, kept=True),
    "公文日期": Style(align="right", right=4),
}


def sheet() -> Page:
    """An empty document with the standard's page, styles and page numbers."""
    document = Document()
    _styles(document.styles.element)
    section = document.sections[0]
    _page(section)
    _page_numbers(document, section)
    _without_extras(document.part.rels)
    _without_extras(document.part.package.rels)
    return document


def write(document: Page, style: str, text: str = "") -> Paragraph:
    """A paragraph of the style; the run itself names its fonts, too."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run._element.insert(0, parse_xml(look(STYLES[style].font, STYLES[style].size)))
    return paragraph


def _without_extras(parts):
    """What the library's own template brings along, and no letter needs."""
    extras = ("/thumbnail", "/stylesWithEffects", "/numbering", "/customXml")
    for key, part in list(parts.items()):
        if part.reltype.endswith(extras):
            del parts[key]


def look(font: str, size: float) -> str:
    """How a run looks: of one font for every script, with half-width figures.

    Quotation marks and dashes, of which both scripts have one, are the full-width ones.
    A number is not of Chinese, which may end a line after each of its figures.
    """
    closer = f'<w:spacing w:val="{CLOSER}"/>' if size == BODY else ""
    return (
        f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="{font}" w:hAnsi="{font}" '
        f'w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>{closer}'
        f'<w:sz w:val="{2 * size:g}"/><w:szCs w:val="{2 * size:g}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )


def _styles(styles):
    """Ours in the place of the library's, which name fonts and spaces of their own."""
    for child in list(styles):
        styles.remove(child)
    styles.append(
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault>{look(FANGSONG, BODY)}"
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" '
            'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        )
    )
    for number, (name, style) in enumerate(STYLES.items(), 1):
        styles.append(parse_xml(_style(f"Letter{number}", name, style)))


def _style(key: str, name: str, style: Style) -> str:
    kept = "<w:keepNext/>" if style.kept else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" '
        f'w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:qFormat/><w:pPr>{kept}<w:widowControl w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
        f'<w:ind w:left="{style.left * CHARACTER}" w:right="{style.right * 20 * BODY}"'
        f' w:firstLine="{style.first * CHARACTER}"/>'
        f'<w:jc w:val="{style.align}"/></w:pPr>{look(style.font, style.size)}'
        "</w:style>"
    )


def _page(section):
    properties = section._sectPr
    for child in list(properties):
        properties.remove(child)
    for part in (
        f'<w:pgSz {nsdecls("w")} w:w="{WIDTH}" w:h="{HEIGHT}"/>',
        f'<w:pgMar {nsdecls("w")} w:top="{TOP}" w:right="{RIGHT}" '
        f'w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" '
        'w:gutter="0"/>',
    ):
        properties.append(parse_xml(part))


def _page_numbers(document: Page, section):
    """“— 1 —” at the outer edge, one character from it."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align, side in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph._element.clear_content()
        paragraph._element.remove(paragraph._element.pPr)
        paragraph._element.insert(
            0,
            parse_xml(
                f'<w:pPr {nsdecls("w")}><w:spacing w:before="0" w:after="0" '
                f'w:line="320" w:lineRule="exact"/><w:ind w:{side}="{20 * FOOT}"/>'
                f'<w:jc w:val="{align}"/></w:pPr>'
            ),
        )
        for run in (
            "<w:t>— </w:t>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            "<w:t> —</w:t>",
        ):
            run = run.replace("<w:t>", '<w:t xml:space="preserve">')
            paragraph._element.append(
                parse_xml(f"<w:r {nsdecls('w')}>{look(SONGTI, FOOT)}{run}</w:r>")
            )
