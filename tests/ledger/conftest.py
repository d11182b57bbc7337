"""The tests of the ledger run on both databases; the PostgreSQL server is a real one of their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_storeroom import Storeroom

from benchmarks.postgresql import Server, missing

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    if reason := missing():
        pytest.skip(reason)
    with Server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Storeroom:
    """A place for a ledger in an empty database of each kind."""
    if request.param == "sqlite":
        return Storeroom(tmp_path / "ledger.db", tmp_path / "ledger.db.raw")
    server: Server = request.getfixturevalue("server")
    raw = tmp_path / "raw"
    return Storeroom(f"{server.address}&schema=test_{next(_NUMBERS)}&raw={raw}", raw)


@pytest.fixture
def where(room: Storeroom) -> str | Path:
    """That place: a path or an address."""
    return room.where
