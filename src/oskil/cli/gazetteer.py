"""`oskil gazetteer`: the sources of places, added, listed and searched; and where each name came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli import exits
from oskil.cli.options import (
    ColumnOption,
    DataOption,
    Format,
    FormatOption,
    LimitOption,
    NearOption,
    ReplaceOption,
    WithinOption,
)
from oskil.cli.outlets import outlets
from oskil.cli.tables import Column, Listing, safe, write, write_json, write_rendered
from oskil.cli.wording import count, number, where_in
from oskil.records import Place

if TYPE_CHECKING:
    from oskil.places.gazetteer_store import SourceEntry
    from oskil.places.interface import FullGazetteer

app = typer.Typer(
    no_args_is_help=True, help="The places that texts are matched with, and where they come from."
)
_SHOWN = 20
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A place, in any spelling, or its id.")]


@app.command(epilog=exits.epilog())
def add(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CODE",
            help="A dump of GeoNames; a GeoJSON, GeoPackage, KML or CSV; or what to fetch: UA, allCountries.",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call the source; by default as the file."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="What all its places are: settlement, river, military ..."
        ),
    ] = None,
    column: ColumnOption = None,
    sha256: Annotated[
        str | None,
        typer.Option("--sha256", metavar="HEX", help="Refuse the file where its SHA-256 is another."),
    ] = None,
    replace: ReplaceOption = False,
    data: DataOption = None,
) -> None:
    """Add a source of places, from a file or by fetching a dump of GeoNames.

    Without --column the usual names of columns are understood. A place that is known already keeps its id
    and gets the new names. What is fetched goes on where it was interrupted. The source is in use at once,
    by every command; where something is wrong with the file, all stays as it was.
    """
    from oskil.cli import rooms
    from oskil.cli.console import progress
    from oskil.places.fetching import FETCHED, fetched
    from oskil.places.gazetteer_store import GazetteerStore, name_of
    from oskil.places.vector.columns import parse

    columns = parse(column or ())
    store = GazetteerStore(data)
    called = name or name_of(Path(what))
    store.prove_free(called, replace=replace)
    with progress("Fetching") as step:
        file = fetched(what, store.folder, sha256=sha256, step=lambda told: step(told))
    known = rooms.gazetteer(data)
    with progress("Compiling") as step:
        entry = store.add(
            file,
            called,
            columns,
            known,
            kind=kind or "",
            replace=replace,
            step=lambda rows: step(f"{rows:,} places"),
        )
    if file.parent == store.folder / FETCHED:
        file.unlink()  # what it held is compiled, and its hash kept
    print(safe(_told(entry)))


@app.command("list", epilog=exits.epilog())
def list_sources(data: DataOption = None, form: FormatOption = Format.table) -> None:
    """List the sources, the embedded one first, in the order in which they decide."""
    from oskil.places.gazetteer_store import GazetteerStore

    write(SOURCES, [_embedded(), *map(_source_record, GazetteerStore(data).entries())], form)


@app.command(epilog=exits.epilog())
def search(
    name: NameArgument,
    near: NearOption = None,
    km: WithinOption = 50.0,
    sounds: Annotated[
        bool, typer.Option("--sounds", help="Also other romanisations of the name, which may be other names.")
    ] = False,
    limit: LimitOption = None,
    data: DataOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Search the places of a name, in any script: settlements and regions, then rivers and all else."""
    from oskil.cli import rooms

    places = rooms.gazetteer(data)
    found = _found(name, places, sounds)
    if near is not None:
        found = _nearest(found, near.lat, near.lon, km)
    shown = found[: limit or (_SHOWN if form is Format.table else len(found))]
    write(_places_listing(places), shown, form)
    if form is Format.table and len(shown) < len(found):
        print(f"\nand {number(len(found) - len(shown))} more; --limit shows them")


@app.command(epilog=exits.epilog())
def show(name: NameArgument, data: DataOption = None, form: FormatOption = Format.table) -> None:
    """Show one place: what is known of it, all its names, and which source each is from.

    Of several places of a name the most populous is shown; an id says which.
    """
    from oskil.cli import rooms
    from oskil.errors import GazetteerError

    places = rooms.gazetteer(data)
    found = _found(name, places, False)
    if not found:
        raise GazetteerError("no place of this name or id", name)
    if form is Format.table:
        write_rendered(safe(_page(found[0], len(found) - 1, places)), "")
        write(NAMES, list(places.name_records(found[0].id)), form)
    elif form is Format.csv:
        write(NAMES, list(places.name_records(found[0].id)), form)
    else:
        write_json(_full_record(found[0], places))


@app.command(epilog=exits.epilog())
def verify(
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="A source's name; all without.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Prove the compiled sources: every byte as it was written.

    Small ones are proven whenever they are opened; of large ones only the length is.
    """
    from oskil.places.gazetteer_store import GazetteerStore

    store = GazetteerStore(data)
    for name in [source] if source else [entry.name for entry in store.entries()]:
        entry = store.verify(name)
        print(safe(f"{entry.name}: as written, {_megabytes(entry.bytes)}"))


@app.command(epilog=exits.epilog())
def remove(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name.")],
    data: DataOption = None,
) -> None:
    """Take a source away. The file that it was made from is not touched."""
    from oskil.places.gazetteer_store import GazetteerStore

    GazetteerStore(data).remove(source)
    print(safe(f"removed {source}"))


app.command(epilog=exits.epilog())(outlets)


def _found(name: str, places: FullGazetteer, sounds: bool) -> list[Place]:
    from oskil.places.asked import asked

    if name.lstrip("-").isdecimal() and (place := places.get(int(name))) is not None:
        return [place]
    found = [*asked(name, places), *places.features(name)]
    if sounds:
        found += places.sounds_like(name)
    return list({place.id: place for place in found}.values())


def _nearest(found: list[Place], lat: float, lon: float, km: float) -> list[Place]:
    from oskil.places.geometry import distance_to

    measured = sorted((distance_to(lat, lon, place), place.id, place) for place in found)
    return [place for distance, _, place in measured if distance <= km]


def _told(entry: SourceEntry) -> str:
    kinds = ", ".join(f"{number(n)} {kind}" for kind, n in list(entry.kinds.items())[:6])
    what = f"{count(entry.places, 'place')} ({kinds})" if entry.places else "no places of its own"
    more = f", names of {count(entry.names_of, 'place')} of other sources" if entry.names_of else ""
    more += f"; {number(entry.matched)} are places known before" if entry.matched else ""
    return f"{entry.name}: {what}{more}; {_megabytes(entry.bytes)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _embedded() -> dict[str, Any]:
    from oskil.cli import rooms
    from oskil.places.gazetteer import index_path
    from oskil.places.gazetteer_store import EMBEDDED
    from oskil.settings import settings

    opened = rooms.embedded()
    path = index_path(settings().cache)
    source = opened.source
    return {
        "name": EMBEDDED,
        "form": source.name,
        "source": "with the program",
        "version": source.version,
        "sha256": source.sha256,
        "added": "",
        "places": len(opened),
        "names_of": 0,
        "matched": 0,
        "kinds": opened.kinds(),
        "columns": {},
        "bytes": path.stat().st_size,
        "path": str(path),
    }


def _source_record(entry: SourceEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in SOURCES.fields} | {"path": str(entry.path)}


def _kinds(record: dict[str, Any]) -> str:
    return ", ".join(f"{kind} {number(n)}" for kind, n in list(record["kinds"].items())[:4])


SOURCES: Listing[dict[str, Any]] = Listing(
    columns=[
        Column("source", lambda r: r["name"]),
        Column("from", lambda r: r["source"]),
        Column("version", lambda r: r["version"]),
        Column("places", lambda r: number(r["places"] or r["names_of"])),
        Column("kinds", lambda r: _kinds(r) or "names only"),
        Column("size", lambda r: _megabytes(r["bytes"])),
    ],
    fields=(
        "name",
        "form",
        "source",
        "version",
        "sha256",
        "added",
        "places",
        "names_of",
        "matched",
        "kinds",
        "columns",
        "bytes",
        "path",
    ),
    record=lambda r: r,
    empty="",
)


def _where(place: Place) -> str:
    return where_in(place) + (f", district {place.district}" if place.district else "")


def _place_record(place: Place, places: FullGazetteer) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "feature": place.feature,
        "country": place.country,
        "region": place.region,
        "district": place.district,
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population,
        "sources": list(places.sources_of(place.id)),
    }


def _full_record(place: Place, places: FullGazetteer) -> dict[str, Any]:
    shape = places.shape(place.id)
    names = [
        {"text": n.text, "language": n.language, "historic": n.historic, "sources": list(n.sources)}
        for n in places.name_records(place.id)
    ]
    return {**_place_record(place, places), "shape": None if shape is None else shape.wkt, "names": names}


def _places_listing(places: FullGazetteer) -> Listing[Place]:
    return Listing(
        columns=[
            Column("id", lambda p: str(p.id)),
            Column("name", lambda p: p.name),
            Column("kind", lambda p: p.kind),
            Column("in", _where),
            Column("people", lambda p: number(p.population) if p.population else ""),
            Column("lat, lon", lambda p: f"{p.lat:.4f}, {p.lon:.4f}"),
            Column("sources", lambda p: ", ".join(places.sources_of(p.id))),
        ],
        fields=tuple(_place_record(_ANY, places)),
        record=lambda p: _place_record(p, places),
        empty="No place is so called; --sounds also takes other romanisations.",
    )


_ANY = Place(0, "", "spot", 0.0, 0.0, "")


def _page(place: Place, others: int, places: FullGazetteer) -> str:
    shape = places.shape(place.id)
    facts = [
        f"{place.name}, {place.kind}" + (f" ({place.feature})" if place.feature else ""),
        f"in {_where(place) or 'no country'}, at {place.lat:.5f}, {place.lon:.5f}, id {place.id}",
    ]
    facts += [f"{number(place.population)} people"] if place.population else []
    facts += [f"with a shape: {shape.geom_type}"] if shape is not None else []
    facts += (
        [f"{count(others, 'other place')} of this name; `oskil gazetteer search` lists them"]
        if others
        else []
    )
    return "\n".join(facts)


NAMES: Listing[Any] = Listing(
    columns=[
        Column("name", lambda n: n.text),
        Column("language", lambda n: n.language),
        Column("", lambda n: "historic" if n.historic else ""),
        Column("from", lambda n: ", ".join(n.sources)),
    ],
    fields=("text", "language", "historic", "sources"),
    record=lambda n: {
        "text": n.text,
        "language": n.language,
        "historic": n.historic,
        "sources": list(n.sources),
    },
    empty="",
)
