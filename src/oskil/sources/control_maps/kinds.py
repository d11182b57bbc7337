"""What a kind of control map calls its properties and its statuses: the records of `kinds.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from oskil.errors import ProfileError

FILE = Path(__file__).parent / "kinds.yaml"
_BREAK = re.compile(r"[^\w]+|_(?=\D)", re.U)


@dataclass(frozen=True, slots=True)
class Status:
    """What areas with one of these words are: held by `holder`, or contested, or neither is told."""

    words: tuple[str, ...]
    holder: str | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of control map; the fields are those of `kinds.yaml`."""

    id: str
    statuses: tuple[Status, ...]
    status: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    assessor: str = ""
    in_file: tuple[str, ...] = ()
    in_words: tuple[str, ...] = ()
    separator: str = ""
    elsewhere: str | None = None
    within: str | None = None

    def meaning(self, status: str) -> Status | None:
        """What areas of this status are: the entry whose longest words the status holds; None without."""
        found = [(len(w), entry) for entry in self.statuses for w in entry.words if holds(status, w)]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def folded(text: str) -> str:
    """A status or a name for comparing: lower case, words apart by one blank."""
    return " ".join(_BREAK.sub(" ", text).lower().split())


def holds(text: str, words: str) -> bool:
    """Whether a text holds these words, as whole words."""
    return f" {folded(words)} " in f" {folded(text)} "


def kind_of(name: str, statuses: Iterable[str]) -> Kind:
    """The kind that recognises a file by its name or by the statuses in it; "plain" where none does."""
    seen = list(statuses)
    for kind in kinds().values():
        if any(holds(name, w) for w in kind.in_file):
            return kind
        if any(holds(status, w) for w in kind.in_words for status in seen):
            return kind
    return kinds()["plain"]


@cache
def kinds() -> Mapping[str, Kind]:
    """The shipped kinds by id."""
    return read(FILE)


def read(path: Path) -> Mapping[str, Kind]:
    """The kinds that a file states. Raises ProfileError with the file and the field."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf8"), Loader=loader)
        return {str(ident): _kind(str(ident), fields) for ident, fields in data.items()}
    except OSError as error:
        raise ProfileError(f"no such file of kinds: {error.strerror}", str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProfileError(f"not YAML: {' '.join(str(error).split())}", str(path)) from error
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise ProfileError(f"a kind of control map has the wrong form: {error}", str(path)) from error


def _kind(ident: str, fields: Mapping[str, Any]) -> Kind:
    recognise = fields.get("recognise") or {}
    lists = {name: _words(fields.get(name)) for name in ("status", "holder", "label", "day")}
    return Kind(
        ident,
        tuple(_status(entry) for entry in fields.get("statuses") or ()),
        **lists,
        assessor=str(fields.get("assessor") or ""),
        in_file=_words(recognise.get("file")),
        in_words=_words(recognise.get("words")),
        separator=str(fields.get("separator") or ""),
        elsewhere=fields.get("elsewhere"),
        within=fields.get("within"),
    )


def _status(entry: Mapping[str, Any]) -> Status:
    return Status(_words(entry["words"]), entry.get("holder"), bool(entry.get("contested")))


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list of words")
    return tuple(str(item) for item in value)
