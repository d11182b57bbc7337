"""What is remembered of each source between polls: one small JSON file, written anew and whole each time."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from oskil.errors import InputError

REMEMBERED = 5_000  # addresses of pages that were read, by source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source's past. Moments are in UTC; None is never.

    `failures` counts the failed polls in a row, `since` is when the first of them was. `newest` is when its
    newest document was published, `last_new` when something new came last. `seen` are pages that were read;
    `after` is the last message of a channel.
    """

    asked: dt.datetime | None = None
    answered: dt.datetime | None = None
    last_new: dt.datetime | None = None
    newest: str = ""
    failures: int = 0
    since: dt.datetime | None = None
    problem: str = ""
    due: dt.datetime | None = None
    etag: str = ""
    modified: str = ""
    documents: int = 0
    seen: tuple[str, ...] = ()
    after: int = 0


class StateFile:
    """The states by the sources' names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._states: dict[str, SourceState] = self._read()

    def of(self, name: str) -> SourceState:
        """What is remembered of a source."""
        return self._states.get(name, SourceState())

    def keep(self, name: str, state: SourceState) -> None:
        """Remember it, on the disk before this returns. Raises InputError where that fails."""
        self._states[name] = state
        data = {key: _plain(value) for key, value in self._states.items()}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.path.parent, prefix=".watch-")
            with os.fdopen(handle, "w", encoding="utf8") as file:
                json.dump(data, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self.path)
        except OSError as error:
            raise InputError(f"the state cannot be written: {error.strerror}", str(self.path)) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the state for this process alone. Raises InputError where another process watches already."""
        import fcntl

        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(self.path.name + ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise InputError("another process is watching with this state", str(self.path)) from error
            try:
                yield
            finally:
                with suppress(OSError):
                    fcntl.flock(file, fcntl.LOCK_UN)

    def _read(self) -> dict[str, SourceState]:
        try:
            data = json.loads(self.path.read_text(encoding="utf8"))
            return {str(name): _state(fields) for name, fields in data.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise InputError(f"the state cannot be read: {error}", str(self.path)) from error


def _plain(state: SourceState) -> dict[str, Any]:
    given = asdict(state)
    return {k: v.isoformat() if isinstance(v, dt.datetime) else v for k, v in given.items()}


def _state(given: Mapping[str, Any]) -> SourceState:
    known = {field.name: field.type for field in fields(SourceState)}
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if name in known:
            moment = "datetime" in str(known[name]) and value is not None
            kept[name] = dt.datetime.fromisoformat(value) if moment else value
    kept["seen"] = tuple(kept.get("seen") or ())
    return SourceState(**kept)
