"""Prints the candidates of a name and what spoke for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from oskil.cli.options import Format
from oskil.cli.tables import safe, write_csv, write_json, write_line, write_rendered
from oskil.cli.wording import number, where_in

if TYPE_CHECKING:
    from oskil.pipeline.whys import Explained
    from oskil.places.explaining import Weighed
    from oskil.records import Place

_SHOWN = 8
_POINTS = 4
_FIELDS = ("use", "id", "name", "country", "region", "kind", "population", "lat", "lon", "chance", "points")


def show(found: Sequence[Explained], form: Format) -> None:
    """Write them as the format asked for."""
    records = list(_records(found))
    if form is Format.table:
        write_rendered(*_page(found))
    elif form is Format.json:
        write_json(
            {"uses": [{"around": u.around, "decided": u.decided} for u in found], "candidates": records}
        )
    elif form is Format.jsonl:
        for record in records:
            write_line(record)
    else:
        write_csv([*_FIELDS], ({**r, "points": _points(r["points"])} for r in records))


def _records(found: Sequence[Explained]) -> Iterator[dict[str, Any]]:
    for use, one in enumerate(found, 1):
        for weighed in one.weighed:
            chance, points = round(weighed.chance, 4), {f: round(v, 2) for f, v in weighed.points}
            yield {"use": use, **_described(weighed.place), "chance": chance, "points": points}


def _described(place: Place | None) -> dict[str, Any]:
    fields = ("id", "name", "country", "region", "kind", "population", "lat", "lon")
    if place is None:
        return dict.fromkeys(fields) | {"name": "none of these"}
    return {field: getattr(place, field) for field in fields}


def _page(found: Sequence[Explained]) -> Iterator[Any]:
    from rich.table import Table
    from rich.text import Text

    for one in found:
        yield Text(safe(one.around), style="bold")
        yield Text(safe(one.decided))
        rows = Table(box=None, pad_edge=False)
        rows.add_column("%", justify="right")
        for title in ("place", "where", "what weighs most"):
            rows.add_column(title, overflow="fold")
        for weighed in _foremost(one.weighed):
            points = _points(dict(weighed.points[:_POINTS]))
            rows.add_row(f"{100 * weighed.chance:.1f}", *map(safe, _words(weighed.place)), safe(points))
        yield rows
        if (more := len(one.weighed) - _SHOWN - 1) > 0:
            yield Text(f"and {more} more")
        yield Text("")


def _foremost(weighed: Sequence[Weighed]) -> list[Weighed]:
    return [*weighed[:-1][:_SHOWN], weighed[-1]]


def _words(place: Place | None) -> tuple[str, str]:
    if place is None:
        return "none of these", ""
    people = f", {number(place.population)} people" if place.population else ""
    return (
        f"{place.name} ({where_in(place)}; {place.kind}{people})",
        f"{place.lat:.2f} {place.lon:.2f}",
    )


def _points(points: dict[str, float]) -> str:
    return ", ".join(f"{feature} {value:+.1f}" for feature, value in points.items())
