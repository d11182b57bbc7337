"""An import that is killed again and again loses nothing it acknowledged, and goes on."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from benchmarks import crash
from benchmarks.postgresql import Server


def test_killed_imports_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "DOCUMENTS", 60)
    found = crash.run(5, lambda n: tmp_path / f"{n}.db", 3)
    assert (found.kills, found.lost, found.broken) == (5, 0, 0)


def test_killed_imports_on_postgresql(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "DOCUMENTS", 60)
    names = itertools.count()
    address = f"{server.address}&raw={tmp_path}/raw"
    found = crash.run(5, lambda n: f"{address}&schema=killed_{next(names)}", 4)
    assert (found.kills, found.lost, found.broken) == (5, 0, 0)
