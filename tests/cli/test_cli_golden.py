"""The tables that people read, against files that people have looked at.

After a change that is meant: `OSKIL_GOLDEN=write .venv/bin/pytest tests/cli/test_cli_golden.py`, then look at
the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_example import Oskil
from cli_handmade import fill

GOLDEN = Path(__file__).parent / "golden"
COMMANDS = {
    "claims": ("claims",),
    "claims-filtered": ("claims", "--kind", "control", "--side", "RU"),
    "claims-csv": ("claims", "--format", "csv"),
    "claims-jsonl": ("claims", "--format", "jsonl", "--limit", "2"),
    "place": ("place", "Balakliya"),
    "place-namesakes": ("place", "Shevchenkove"),
    "place-unspoken": ("place", "Chuhuiv"),
    "check": ("check",),
    "help": ("--help",),
}


@pytest.fixture(scope="module")
def handmade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger made by hand; the reader has no part in it."""
    path = tmp_path_factory.mktemp("handmade") / "ledger.db"
    fill(path)
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_it_reads_as_it_did(name: str, handmade: Path, oskil: Oskil, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSKIL_LEDGER", str(handmade))
    done = oskil(*COMMANDS[name])
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("OSKIL_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(done.out, encoding="utf8")
    assert (done.code, done.err) == (0, "")
    assert done.out == path.read_text(encoding="utf8")


def test_every_table_fits_eighty_columns_and_no_text_steers_the_terminal() -> None:
    for path in GOLDEN.glob("*.txt"):
        text = path.read_text(encoding="utf8")
        assert "\x1b" not in text, path.name
        if path.stem not in ("claims-csv", "claims-jsonl"):
            assert max(map(len, text.splitlines())) <= 80, path.name


def test_there_is_no_golden_file_without_its_command() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(COMMANDS)
