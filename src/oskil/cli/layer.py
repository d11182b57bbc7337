"""`oskil layer`: rivers, roads, borders and other shapes, added, listed, looked at and taken away."""

from __future__ import annotations

from collections.abc import Sequence
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
from oskil.cli.tables import Column, Listing, safe, write, write_rendered
from oskil.cli.wording import count, number

if TYPE_CHECKING:
    from oskil.places.layer_store import LayerEntry
    from oskil.places.layers import LayerFeature

app = typer.Typer(
    no_args_is_help=True, help="Rivers, roads, borders: layers of shapes that checks and maps use."
)
_SHOWN = 40
Found = tuple[float | None, "LayerFeature"]


@app.command(epilog=exits.epilog())
def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage, KML or CSV; .gz and .zip as well.")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call the layer; by default as the file."),
    ] = None,
    column: ColumnOption = None,
    replace: ReplaceOption = False,
    data: DataOption = None,
) -> None:
    """Add a file of shapes as a layer.

    The file is read once and kept, compiled, in the data folder; it may go away after. A layer of the
    same name stays until the new one is whole.
    """
    from oskil.places.layer_store import LayerStore, name_of
    from oskil.places.vector.columns import parse

    entry = LayerStore(data).add(file, name or name_of(file), parse(column or ()), replace=replace)
    print(safe(_told(entry)))
    if not entry.named:
        print("None of its features has a name; --column name=COLUMN says where the names stand.")


@app.command("list", epilog=exits.epilog())
def list_layers(data: DataOption = None, form: FormatOption = Format.table) -> None:
    """List the layers."""
    from oskil.places.layer_store import LayerStore

    write(LAYERS, LayerStore(data).entries(), form)


@app.command(epilog=exits.epilog())
def show(
    layer: Annotated[str, typer.Argument(metavar="LAYER", help="A layer's name, or a file of shapes.")],
    named: Annotated[
        str | None,
        typer.Option("--named", metavar="NAME", help="Only features of this name, in any spelling."),
    ] = None,
    near: NearOption = None,
    km: WithinOption = 10.0,
    limit: LimitOption = None,
    data: DataOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Show what a layer holds: its features by name, or those near a point."""
    from oskil.places.layers import open_layer

    opened = open_layer(layer, data)
    found: list[Found] = [(None, feature) for feature in (opened.named(named) if named else opened.features)]
    if near is not None:
        wanted = {id(feature) for _, feature in found}
        found = [(d, f) for d, f in opened.near(near.lat, near.lon, km) if id(f) in wanted]
    elif not named:
        found.sort(key=lambda one: (not one[1].name, one[1].name))
    shown = found[: limit or (_SHOWN if form is Format.table else len(found))]
    if form is Format.table:
        source = opened.source
        facts = f"{count(len(opened), 'feature')}, of {source.version}, sha256 {source.sha256[:12]}"
        write_rendered(safe(f"{opened.name}: {facts}"), "")
    write(FEATURES, shown, form)
    if form is Format.table and len(shown) < len(found):
        print(f"\nand {number(len(found) - len(shown))} more; --limit shows them")


@app.command(epilog=exits.epilog())
def remove(
    layer: Annotated[str, typer.Argument(metavar="LAYER", help="The layer's name.")], data: DataOption = None
) -> None:
    """Take a layer away. The file that it was made from is not touched."""
    from oskil.places.layer_store import LayerStore

    LayerStore(data).remove(layer)
    print(safe(f"removed {layer}"))


def _told(entry: LayerEntry) -> str:
    kinds = ", ".join(f"{number(n)} {kind or 'of no kind'}" for kind, n in list(entry.kinds.items())[:6])
    return f"{entry.name}: {count(entry.features, 'feature')}, {number(entry.named)} with a name ({kinds})"


def _kinds(entry: LayerEntry) -> str:
    return ", ".join(f"{kind} {number(n)}" for kind, n in list(entry.kinds.items())[:4] if kind)


def _entry_record(entry: LayerEntry) -> dict[str, Any]:
    fields = ("name", "features", "named", "kinds", "source", "sha256", "added", "columns", "path")
    return {field: getattr(entry, field) for field in fields} | {"path": str(entry.path)}


LAYERS: Listing[LayerEntry] = Listing(
    columns=[
        Column("layer", lambda e: e.name),
        Column("features", lambda e: number(e.features)),
        Column("named", lambda e: number(e.named)),
        Column("kinds", _kinds),
        Column("from", lambda e: e.source),
        Column("added", lambda e: e.added[:10]),
    ],
    fields=("name", "features", "named", "kinds", "source", "sha256", "added", "columns", "path"),
    record=_entry_record,
    empty="There are no layers; `oskil layer add FILE --name NAME` adds one.",
)


def _extent(found: Found) -> str:
    from oskil.places.shapes import area_km2, length_km

    shape = found[1].geometry
    if shape.geom_type.endswith("Point"):
        return f"point {shape.centroid.y:.4f}, {shape.centroid.x:.4f}"
    if shape.geom_type.endswith("Polygon"):
        return f"area {number(round(area_km2(shape)))} km²"
    return f"line {number(round(length_km(shape)))} km"


def _distance(found: Found) -> str:
    return "" if found[0] is None else f"{found[0]:.2f} km"


def _feature_record(found: Found) -> dict[str, Any]:
    distance, feature = found
    bounds: Sequence[float] = [round(float(side), 5) for side in feature.geometry.bounds]
    return {
        "name": feature.name,
        "names": list(feature.names),
        "kind": feature.kind,
        "shape": feature.geometry.geom_type,
        "extent": _extent(found),
        "bounds": bounds,
        "km": None if distance is None else round(distance, 3),
        "properties": dict(feature.properties),
    }


FEATURES: Listing[Found] = Listing(
    columns=[
        Column("name", lambda f: f[1].name or "(no name)"),
        Column("also", lambda f: "; ".join(f[1].names[1:5])),
        Column("kind", lambda f: f[1].kind),
        Column("shape", _extent),
        Column("distance", _distance),
    ],
    fields=("name", "names", "kind", "shape", "extent", "bounds", "km", "properties"),
    record=_feature_record,
    empty="Nothing of the layer is so named, or so near.",
)
