"""The commands, joined; and what happens when one of them fails."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from oskil.cli import (
    annotate,
    check,
    claims,
    control,
    correct,
    doctor,
    document,
    exits,
    export,
    forecasts,
    gazetteer,
    layer,
    losses,
    origins,
    place,
    propositions,
    publish,
    read,
    seal,
    serve,
    sources,
    taking,
    verify,
    watch,
    withdraw,
)
from oskil.cli.console import complain, complain_of
from oskil.errors import OskilError


class Commands(TyperGroup):
    """The group of all commands: every failure becomes one line and an exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; print what went wrong and exit with its code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _abandon_stdout()
            raise typer.Exit(exits.NO_READER) from None
        except KeyboardInterrupt:
            complain("interrupted")
            raise typer.Exit(exits.INTERRUPTED) from None
        except OskilError as error:
            _debug()
            complain_of(error)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            _debug()
            complain(error.strerror or str(error), str(error.filename or ""))
            raise typer.Exit(exits.WRITE) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if _is_usage(error):
                _without_jargon(error)
                raise
            _debug()
            complain(f"{type(error).__name__}: {error} (OSKIL_DEBUG=1 shows where)", "unexpected")
            raise typer.Exit(exits.UNEXPECTED) from None


def _is_usage(error: Exception) -> bool:
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _without_jargon(error: Any) -> None:
    """What the parser of options puts before its own words says nothing to whoever typed them."""
    if isinstance(getattr(error, "message", None), str):
        error.message = error.message.removeprefix("Value error, ")


def _debug() -> None:
    from oskil.settings import settings

    if settings().debug:
        import traceback

        traceback.print_exc()


def _abandon_stdout() -> None:
    """What is still in the buffer would fail again at exit; it goes nowhere instead."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(wanted: bool) -> None:
    if wanted:
        from oskil import __version__

        print(f"oskil {__version__}")
        raise typer.Exit


def _encode_anything() -> None:
    """A terminal of another encoding gets escapes for what it cannot show, not an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog=exits.epilog(),
)


@app.callback()
def oskil(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Reads war reporting and keeps a sourced record of every claim."""
    _encode_anything()


# What the list of all commands says of one whose own first sentence does not fit into 80 columns.
SHORT = {
    "watch": "Poll a list of sources into the ledger, politely.",
    "losses": "Count a loss list, or tell what changed between two states.",
    "document": "List the documents, or show one with its revisions.",
    "place": "Show all that is said of a place, and what contradicts what.",
    "propositions": "List what claims say alike, with outlets and origins.",
    "origins": "Draw where a claim came from: whose word it is, through whom.",
    "control": "Infer who holds what, with probabilities and their reasons.",
    "sources": "List the track records of sources.",
    "forecasts": "List forecasts with what became of them.",
    "check": "List the verdicts on what the claims state.",
    "correct": "Record a correction: what, why, and who says so.",
    "withdraw": "Record a withdrawal: why, and who says so.",
    "seal": "Sign the hash of the ledger's last entry, or prove a seal.",
    "export": "Write the whole ledger, or claims in the formats of others.",
    "gazetteer": "Places that texts are matched with: add, list, search.",
    "layer": "Rivers, roads, borders: layers for checks and maps.",
}

for module in (
    read,
    watch,
    losses,
    document,
    claims,
    place,
    propositions,
    origins,
    control,
    sources,
    forecasts,
    check,
    publish,
    serve,
    annotate,
    correct,
    withdraw,
    verify,
    seal,
    export,
    doctor,
):
    name = module.__name__.rpartition(".")[2]
    app.command(name, epilog=exits.epilog(), short_help=SHORT.get(name))(getattr(module, name))
    if module is export:
        app.command("import", epilog=exits.epilog())(taking.take)

for name, group in (("gazetteer", gazetteer.app), ("layer", layer.app)):
    app.add_typer(group, name=name, epilog=exits.epilog(), short_help=SHORT[name])
