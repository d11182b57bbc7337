"""The docs tell of every command, option, variable and exit code, and what is generated is current."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from types import ModuleType

import pytest
from cli_example import ROOT

from oskil.cli.exits import MEANINGS
from oskil.errors import OskilError

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_and_option_is_documented(writer: ModuleType) -> None:
    sections = dict(re.findall(r"^### oskil ([\w -]+)\n(.*?)(?=^### |<!-- end)", PAGE, re.S | re.M))
    commands = writer.commands()
    assert set(sections) == set(commands)
    for name, command in commands.items():
        for parameter in command.params:
            shown = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
            assert all(f"`{s}`" in sections[name] for s in shown), (
                f"{name}: {shown} is not in docs/commands.md"
            )
            assert parameter.help, f"{name}: {shown} has no help"


def test_every_exit_code_is_documented() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)}
    assert codes == set(MEANINGS)
    raised = {error.exit_code for error in every_error(OskilError)}
    assert raised <= codes


def every_error(root: type[OskilError]) -> set[type[OskilError]]:
    return {root}.union(*(every_error(child) for child in root.__subclasses__()))


def test_every_variable_is_documented() -> None:
    sources = (ROOT / "src" / "oskil").rglob("*.py")
    named = {v for path in sources for v in re.findall(r'"(OSKIL_[A-Z]+)"', path.read_text(encoding="utf8"))}
    assert "OSKIL_LEDGER" in named
    assert not {v for v in named if f"`{v}" not in PAGE}


def test_the_generated_reference_is_current(writer: ModuleType) -> None:
    assert writer.commands_page(PAGE) == PAGE, "run `make docs`"


def test_the_tour_shows_what_the_commands_print_now() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "write_docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
