"""Sheets that were sent in to be imported, between their preview and their import."""

import hashlib
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.agencies import User
from casework.seals import seal_bytes, unseal_bytes

VALID = timedelta(minutes=30)
"""How long after it was sent in a sheet can be imported; then its content is erased."""


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody sees what another has sent in."""
        return self.filter(by=user.pk)

    def send_in(self, content: bytes, *, by, kind: str, name: str, encoding: str, now):
        """Keep a sheet, sealed; erase the content of those whose time is over."""
        self.filter(sent_at__lt=now - VALID).exclude(sealed=b"").update(sealed=b"")
        return self.create(
            by=by,
            kind=kind,
            name=name[:200],
            encoding=encoding,
            sealed=seal_bytes(content),
            digest=hashlib.sha256(content).hexdigest(),
            sent_at=now,
        )


class Upload(models.Model):
    """A sheet that was sent in: its content until it is imported, its name for good."""

    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    name = models.CharField(_("file"), max_length=200)
    encoding = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    sent_at = models.DateTimeField(db_index=True)
    imported_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)

    objects = UploadQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def content(self) -> bytes:
        return unseal_bytes(bytes(self.sealed))

    def waiting(self, now: datetime) -> bool:
        """Whether it can still be imported."""
        over = self.imported_at or not self.sealed
        return not over and self.sent_at >= now - VALID

    def imported(self, new: int, same: int, now: datetime):
        """Remember what came of it, in the transaction of the import; forget it."""
        self.new, self.same, self.imported_at, self.sealed = new, same, now, b""
        self.save(update_fields=["new", "same", "imported_at", "sealed"])
