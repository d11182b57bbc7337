"""The shipped example, and what a command did, for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from oskil.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "kharkiv-2022-09"
# In this order: the second is a revision of the first.
TEXTS = ("article-first.md", "article-revised.md", "summary.md", "channel.md", "saved.html")


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


Oskil = Callable[..., Done]


def read_example(ledger: Path, names: Sequence[str] = TEXTS) -> None:
    """Read the shipped example into a ledger, as its README says."""
    targets = [str(EXAMPLE / name) for name in names]
    result = CliRunner().invoke(app, ["read", "--ledger", str(ledger), *targets])
    assert result.exit_code == 0, result.output
