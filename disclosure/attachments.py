"""Which files may be attached: known by content, bounded in size, stored blind."""

from io import BytesIO
from pathlib import PurePath
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024
"""Bytes."""

_OFFICE_MEMBERS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".ofd": "OFD.xml",
}
_ACTIVE = ("vbaProject.bin", "/embeddings/", "/activeX/", "/externalLinks/")


def _archive_kind(content: bytes) -> str:
    try:
        names = ZipFile(BytesIO(content)).namelist()
    except (BadZipFile, NotImplementedError, ValueError):
        return ""  # broken, of an unknown version, or with names in no known code
    if any(part in f"/{name}" for name in names for part in _ACTIVE):
        return ""
    kinds = [kind for kind, member in _OFFICE_MEMBERS.items() if member in names]
    return kinds[0] if len(kinds) == 1 else ""


def kind_of(content: bytes) -> str:
    """The ending that the content deserves, or nothing for what is not accepted."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return ".pdf"
    if content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9"):
        return ".jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82"):
        return ".png"
    if content.startswith(b"PK\x03\x04"):
        return _archive_kind(content)
    return ""


def check_file(file):
    """Refuse a file that is too large, or whose content is not of an accepted kind."""
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB."), "too_large")
    file.open()
    content = file.read()
    file.seek(0)
    kind = kind_of(content)
    ending = PurePath(file.name).suffix.lower().replace(".jpeg", ".jpg")
    if not kind or kind != ending:
        raise ValidationError(
            _("The content is not that of a PDF, OFD, Word, Excel, JPEG or PNG file."),
            "wrong_type",
        )


def stored_name(attachment, name: str) -> str:
    """A random name: what a file is called and whose it is, only the database knows."""
    return f"attachments/{uuid4().hex}{PurePath(name).suffix.lower()}"
