"""The pages outside the admin on which staff work with cases of any kind."""

from casework.desk.cases import CaseDesk
from casework.desk.lists import Column, ListPage
from casework.desk.rows import Rows

__all__ = ["CaseDesk", "Column", "ListPage", "Rows"]
