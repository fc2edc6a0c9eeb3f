"""That the committed templates are what the script builds, in the standard's layout."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from disclosure.letters.build import FOLDER, built
from disclosure.letters.layout import CHARACTER, LINE, STYLES
from disclosure.letters.texts import TEMPLATES

KINDS = sorted(TEMPLATES)
MM = 1440 / 25.4


def committed(kind):
    return FOLDER / f"{TEMPLATES[kind].name(kind)}.docx"


def parts(file):
    """What stands in the file, without the day on which it was made."""
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_there_is_a_file_for_each_kind_and_no_other():
    assert sorted(FOLDER.iterdir()) == [committed(kind) for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_a_committed_template_is_what_the_script_builds(kind):
    file = BytesIO()
    built(kind).save(file)

    assert parts(committed(kind)) == parts(file)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_that_of_the_standard(kind):
    page = Document(committed(kind)).sections[0]._sectPr
    size, margins = page.find(qn("w:pgSz")), page.find(qn("w:pgMar"))
    told = {name: int(margins.get(qn(f"w:{name}"))) for name in
            ("top", "left", "right", "bottom", "footer")}  # fmt: skip

    assert (size.get(qn("w:w")), size.get(qn("w:h"))) == ("11906", "16838")
    assert (told["top"], told["left"]) == (2098, 1587)
    assert 11906 - told["left"] - told["right"] == round(156 * MM)
    assert 16838 - told["top"] - told["bottom"] == round(225 * MM)
    # The middle of the page number's line of 320 lies 7 mm beneath the type area.
    middle = told["bottom"] - told["footer"] - 320 / 2
    assert middle == pytest.approx(7 * MM, abs=0.5 * MM)


def test_22_lines_and_28_characters_fill_the_type_area():
    assert (round(225 * MM) // LINE, round(156 * MM) // CHARACTER) == (22, 28)


@pytest.mark.parametrize("kind", KINDS)
def test_every_run_names_its_fonts(kind):
    document = Document(committed(kind))
    section = document.sections[0]
    of_styles = {font for style in STYLES.values() for font in [style.font]}
    bodies = (
        (document.element.body, of_styles),
        (section.footer._element, {"宋体"}),
        (section.even_page_footer._element, {"宋体"}),
    )
    for body, known in bodies:
        runs = list(body.iter(qn("w:r")))
        assert runs
        for run in runs:
            fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
            named = {fonts.get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "eastAsia")}
            assert len(named) == 1
            assert named <= known
            assert fonts.get(qn("w:hint")) == "eastAsia"


@pytest.mark.parametrize("kind", KINDS)
def test_a_paragraph_and_a_run_say_how_they_look_once_and_first(kind):
    # Word calls a file damaged that says it twice, or too late.
    document = Document(committed(kind))
    section = document.sections[0]
    for part in (document, section.footer, section.even_page_footer):
        for name, look in (("w:p", "w:pPr"), ("w:r", "w:rPr")):
            for element in part._element.iter(qn(name)):
                places = [at for at, c in enumerate(element) if c.tag == qn(look)]
                assert places == [0]


@pytest.mark.parametrize(
    ("style", "font", "half_points", "indents"),
    [
        ("公文标题", "方正小标宋简体", 44, (0, 0)),
        ("公文正文", "仿宋_GB2312", 32, (630, 0)),
        ("公文一级标题", "黑体", 32, (630, 0)),
        ("公文二级标题", "楷体_GB2312", 32, (630, 0)),
        ("公文日期", "仿宋_GB2312", 32, (0, 1280)),
    ],
)
def test_the_styles_are_those_of_the_standard(style, font, half_points, indents):
    found = Document(committed("reply")).styles[style].element
    look, shape = found.find(qn("w:rPr")), found.find(qn("w:pPr"))
    indent, lines = shape.find(qn("w:ind")), shape.find(qn("w:spacing"))

    assert look.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert int(look.find(qn("w:sz")).get(qn("w:val"))) == half_points
    assert (lines.get(qn("w:line")), lines.get(qn("w:lineRule"))) == ("579", "exact")
    first, right = (int(indent.get(qn(f"w:{side}"))) for side in ("firstLine", "right"))
    assert (first, right) == indents


def test_a_page_number_stands_between_dashes_at_the_outer_edge():
    document = Document(committed("reply"))
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, edge in (
        (section.footer, "right"),
        (section.even_page_footer, "left"),
    ):
        (line,) = footer.paragraphs
        shape = line._element.find(qn("w:pPr"))
        field = line._element.iter(qn("w:instrText"))
        assert line.text == "— 1 —"
        assert [code.text.strip() for code in field] == ["PAGE"]
        assert shape.find(qn("w:jc")).get(qn("w:val")) == edge
        assert shape.find(qn("w:ind")).get(qn(f"w:{edge}")) == "280"
        sizes = {size.get(qn("w:val")) for size in line._element.iter(qn("w:sz"))}
        assert sizes == {"28"}
