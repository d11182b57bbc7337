"""`oskil watch`: polls a list of sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli import exits
from oskil.cli.console import complain
from oskil.cli.options import Format, FormatOption, LedgerOption, ProfileOption
from oskil.cli.tables import Column, Listing, safe, write

if TYPE_CHECKING:
    from oskil.pipeline.watching import Poll
    from oskil.sources.watch import Standing, WatchList

STYLES = {"fresh": "green", "late": "yellow", "failing": "red", "not asked": "magenta"}


def watch(
    sources: Annotated[Path, typer.Argument(metavar="LIST", help="A YAML file with the list of sources.")],
    once: Annotated[bool, typer.Option("--once", help="Ask each source that is due once, and end.")] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Ask nobody; tell how each source stands.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Keep a status page in this HTML file.")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="What is remembered between polls; beside the list."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to loopback and private networks.")
    ] = False,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Poll a list of sources into the ledger, politely, for as long as it runs.

    Feeds, sitemaps, pages, lists and maps at addresses, and public Telegram channels. Each is asked at its
    own pace, only if it changed, with pauses between requests to one host, never against its robots.txt, and
    less and less often where it fails. Stop it with Ctrl-C and start it again at any time. A source that
    fails, or from which nothing new came for longer than its list expects, is shown as such: a dead feed is
    no calm front.
    """
    from oskil.sources.watch import StateFile, read_list

    listed = read_list(sources)
    states = StateFile(state or sources.with_name(sources.name + ".state.json"))
    if status:
        _tell(listed, states, page, form)
        return
    with states.alone():
        _poll(listed, StateFile(states.path), page, once, allow_private, profile, ledger, form)


def _poll(
    listed: WatchList,
    states: Any,
    page: Path | None,
    once: bool,
    allow_private: bool,
    profile: str | None,
    ledger: str | None,
    form: Format,
) -> None:
    from oskil.cli import rooms
    from oskil.pipeline.watching import Watcher
    from oskil.sources.fetching import HttpFetcher
    from oskil.sources.watch import Web
    from oskil.sources.watch.page import write as write_page
    from oskil.sources.watch.politeness import WallClock

    web = Web(HttpFetcher(allow_private=allow_private), WallClock())
    channels = _channels(listed, states.path)
    with rooms.open_to_write(ledger) as store:
        watcher = Watcher(listed, states, web, store, rooms.reader_for(profile), channels, rooms.gazetteer())
        try:
            for poll in watcher.run(rounds=1 if once else None):
                _say(poll)
                if page is not None:
                    write_page(watcher.standings(), web.clock.now(), page)
        except KeyboardInterrupt:
            complain("stopped; what was polled is stored")
    if once:
        _tell(listed, states, page, form)


def _channels(listed: WatchList, state: Path) -> Any:
    if not any(one.telegram for one in listed.sources):
        return None
    from oskil.errors import SourceError
    from oskil.sources.telegram.channels import connect

    try:
        return connect(state.with_suffix(".telegram"))
    except SourceError as error:
        complain(error.message, error.where)  # the other sources are polled all the same
        return None


def _say(poll: Poll) -> None:
    """One line for each poll, on standard output, as it happens."""
    from oskil.sources.watch.status import moment

    new, changed, refused = (poll.count(s) for s in ("new", "revision", "refused"))
    told = ", ".join(f"{n} {w}" for n, w in ((new, "new"), (changed, "changed"), (refused, "refused")) if n)
    one = poll.standing
    why = "" if one.health == "fresh" else f" ({one.health}: {one.why})"
    line = f"{moment(one.state.asked)}  {one.watched.name}: {told or 'nothing new'}{why}"
    typer.echo(safe(line), err=True)


def _tell(listed: WatchList, states: Any, page: Path | None, form: Format) -> None:
    """How all sources stand; the exit code says whether one is silent."""
    from datetime import UTC, datetime

    from oskil.sources.watch import standing_of
    from oskil.sources.watch.page import write as write_page
    from oskil.sources.watch.status import headline

    now = datetime.now(UTC)
    standings = [standing_of(one, states.of(one.name), now) for one in listed.sources]
    write(LISTING, standings, form)
    if page is not None:
        write_page(standings, now, page)
    if any(one.health != "fresh" for one in standings):
        complain(headline(standings))
        raise typer.Exit(exits.INPUT)


def _record(one: Standing) -> dict[str, Any]:
    state = one.state
    return {
        "name": one.watched.name,
        "url": one.watched.url or f"https://t.me/{one.watched.telegram}",
        "health": one.health,
        "why": one.why,
        "asked": state.asked.isoformat() if state.asked else None,
        "answered": state.answered.isoformat() if state.answered else None,
        "newest": state.newest or None,
        "failures": state.failures,
        "documents": state.documents,
    }


def _answered(one: Standing) -> str:
    from oskil.sources.watch.status import moment

    return moment(one.state.answered)


LISTING: Listing[Standing] = Listing(
    columns=(
        Column("STATE", lambda s: s.health, 9, lambda s: STYLES[s.health]),
        Column("SOURCE", lambda s: s.watched.name, 22),
        Column("LAST ANSWER", _answered, 20),
        Column("WHY", lambda s: s.why),
    ),
    fields=("name", "url", "health", "why", "asked", "answered", "newest", "failures", "documents"),
    record=_record,
    empty="There is no source in the list.",
)
