"""The pages outside the admin on which staff work with cases of any kind."""

from casework.desk.lists import Column, ListPage

__all__ = ["Column", "ListPage"]
