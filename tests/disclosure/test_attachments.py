"""Which files are taken in: by their content, whatever their name says."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.attachments import LARGEST, check_file, kind_of, stored_name


def archive(*members):
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for member in members:
            file.writestr(member, "内容")
    return content.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82"
DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
OFD = archive("OFD.xml", "Doc_0/Document.xml")
ACCEPTED = {
    ".pdf": PDF,
    ".jpg": JPEG,
    ".png": PNG,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".ofd": OFD,
}


def refusal(name, content):
    with pytest.raises(ValidationError) as error:
        check_file(SimpleUploadedFile(name, content))
    return error.value.code


@pytest.mark.parametrize(("kind", "content"), ACCEPTED.items())
def test_the_content_says_what_a_file_is(kind, content):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a",
        b"%PDF-1.7 cut off",
        JPEG[:-1],
        PNG + b"<script>",
        b"PK\x03\x04 no archive",
        archive("setup.exe"),
        archive("word/document.xml", "xl/workbook.xml"),  # two kinds at once
        archive("word/document.xml", "word/vbaProject.bin"),
        archive("word/document.xml", "word/embeddings/oleObject1.bin"),
        archive("word/document.xml", "word/activeX/activeX1.xml"),
        archive("xl/workbook.xml", "xl/externalLinks/externalLink1.xml"),
    ],
)
def test_anything_else_is_nothing(content):
    assert kind_of(content) == ""


@pytest.mark.parametrize(
    "name", ["答复书.pdf", "答复书.PDF", "照片.jpg", "照片.JPEG", "台账.xlsx"]
)
def test_a_file_is_taken_in_under_an_ending_of_its_kind(name):
    kind = f".{name.rpartition('.')[2].lower()}".replace(".jpeg", ".jpg")
    assert check_file(SimpleUploadedFile(name, ACCEPTED[kind])) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("答复书.docx", PDF),
        ("答复书.html", PDF),
        ("答复书", PDF),
        ("答复书.pdf.exe", PDF),
        ("答复书.pdf", b"MZ"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name, content):
    assert refusal(name, content) == "wrong_type"


def test_a_file_may_have_20_megabytes_and_no_more():
    largest = PDF[:-6] + bytes(LARGEST - len(PDF)) + PDF[-6:]
    assert LARGEST == 20_971_520
    assert check_file(SimpleUploadedFile("答复书.pdf", largest)) is None
    assert refusal("答复书.pdf", largest + b"\n") == "too_large"


def test_a_checked_file_can_still_be_read_from_its_beginning():
    file = SimpleUploadedFile("答复书.pdf", PDF)
    check_file(file)
    assert file.read() == PDF


def test_a_stored_name_tells_nothing_but_the_kind():
    names = {stored_name(None, "王小明的申请.PDF") for _ in range(2)}
    assert len(names) == 2
    assert {name[:12] + name[-4:] for name in names} == {"attachments/.pdf"}
    assert {len(name) for name in names} == {len("attachments/") + 32 + 4}


@given(
    st.sampled_from([*ACCEPTED.values()]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    st.integers(0, 2000),
)
@example(archive("文"), [(-25, 255)], 2000)  # a name in no code
@example(archive("a"), [(-63, 99)], 2000)  # of a version to come
def test_a_damaged_file_is_judged_and_breaks_nothing(content, damage, length):
    damaged = bytearray(content)
    for place, value in damage:
        damaged[place % len(damaged)] = value
    assert kind_of(bytes(damaged[:length])) in {"", *ACCEPTED}
