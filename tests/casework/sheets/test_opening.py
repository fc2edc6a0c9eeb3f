"""What is not even opened: each is refused by a code, and with little memory."""

import io
import random
import stat
import zipfile
from dataclasses import replace

import pytest

from casework.sheets import Unreadable, read
from casework.sheets.opening import kind
from casework.sheets.parsing import MEGABYTE
from casework.sheets.reading import LIMITS
from tests.casework.sheets.files import (
    a_book,
    changed,
    in_little_memory,
    members,
    saved,
    zipped,
)


def refusal(file, **more):
    with pytest.raises(Unreadable) as error:
        read(file if hasattr(file, "read") else io.BytesIO(file), **more)
    return error.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"a,b\n" * (3 * MEGABYTE), "too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted_or_old"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("\ufeff\r\n <!DOCTYPE html><html>".encode(), "html"),
        ("<TABLE>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "html"),
        (b"%PDF-1.7\n", "not_a_sheet"),
        (b"\x89PNG\r\n\x1a\n", "not_a_sheet"),
        (b"PK\x03\x04 and then nothing", "unreadable"),
    ],
)
def test_a_file_is_known_by_its_content(data, code):
    assert refusal(data) == code


def test_a_zip_that_is_no_workbook_is_none_whatever_it_is_called():
    document = {"[Content_Types].xml": "<Types>wordprocessingml</Types>"}

    assert refusal(zipped({"a.csv": "a,b\n"})) == "not_a_sheet"
    assert refusal(zipped(document)) == "not_a_sheet"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl__vbaProject.bin", "macros"),
        ("xl__activeX__activeX1.xml", "macros"),
        ("xl__externalLinks__externalLink1.xml", "links"),
        ("xl__embeddings__oleObject1.bin", "embedded"),
        ("..__outside.xml", "unsafe"),
        ("xl__..__..__outside.xml", "unsafe"),
        ("__etc__passwd", "unsafe"),
        ("C:__outside.xml", "unsafe"),
        ("xl\\..\\outside.xml", "unsafe"),
    ],
)
def test_a_workbook_with_more_than_rows_is_refused(part, code):
    assert refusal(changed(saved(a_book()), **{part: "x"})) == code


def linked(info):
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def test_a_member_that_points_elsewhere_is_refused():
    assert refusal(zipped(members(saved(a_book())), linked)) == "unsafe"


def test_a_member_with_a_password_is_refused():
    data = bytearray(saved(a_book()).getvalue())
    # The flag of the first entry of the central directory, as a zip program sets it.
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(data)) == "unsafe"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_no_workbook_uses_is_refused(method):
    assert refusal(zipped(members(saved(a_book())), method=method)) == "unsafe"


def bomb(size):
    """A workbook with one text of so many megabytes."""
    file = saved(a_book())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        part.write(b"<sst><si><t>")
        for _ in range(size):
            part.write(bytes(MEGABYTE))
        part.write(b"</t></si></sst>")
    file.seek(0)
    return file


def many_types():
    """A workbook whose list of types is the bomb."""
    types = b"<Types>" + b" " * 99 * MEGABYTE + b"</Types>"
    return changed(saved(a_book()), **{"[Content_Types].xml": types})


def too_many():
    parts = {f"xl/media/{number}.txt": "" for number in range(250)}
    return zipped({**members(saved(a_book())), **parts})


def a_lie():
    """A member of 20 MB that tells of 20 bytes."""
    data = bytearray(bomb(20).getvalue())
    told = (20 * MEGABYTE + 27).to_bytes(4, "little")
    while (place := data.find(told)) >= 0:
        data[place : place + 4] = (20).to_bytes(4, "little")
    return io.BytesIO(bytes(data))


ENTRIES = b"PK\x01\x02".ljust(46, b"\0") * 200_000
BOMBS = [
    pytest.param(lambda: bomb(50), "bomb", id="ratio"),
    pytest.param(lambda: bomb(400), "bomb", id="one_text"),
    pytest.param(many_types, "bomb", id="types"),
    pytest.param(too_many, "bomb", id="members"),
    pytest.param(lambda: io.BytesIO(b"PK\x03\x04" + ENTRIES), "bomb", id="entries"),
    pytest.param(a_lie, "unreadable", id="lie"),
]


@pytest.mark.parametrize(("make", "code"), BOMBS)
def test_a_bomb_is_refused_with_little_memory(make, code):
    file = make()
    with in_little_memory():
        assert refusal(file) == code


def test_what_unpacks_to_more_than_the_limit_is_refused_whatever_the_ratio():
    limits = replace(LIMITS, unpacked=MEGABYTE, ratio=10_000)

    assert refusal(bomb(2), limits=limits) == "bomb"


def spoilt(book, seed):
    """A workbook in which some bytes of the list of its members are others."""
    data, chance = bytearray(book), random.Random(seed)
    first = data.index(b"PK\x01\x02")
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(first, len(data))] = chance.choice([0, 1, 128, 255])
    return bytes(data)


def test_a_damaged_workbook_is_refused_and_nothing_else():
    codes, book = set(), saved(a_book()).getvalue()
    for seed in range(600):
        try:
            codes.add(kind(spoilt(book, seed), LIMITS))
        except Unreadable as error:
            codes.add(error.code)
    assert codes == {"xlsx", "unreadable", "unsafe", "bomb", "not_a_sheet"}
