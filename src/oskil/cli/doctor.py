"""`oskil doctor`: what is installed, which gazetteer, where the ledger is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from oskil.cli import exits
from oskil.cli.options import Format, FormatOption, LedgerOption, ProfileOption
from oskil.cli.tables import Column, Listing, write
from oskil.cli.wording import count, number
from oskil.errors import OskilError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is well, and the facts."""

    what: str
    state: str
    facts: str


def doctor(
    profile: ProfileOption = None, ledger: LedgerOption = None, form: FormatOption = Format.table
) -> None:
    """Say what is installed, and where the ledger is.

    Names the profile, the gazetteer with its version and hash, the layers and the checks. The exit code is
    1 where something that is needed is missing or broken.
    """
    found = list(findings(ledger, profile))
    write(LISTING, found, form)
    if any(f.state == "wrong" for f in found):
        raise typer.Exit(exits.UNEXPECTED)


def findings(ledger: str | None, profile: str | None) -> Iterator[Finding]:
    """Look at everything in turn; an error becomes a finding, and the others are looked at all the same."""
    yield Finding("oskil", "well", _versions())
    yield from _parts()
    looks: tuple[tuple[str, Callable[[], tuple[str, str]]], ...] = (
        ("profile", lambda: _profile(profile)),
        ("gazetteer", _gazetteer),
        ("layers", _layers),
        ("checks", _checks),
        ("ledger", lambda: _ledger(ledger)),
    )
    for what, look in looks:
        try:
            state, facts = look()
        except OskilError as error:
            state, facts = "wrong", str(error)
        yield Finding(what, state, facts)


def _versions() -> str:
    import platform

    from oskil import __version__

    return f"{__version__}, on Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _parts() -> Iterator[Finding]:
    """The packages that Oskil needs, by its own metadata."""
    import re
    from importlib.metadata import PackageNotFoundError, requires, version

    have, lack = [], []
    for requirement in requires("oskil") or ():
        if "extra ==" in requirement:
            continue
        found = re.match(r"[\w.-]+", requirement)
        name = found[0] if found else requirement
        try:
            have.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lack.append(requirement)
    yield Finding("parts", "well", ", ".join(have))
    if lack:
        yield Finding("missing", "wrong", ", ".join(lack))


def _profile(name: str | None) -> tuple[str, str]:
    from oskil import conflict
    from oskil.cli.rooms import profile_of

    loaded = profile_of(name)
    others = ", ".join(p for p in conflict.available() if p != loaded.id)
    facts = f"{loaded.id}: {loaded.name}, {len(loaded.parties)} parties, {len(loaded.actors)} actors"
    return "well", f"{facts}; also there: {others}" if others else facts


def _gazetteer() -> tuple[str, str]:
    from oskil.places.gazetteer import index_path, load_embedded
    from oskil.places.gazetteer_store import GazetteerStore
    from oskil.settings import settings

    cache = settings().cache
    path = index_path(cache)
    if not path.exists():
        return "not yet", f"is compiled at the first use, into {path}"
    source = load_embedded(cache).source
    size = path.stat().st_size / 1e6
    facts = [f"{source.name} {source.version}, sha256 {source.sha256[:12]}, {size:.0f} MB, {path}"]
    store = GazetteerStore()
    for entry in store.entries():
        held = count(entry.places or entry.names_of, "place")
        facts.append(f"{entry.name} {entry.version}, {held}, sha256 {entry.sha256[:12]}, {entry.path}")
    store.parts()  # opened, so that a damaged one is told of
    return "well", "; ".join(facts)


def _layers() -> tuple[str, str]:
    from oskil.places.layer_store import LayerStore

    store = LayerStore()
    entries = [store.entry(path.stem) for path in sorted(store.folder.glob("*.layer"))]
    if not entries:
        return "well", f"none in {store.folder}; `oskil layer add FILE` adds rivers, roads, borders"
    facts = [f"{e.name} ({count(e.features, 'feature')}, sha256 {e.sha256[:12]})" for e in entries]
    return "well", f"{', '.join(facts)} in {store.folder}"


def _checks() -> tuple[str, str]:
    from oskil.checking import checks

    return "well", ", ".join(check.name for check in checks())


def _ledger(where: str | None) -> tuple[str, str]:
    from oskil.cli import rooms

    path = rooms.ledger_at(where)
    if isinstance(path, Path) and not path.exists():
        return "not yet", f"is made by the first `oskil read`, at {path}"
    with rooms.open_to_look(where) as store:
        held = store.holdings()
    facts = [
        count(held.documents, "document"),
        count(held.revisions - held.documents, "earlier state"),
        f"{number(held.claims)} claims",
        count(held.refusals, "refusal"),
    ]
    return "well", f"{store.where}: {', '.join(facts)}"


STYLES = {"well": "green", "not yet": "yellow", "wrong": "bold red"}
LISTING: Listing[Finding] = Listing(
    columns=(
        Column("WHAT", lambda f: f.what, 9),
        Column("STATE", lambda f: f.state, 7, lambda f: STYLES[f.state]),
        Column("FACTS", lambda f: f.facts),
    ),
    fields=("what", "state", "facts"),
    record=lambda f: {"what": f.what, "state": f.state, "facts": f.facts},
    empty="",
)
