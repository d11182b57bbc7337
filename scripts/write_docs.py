"""Writes the parts of docs/ that the program can tell best: the commands, and the output in the tour.

    python scripts/write_docs.py            writes them
    python scripts/write_docs.py --check    exits with 1, naming the page, where one is not current

Only what stands between `<!-- begin NAME -->` and `<!-- end NAME -->` in docs/commands.md, and the output in
the `console` blocks of docs/tour.md, is written; the rest is left as it is.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from oskil.cli.app import app
from oskil.cli.exits import MEANINGS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "kharkiv-2022-09"
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
# A place of the reader's own stands for the temporary folder that the commands were run in.
SHOWN_HOME = "/home/you"


def commands() -> dict[str, Any]:
    """The commands by name, as the parser knows them; those of a group under both words."""
    return dict(_flat("", typer.main.get_command(app)))


def _flat(above: str, group: Any) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _flat(f"{above}{name} ", command)
        else:
            yield f"{above}{name}", command


def command_text(name: str, command: Any) -> str:
    """A command as markdown: its usage, what it does, and its options."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["oskil", name, "[OPTIONS]", *(p.metavar or p.name.upper() for p in arguments)])
    lines = [f"### oskil {name}", "", f"    {usage}", "", *paragraphs(command.help), ""]
    lines += [f"- `{p.metavar or p.name.upper()}`: {p.help}" for p in arguments]
    lines += [option_line(p) for p in options]
    return "\n".join(lines) + "\n"


def paragraphs(text: str) -> list[str]:
    """The help text with its paragraphs each on one line."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).splitlines()


def option_line(option: Any) -> str:
    """An option as an item of a list, with its default and its variable."""
    names = ", ".join(f"`{name}`" for name in (*option.secondary_opts, *option.opts))
    value = f" `{option.metavar}`" if option.metavar else ""
    more = []
    if isinstance(option.default, str):
        more.append(f"default `{option.default}`")
    if option.envvar:
        more.append(f"variable `{option.envvar}`")
    return f"- {names}{value}: {option.help}" + (f" ({'; '.join(more)})" if more else "")


def generated() -> Iterator[tuple[str, str]]:
    """The generated stretches of docs/commands.md, by name."""
    yield "commands", "\n".join(command_text(name, command) for name, command in commands().items())
    rows = [f"| {code} | {meaning} |" for code, meaning in MEANINGS.items()]
    yield "exit codes", "\n".join(["| code | meaning |", "| --- | --- |", *rows, ""])


def commands_page(page: str) -> str:
    """docs/commands.md with its generated stretches anew."""
    for name, text in generated():
        marked = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
        if not marked.search(page):
            raise SystemExit(f"docs/commands.md: no stretch for {name!r}")
        page = marked.sub(lambda m, text=text: f"{m[1]}\n{text}\n{m[2]}", page)
    return page


def tour_page(page: str) -> str:
    """docs/tour.md with every command run again, in order, on the shipped example and a ledger of its own."""
    with tempfile.TemporaryDirectory(prefix="oskil-tour-") as home, contextlib.chdir(EXAMPLE):
        env = {**os.environ, "OSKIL_LEDGER": f"{home}/ledger.db", "COLUMNS": "80", "TERM": "dumb"}
        env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        return BLOCK.sub(lambda block: f"```console\n{replayed(block[1], env, home)}```", page)


def replayed(block: str, env: dict[str, str], home: str) -> str:
    """The commands of a block, each with what it prints now."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            command = line[2:].replace("~", home)
            printed = piped(command, env) if "|" in command else alone(command, env)
            lines.append(f"{line}\n{printed.replace(home, SHOWN_HOME)}".rstrip() + "\n")
    return "\n".join(lines)


def alone(command: str, env: dict[str, str]) -> str:
    """What a command of ours prints; run in this process, where all is loaded already."""
    return CliRunner().invoke(app, shlex.split(command)[1:], env=env, prog_name="oskil").output


def piped(command: str, env: dict[str, str]) -> str:
    """What a pipeline prints."""
    run = subprocess.run(
        ["bash", "-c", command],
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return run.stdout


PAGES = {"commands.md": commands_page, "tour.md": tour_page}


def main(check: bool) -> int:
    """Write the pages, or say which are not current."""
    stale = 0
    for name, renew in PAGES.items():
        path = ROOT / "docs" / name
        old = path.read_text(encoding="utf8")
        new = renew(old)
        if new != old and check:
            stale += 1
            print(f"docs/{name} is not current; `make docs` writes it", file=sys.stderr)
        elif new != old:
            path.write_text(new, encoding="utf8")
            print(f"wrote docs/{name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
