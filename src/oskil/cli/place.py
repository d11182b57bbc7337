"""`oskil place`: all that is said of a place, in order, and what of it cannot both be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.options import (
    AsKnownOption,
    Format,
    FormatOption,
    KindOption,
    LedgerOption,
    LimitOption,
    OutletOption,
    ProfileOption,
    SideOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
    WhyOption,
    WithinTextOption,
)
from oskil.cli.tables import safe, table, write_csv, write_json, write_line, write_rendered
from oskil.cli.wording import (
    Names,
    count,
    number,
    quoted,
    short,
    when,
    where_in,
    who,
)
from oskil.errors import InputError
from oskil.publishing.json_records import CLAIM_FIELDS, claim_record, place_record
from oskil.records import Place, Proposition

if TYPE_CHECKING:
    from oskil.pipeline import Meant, OnMaps, PlaceAccount, Told


def place(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The place, in any spelling, or a GeoNames id.")
    ],
    speaker: SpeakerOption = None,
    kind: KindOption = None,
    side: SideOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    why: WhyOption = False,
    text: WithinTextOption = None,
    outlet: OutletOption = None,
    maps: Annotated[
        bool, typer.Option("--maps", help="Also what the control maps in the ledger say of it (table, json).")
    ] = False,
) -> None:
    """Show all that is said of a place, on how many words it rests, and what contradicts what.

    In the order of the days spoken of, with who said so and through whom. Says which place of this name
    was meant, and which others there are. With --why, the candidates of the name and what speaks for each
    instead, by themselves or in a text; no ledger is needed. A control map claims areas and no places: with
    --maps, who holds the place by each assessor's maps is worked out from the areas that its point lies in.
    """
    if outlet is not None and text is None:
        raise typer.BadParameter("--outlet needs --text", param_hint="--outlet")
    if why or text is not None:
        _show_why(name, text, outlet, profile, form)
        return
    from oskil.cli import rooms
    from oskil.pipeline import account_of, on_maps, place_meant

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(None, speaker, kind, side, since, until, as_known_on, limit)
        wanted = rooms.wanted(wish, store, places, profile)
        meant = place_meant(name, places, rooms.profile_of(profile), store)
        account = account_of(meant, store, wanted, rooms.profile_of(profile))
        mapped = on_maps(meant.place, store, as_known_on) if maps else None
    names = rooms.names_of(places)
    if form is Format.table:
        filtered = any((speaker, kind, side, since, until, as_known_on))
        write_rendered(*_page(account, names, filtered=filtered), *_on_maps(mapped))
    elif form is Format.json:
        write_json({**_record(account, names), **_maps_record(mapped)})
    elif form is Format.jsonl:
        for record in _claim_records(account, names):
            write_line(record)
    else:
        write_csv([*CLAIM_FIELDS, "contradicts"], _claim_records(account, names))


def _show_why(name: str, text: Path | None, outlet: str | None, profile: str | None, form: Format) -> None:
    from oskil.cli import rooms
    from oskil.cli.whys import show
    from oskil.conflict import for_text
    from oskil.pipeline.whys import whys
    from oskil.places.home import home_of

    words = None if text is None else _text_of(text)
    war = for_text(words) if profile is None and words is not None else rooms.profile_of(profile)
    named, url = (None, outlet) if "://" in (outlet or "") else (outlet, None)
    show(whys(name, words, rooms.gazetteer(), war, home_of(named, url, rooms.homes()), rooms.rivers()), form)


def _text_of(path: Path) -> str:
    """The text of a file. Raises InputError where it is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"the text cannot be read: {reason}", str(path)) from error


def _claim_records(account: PlaceAccount, names: Names) -> Iterator[dict[str, Any]]:
    against = defaultdict(list)
    for pair in account.contradictions:
        against[pair.first].append(pair.second)
        against[pair.second].append(pair.first)
    for one in account.told:
        yield {**claim_record(one, names), "contradicts": against[one.claim.id]}


def _record(account: PlaceAccount, names: Names) -> dict[str, Any]:
    return {
        "place": place_record(account.meant.place),
        "why": account.meant.why,
        "namesakes": [place_record(p) for p in account.meant.namesakes],
        "claims": list(_claim_records(account, names)),
        "contradictions": [
            {"first": c.first, "second": c.second, "reason": c.reason} for c in account.contradictions
        ],
        "repeated": [_repeated(p) for p in account.repeated],
    }


def _repeated(proposition: Proposition) -> dict[str, Any]:
    from oskil.publishing.origin_records import origin_record
    from oskil.weighing.origins import summary

    return {
        "proposition": proposition.id,
        "summary": summary(proposition),
        "outlets": list(proposition.outlets),
        "origins": [origin_record(origin) for origin in proposition.origins],
        "claims": list(proposition.claims),
    }


def _page(account: PlaceAccount, names: Names, *, filtered: bool) -> Iterator[Any]:
    from rich.text import Text

    from oskil.cli.claims import listing

    yield Text(safe(_heading(account.meant)))
    if not account.told:
        yield Text(f"\nThe ledger says nothing {'of this description ' if filtered else ''}of it.")
        return
    shown = f"the first {len(account.told):,} of " if len(account.told) < account.total else ""
    yield Text(f"\n{shown}{count(account.total, 'claim')}, by the days spoken of\n")
    yield table(listing(names), account.told)
    if account.repeated:
        yield Text("\nPublished by two outlets or more, and on whose word\n")
        yield Text("\n".join(safe(_counted(p, names)) for p in account.repeated))
    if account.contradictions:
        yield Text(f"\n{count(len(account.contradictions), 'contradiction')}\n")
        told = {one.claim.id: one for one in account.told}
        for number_of, pair in enumerate(account.contradictions, 1):
            yield Text(f"{number_of}. {safe(pair.reason)}", style="bold")
            yield _side_by_side(told[pair.first], told[pair.second])


def _on_maps(mapped: tuple[OnMaps, ...] | None) -> Iterator[Any]:
    from rich.text import Text

    if mapped is None:
        return
    yield Text("\nOn control maps, worked out from the areas that its point lies in\n")
    lines = [_stretch(one) for one in mapped] or ["No control map is in the ledger."]
    yield Text("\n".join(safe(line) for line in lines))


def _stretch(one: OnMaps) -> str:
    held = f"held by {one.holder}" if one.holder else "contested" if one.contested else "nothing said of it"
    days = f"{one.first}" if one.first == one.last else f"{one.first} to {one.last}"
    return f"{days}: {held}, assessed by {one.assessor} ({count(one.maps, 'map')})"


def _maps_record(mapped: tuple[OnMaps, ...] | None) -> dict[str, Any]:
    from dataclasses import asdict

    if mapped is None:
        return {}
    days = ("first", "last")
    return {
        "on_maps": [
            {name: value.isoformat() if name in days else value for name, value in asdict(one).items()}
            for one in mapped
        ]
    }


def _counted(proposition: Proposition, names: Names) -> str:
    from oskil.cli.propositions import about
    from oskil.weighing.origins import summary

    days = "".join(when(proposition.period).split()) if proposition.period else ""
    words = "; ".join(part for part in (proposition.kind, about(proposition, names), days) if part)
    return f"{words}: {summary(proposition)} ({short(proposition.claims[0])})"


def _heading(meant: Meant) -> str:
    lines = [_described(meant.place), f"Meant because it is {meant.why}."]
    if meant.namesakes:
        shown = [f"  {_described(p)}" for p in meant.namesakes[:6]]
        more = len(meant.namesakes) - len(shown)
        lines += ["Others of this name, not meant:", *shown]
        lines += [f"  and {more} more"] if more > 0 else []
    return "\n".join(lines)


def _described(place: Place) -> str:
    people = f", {number(place.population)} people" if place.population else ""
    where = f"{abs(place.lat):.3f} {'N' if place.lat >= 0 else 'S'} {abs(place.lon):.3f} "
    where += "E" if place.lon >= 0 else "W"
    kind = "" if place.kind == "settlement" else f", {place.kind}"
    return f"{place.name} ({where_in(place)}){kind}{people}, {where}, id {place.id}"


def _side_by_side(first: Told, second: Told) -> Any:
    from rich.table import Table
    from rich.text import Text

    pair = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False, expand=True)
    pair.add_column(ratio=1, overflow="fold")
    pair.add_column(ratio=1, overflow="fold")
    pair.add_row(*(Text(safe(_voice(one))) for one in (first, second)))
    pair.add_row("", "")
    return pair


def _voice(one: Told) -> str:
    day = (one.document.published or "undated")[:10]
    spoken_of = "".join(when(one.claim.time).split())
    published = f"of {spoken_of}, published {day}"
    return "\n".join((who(one.claim, one.document), quoted(one.claim), published, short(one.claim.id)))
