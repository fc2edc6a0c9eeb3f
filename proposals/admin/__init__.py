"""What staff see and press: sessions, items, and what each unit has to do."""

from proposals.admin.items import ItemAdmin
from proposals.admin.sessions import SessionAdmin
from proposals.admin.tasks import TaskAdmin

__all__ = ["ItemAdmin", "SessionAdmin", "TaskAdmin"]
