"""`oskil serve`: the API and the site, from this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oskil.cli.options import LedgerOption, ProfileOption

if TYPE_CHECKING:
    from fastapi import FastAPI

    from oskil.ledger.store import Ledger

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; by default this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="The port.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="OSKIL_TOKEN",
            metavar="SECRET",
            help="What a client must show to add texts; without it nothing can be added.",
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="FOLDER",
            help="A folder that `oskil publish` wrote; by default a draft is written anew.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="Another host name that the server answers to; repeatable."
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=64,
            help="Processes that answer, each a request at a time; by default one a core, at most four.",
        ),
    ] = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Serve the API and the site.

    Listens on this machine alone unless --host says otherwise; then every request takes the token, for the
    API gives the ledger unredacted. Stop it with Ctrl-C.
    """
    from oskil.cli import rooms
    from oskil.errors import InputError
    from oskil.publishing.api import workers

    if host not in _LOOPBACK and not token:
        raise InputError("listening to other machines takes a --token: the API is unredacted", host)
    if site is not None and not (site / "index.html").is_file():
        raise InputError("there is no page in this folder; `oskil publish FOLDER` writes one", str(site))
    with ExitStack() as held:
        folder = site or _draft(held, ledger, profile)

        @contextmanager
        def opened() -> Iterator[FastAPI]:
            with rooms.open_to_look(ledger) as store:
                yield _application(store, host, token, folder, name or [], profile)

        workers.run(opened, host, port, count or workers.usual(), lambda bound: _tell(host, bound))


def _tell(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{port}/ (the API: /api/openapi.json)", flush=True)


def _draft(held: ExitStack, ledger: str | None, profile: str | None) -> Path:
    """A draft of the site in a folder that goes away with the server."""
    import tempfile

    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.cli.console import progress

    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="oskil-site-"))) / "site"
    with rooms.open_to_look(ledger) as store, progress("Writing the page"):
        data, found = pipeline.data_for(store)
        pipeline.publish(
            store,
            rooms.gazetteer(),
            folder,
            rooms.profile_of(profile),
            pipeline.Manner(),
            data=data,
            found=found,
        )
    return folder


def _application(
    store: Ledger,
    host: str,
    token: str | None,
    site: Path,
    names: list[str],
    profile: str | None,
) -> FastAPI:
    from oskil import pipeline
    from oskil.cli import rooms
    from oskil.publishing.api.app import create_app
    from oskil.publishing.api.serving import Serving
    from oskil.reading.kinds import kinds

    shown = f"[{host}]" if ":" in host else host
    return create_app(
        Serving(
            ledger=store,
            gazetteer=rooms.gazetteer(),
            kinds={k.id: k.about for k in kinds()},
            read=pipeline.text_reader(store, lambda: rooms.reader_for(profile)) if token else None,
            token=token,
            closed=host not in _LOOPBACK,
            site=site,
            hosts=("localhost", "127.0.0.1", "[::1]", shown.lower(), *(n.lower() for n in names)),
        )
    )
