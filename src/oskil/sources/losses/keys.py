"""What documents of loss lists are called in the ledger."""

from __future__ import annotations

_LISTS = "loss list of "
_PAGE_CHANGES, _TABLE_CHANGES = "changes in the loss list of ", "changes in the loss table of "
# Every document of these has a whole list in the bytes beside it.
BEGINNINGS = (_LISTS, _PAGE_CHANGES, _TABLE_CHANGES)


def list_key(assessor: str, side: str) -> str:
    """The key of a page of one side's losses, which is the whole list on every day."""
    return f"{_LISTS}{assessor}, {side}"


def day_key(assessor: str, side: str, day: object) -> str:
    """The key of what a table has for one side and one day of listing."""
    return f"{list_key(assessor, side)}, {day}"


def changes_key(assessor: str, side: str, of: str, *, page: bool) -> str:
    """The key of what changed from one page or table to the next."""
    return f"{_PAGE_CHANGES if page else _TABLE_CHANGES}{assessor}, {side}, {of}"


def beginnings(assessor: str, side: str, *, page: bool) -> tuple[str, str]:
    """How the keys begin of what was read of a list in the form of pages, or of tables."""
    return day_key(assessor, side, ""), changes_key(assessor, side, "", page=page)
