"""The command line as users meet it: in this process for what it prints, in one of its own for the rest."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_example import Done, Oskil, read_example
from typer.testing import CliRunner

from oskil.cli.app import app


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Eighty columns, no colours, and never the ledger of whoever runs the tests."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("OSKIL_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("OSKIL_DATA", str(tmp_path / "data"))
    for name in ("OSKIL_PROFILE", "OSKIL_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def oskil() -> Oskil:
    """Runs a command in this process."""
    runner = CliRunner()

    def run(*arguments: object, stdin: bytes | str | None = None) -> Done:
        result = runner.invoke(app, [str(a) for a in arguments], input=stdin, prog_name="oskil")
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def process() -> Oskil:
    """Runs a command in a process of its own, with pipes for its three streams."""

    def run(*arguments: object, stdin: bytes = b"", env: dict[str, str] | None = None) -> Done:
        command = [sys.executable, "-c", "from oskil.cli import main; main()", *map(str, arguments)]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=120,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the shipped example. Look, do not write."""
    ledger = tmp_path_factory.mktemp("example") / "ledger.db"
    read_example(ledger)
    return ledger
