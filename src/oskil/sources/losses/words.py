"""What loss lists call their columns and their statuses: the lists of `columns.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "columns.yaml"
NEEDED = ("side", "item", "status", "listed")


@dataclass(frozen=True, slots=True)
class Words:
    """The fields are those of `columns.yaml`, in lower case but for the assessors' names."""

    columns: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    assessors: Mapping[str, tuple[str, ...]]
    titles: tuple[tuple[str, ...], ...]

    def roles(self, header: Sequence[str]) -> dict[str, int]:
        """The index of the column for each role that the header has."""
        at = {name.strip().lower(): index for index, name in reversed(list(enumerate(header)))}
        found = {role: next((at[n] for n in names if n in at), None) for role, names in self.columns.items()}
        return {role: index for role, index in found.items() if index is not None}

    def is_status(self, text: str) -> bool:
        """Whether this is what a list says became of something."""
        return text.strip().lower().startswith(self.statuses)

    def assessor(self, *texts: str) -> str:
        """Whose list this is by the words of its name, title or link; empty where none tells."""
        low = " ".join(texts).lower()
        return next((name for name, marks in self.assessors.items() if any(m in low for m in marks)), "")

    def is_title(self, title: str) -> bool:
        """Whether a page of this title is a loss list."""
        return any(all(word in title.lower() for word in words) for words in self.titles)


@cache
def words() -> Words:
    """The shipped lists."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
    return Words(
        {role: tuple(names) for role, names in data["columns"].items()},
        tuple(data["statuses"]),
        {name: tuple(marks) for name, marks in data["assessors"].items()},
        tuple(tuple(title) for title in data["titles"]),
    )
