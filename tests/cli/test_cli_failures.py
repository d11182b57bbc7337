"""Every failure is one line and an exit code; and nothing heavy is loaded for the help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_example import Oskil

from oskil.cli import rooms
from oskil.errors import LedgerBroken, LedgerError, OskilError, PublishError, SourceError

HEAVY = (
    "sqlalchemy",
    "numpy",
    "trafilatura",
    "dateparser",
    "pint",
    "pyproj",
    "shapely",
    "yaml",
    "httpx",
    "rich",
)


def test_the_help_loads_nothing_heavy() -> None:
    code = "import sys, oskil.cli.app; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not set(HEAVY) & set(loaded)


def test_the_list_of_commands_breaks_no_sentence_off(oskil: Oskil) -> None:
    assert not [line for line in oskil("--help").out.splitlines()[1:] if line.endswith("...")]


def test_the_version(oskil: Oskil) -> None:
    from oskil import __version__

    assert oskil("--version").out == f"oskil {__version__}\n"


@pytest.mark.parametrize(
    "command", ["read", "claims", "place", "check", "publish", "annotate", "verify", "doctor"]
)
def test_each_command_has_help_in_eighty_columns(command: str, oskil: Oskil) -> None:
    done = oskil(command, "--help")
    assert done.code == 0 and "Exit codes" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("read",),
        ("claims", "--no-such-option"),
        ("claims", "--since", "yesterday"),
        ("claims", "--format", "xml"),
        ("claims", "--limit", "0"),
        ("check", "--outcome", "maybe"),
        ("read", "-", "--published", "some day"),
        ("read", "-", "--url", "javascript:alert(1)"),
    ],
)
def test_a_wrong_command_line_exits_with_2(arguments: tuple[str, ...], oskil: Oskil) -> None:
    done = oskil(*arguments)
    assert done.code == 2 and done.out == "" and "Traceback" not in done.err


@pytest.mark.parametrize(
    "command", [("claims",), ("place", "Balakliya"), ("check",), ("verify",), ("publish", "site")]
)
def test_without_a_ledger_nothing_is_made(
    command: tuple[str, ...], oskil: Oskil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = oskil(*command)
    assert done.code == 4 and "there is no ledger here yet" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SourceError("an empty file", "a.md"), 3),
        (LedgerError("the disk is full", "l.db"), 4),
        (PublishError("cannot be written", "site"), 4),
        (LedgerBroken("entry 3 does not match", "l.db"), 5),
        (OskilError("odd\nindeed \x1b[2J", ""), 1),
    ],
)
def test_our_errors_are_one_line_with_their_code(
    error: OskilError, code: int, oskil: Oskil, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(where: object) -> None:
        raise error

    monkeypatch.setattr(rooms, "open_to_look", fail)
    done = oskil("claims")
    assert done.code == code and done.out == ""
    assert done.err.count("\n") == 1 and done.err.startswith("oskil: ") and "\x1b" not in done.err
    if error.where:
        assert done.err == f"oskil: {error.where}: {error.message}\n"


def test_what_nobody_expected_is_one_line_too(oskil: Oskil, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(where: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr(rooms, "open_to_look", fail)
    done = oskil("claims")
    assert done.code == 1 and "RuntimeError: a wheel came off" in done.err and done.err.count("\n") == 1
    monkeypatch.setenv("OSKIL_DEBUG", "1")
    assert "Traceback" in oskil("claims").err


def test_a_full_disk_is_said_in_one_line(oskil: Oskil, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(where: object) -> None:
        raise OSError(28, "No space left on device", "/full/site")

    monkeypatch.setattr(rooms, "open_to_look", fail)
    done = oskil("claims")
    assert (done.code, done.err) == (4, "oskil: /full/site: No space left on device\n")


def test_an_interruption_is_quiet(oskil: Oskil, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(where: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rooms, "open_to_look", fail)
    done = oskil("claims")
    assert (done.code, done.err) == (130, "oskil: interrupted\n")


def test_bash_completion_knows_commands_and_options(process: Oskil) -> None:
    def complete(words: str, at: int) -> str:
        env = {"_OSKIL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        return process(env=env).out

    assert {"read", "claims", "place"} <= set(complete("oskil ", 1).split())
    assert "--as-known-on" in complete("oskil claims --as", 2)
    assert set(complete("oskil claims --format js", 3).split()) == {"json", "jsonl"}


def test_the_completion_script_is_bash(process: Oskil, tmp_path: Path) -> None:
    done = process("--show-completion", "bash", env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    script = tmp_path / "complete.sh"
    script.write_text(done.out)
    assert done.code == 0 and "complete" in done.out
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_a_reader_that_goes_away_is_no_error_message(tmp_path: Path) -> None:
    """`oskil ... | head -1`: the code of SIGPIPE, and silence."""
    code = (
        "import sys; from oskil.cli import doctor, main\n"
        "many = [doctor.Finding('x', 'well', 'y' * 200)] * 5000\n"
        "doctor.findings = lambda *a: many\n"
        "sys.argv = ['oskil', 'doctor', '--format', 'jsonl']; main()"
    )
    read_end, write_end = os.pipe()
    child = subprocess.Popen([sys.executable, "-c", code], stdout=write_end, stderr=subprocess.PIPE)
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        json.loads(stream.readline())
    assert child.stderr is not None and child.stderr.read() == b""
    assert child.wait(timeout=30) == 141
