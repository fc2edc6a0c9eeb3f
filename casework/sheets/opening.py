"""What may be opened at all: its size, its kind by its content, what its zip holds."""

import io
import re
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from casework.sheets.parsing import MEGABYTE, Limits
from casework.sheets.refusals import Unreadable

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE2 = b"\xd0\xcf\x11\xe0"
"""Excel's own format until 2003, and the wrapping of any workbook with a password."""

OTHERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
    b"{\\rtf",
)  # fmt: skip
MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[!?a-z]", re.IGNORECASE)

ENTRY = b"PK\x01\x02"
TYPES = "[Content_Types].xml"
REFUSED_PARTS = {
    "vbaproject.bin": "macros",
    "activex": "macros",
    "externallinks": "links",
    "embeddings": "embedded",
}
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Those of a workbook; the others may ask for gigabytes to unpack a single byte."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError,
    ValueError, LookupError, OSError,
)  # fmt: skip
"""What zipfile raises over broken bytes: a wrong offset is a ValueError to it."""

CHUNK = 2**16


def kind(data: bytes, limits: Limits) -> str:
    """ "xlsx" or "text"; Unreadable if it is neither or may not be opened."""
    if not data:
        raise Unreadable("empty")
    if len(data) > limits.size:
        raise Unreadable("too_large", most=limits.size // MEGABYTE)
    if data.startswith(OLE2):
        raise Unreadable("encrypted_or_old")
    if data.startswith(ZIP):
        _check_zip(data, limits)
        return "xlsx"
    if data.startswith(OTHERS):
        raise Unreadable("not_a_sheet")
    if MARKUP.match(data[:1024].replace(b"\0", b"")):
        raise Unreadable("html")
    return "text"


def _check_zip(data: bytes, limits: Limits) -> None:
    # Counted before the list is read, which itself may be made to fill the memory.
    if data.count(ENTRY) > limits.members:
        raise Unreadable("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            for member in members:
                _check_member(member)
            _check_told(members, len(data), limits)
            if TYPES not in archive.namelist() or not _is_workbook(archive):
                raise Unreadable("not_a_sheet")
            _check_truth(archive, limits)
    except DAMAGE as error:
        raise Unreadable("unreadable") from error


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    with archive.open(TYPES) as source:
        return b"spreadsheetml" in source.read(MEGABYTE)


def _check_member(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if (
        path.is_absolute()
        or ".." in path.parts
        or ":" in member.filename
        or stat.S_ISLNK(member.external_attr >> 16)
        or member.flag_bits & 1
        or member.compress_type not in METHODS
    ):
        raise Unreadable("unsafe")
    for part in path.parts:
        if code := REFUSED_PARTS.get(part.lower()):
            raise Unreadable(code)


def _check_told(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > min(limits.unpacked, limits.ratio * size):
        raise Unreadable("bomb")


def _check_truth(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpacks it all and keeps nothing, for what a zip tells of itself may be a lie."""
    unpacked = 0
    for member in archive.infolist():
        with archive.open(member) as source:
            while chunk := source.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > limits.unpacked:
                    raise Unreadable("bomb")
