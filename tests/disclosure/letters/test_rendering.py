"""That a letter holds what was typed, all of it and nothing else."""

import unicodedata
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from disclosure.letters.layout import sheet, write
from disclosure.letters.rendering import plain, rendered, sandbox

HOSTILE = [
    "<b>粗</b>",
    "a & b &amp; c",
    "</w:t></w:r></w:p>",
    "{{ number }}",
    "{% for x in y %}",
    "{# gone #}",
    "{_{ number }_}",
    "{_% if %_}",
    "{{ ''.__class__.__mro__ }}",
    "__class__",
    "“引号”‘单’——破折号……",
    "\"quoted\" 'single'",
    "𠮷野家",
    "\ue000",
    "　全角空格　",
]
DAY = date(2026, 11, 24)


def a_letter(subject="事项", **told):
    """A notice of extension that tells something of everything."""
    facts = {
        "agency": "宝鸡市第一局",
        "phone": "0917-0000001",
        "number": "BJ-2026-0001-75",
        "applicant": "王小明",
        "you": "您",
        "received_on": "2026年3月2日",
        "date": "2026年3月20日",
        "subject": subject,
        "description": ["第一行", "第二行"],
        "extension": "20",
        "due": "2026年4月28日",
        "reason": ["内容较多"],
    } | told
    file = rendered(
        "extension", facts, number="BJ-2026-0001-75", agency="宝鸡市第一局", on=DAY
    )
    return Document(BytesIO(file))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_stands_in_the_letter_as_it_was_typed(typed):
    plainly = texts(a_letter(subject="X"))
    hostile = texts(a_letter(subject=typed))

    assert hostile == [text.replace("X", typed) for text in plainly]


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_character_comes_through_but_those_that_no_letter_can_hold(typed):
    (line,) = [t for t in texts(a_letter(subject=typed)) if t.startswith("申请事项")]

    assert line == f"申请事项：{plain(typed)}"


def test_no_letter_holds_control_characters_and_marks_that_turn_the_reading():
    assert plain("\x00\x07\x0c\n\t\u202e\ufeff\ufffe\uffff中") == "中"
    assert unicodedata.category("\ue000") == "Co"
    assert plain("\ue000\u3000") == "\ue000\u3000"


def test_each_line_of_a_text_is_a_paragraph():
    assert texts(a_letter(description=["甲", "乙 {{ x }}"]))[7:9] == [
        "甲",
        "乙 {{ x }}",
    ]


def test_what_a_template_wants_and_is_not_told_is_an_error():
    with pytest.raises(UndefinedError):
        rendered("extension", {}, number="1", agency="局", on=DAY)


@pytest.mark.parametrize(
    ("tampered", "error"),
    [
        ("{{ ''.__class__ }}", SecurityError),
        ("{{ subject.__class__.__mro__ }}", SecurityError),
        ("{{ subject.format.__globals__ }}", SecurityError),
        ("{{ lines.append.__self__ }}", SecurityError),
        ("{{ cycler.__init__.__globals__ }}", SecurityError),
        ("{{ range(9) }}", UndefinedError),
    ],
)
def test_a_template_that_was_tampered_with_reaches_nothing(
    tampered, error, tmp_path, monkeypatch
):
    document = sheet()
    write(document, "公文正文", tampered)
    document.save(tmp_path / "extension_v1.docx")
    monkeypatch.setattr("disclosure.letters.rendering.FOLDER", tmp_path)
    told = {"subject": "事项", "lines": ["甲"]}

    with pytest.raises(error):
        rendered("extension", told, number="1", agency="局", on=DAY)


def test_the_sandbox_escapes_and_knows_no_function():
    environment = sandbox()

    assert environment.autoescape
    assert environment.globals == {}


def test_the_properties_name_template_case_and_agency():
    about = a_letter().core_properties

    assert (about.title, about.subject, about.comments) == (
        "政府信息公开延期答复告知书",
        "BJ-2026-0001-75",
        "extension_v1",
    )
    assert (about.author, about.last_modified_by) == ("宝鸡市第一局", "宝鸡市第一局")
    assert about.created.date() == DAY
