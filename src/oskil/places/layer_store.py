"""The layers that a user has added: one compiled file each in the data folder, put there atomically."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from oskil.errors import GazetteerError
from oskil.places import format as layout
from oskil.places.bounded import sha256_of
from oskil.places.layers import Layer, LayerFeature
from oskil.places.vector import Columns, read_features
from oskil.places.vector.columns import names, text
from oskil.records import DataSource
from oskil.settings import settings

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_WHAT = "layer"


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """A layer as it lies in the folder, without its features: what it was made of, when, and how much it is.

    `source` is the file's name, its SHA-256 `sha256`; `kinds` counts features by kind, `columns` is the map.
    """

    name: str
    source: str
    sha256: str
    added: str
    features: int
    named: int
    kinds: Mapping[str, int]
    columns: Mapping[str, str]
    path: Path


class LayerStore:
    """The layers of a data folder. Methods raise GazetteerError."""

    def __init__(self, data: Path | None = None) -> None:
        self.folder = (data or settings().data) / "layers"

    def add(self, file: Path, name: str, columns: Columns, *, replace: bool = False) -> LayerEntry:
        """Read a file and keep it as the layer `name`. What was there stays until the new one is whole."""
        path = self._path(name)
        if path.exists() and not replace:
            raise GazetteerError(
                "there is a layer of this name; --replace puts the new one in its place", name
            )
        digest = sha256_of(file)
        features = tuple(_features(file, columns))
        if not features:
            raise GazetteerError("no feature with a shape in it", str(file))
        meta = _meta(name, file, digest, features, columns)
        layout.write(path, meta, _sections(features), _WHAT)
        return self.entry(name)

    def entries(self) -> Sequence[LayerEntry]:
        """All layers by name. A damaged one is left out here; opening it tells."""
        found = []
        for path in sorted(self.folder.glob("*.layer")):
            with suppress(GazetteerError):
                found.append(self.entry(path.stem))
        return found

    def entry(self, name: str) -> LayerEntry:
        """One layer's facts."""
        meta = layout.head(self._existing(name), _WHAT)
        try:
            return LayerEntry(
                name=name,
                source=meta["source"],
                sha256=meta["sha256_of_source"],
                added=meta["added"],
                features=meta["count"],
                named=meta["named"],
                kinds=meta["kinds"],
                columns=meta["columns"],
                path=self._path(name),
            )
        except KeyError as error:
            raise GazetteerError("the header of the layer is damaged", str(self._path(name))) from error

    def open(self, name_or_path: str | Path) -> Layer:
        """A layer of the folder by name, else a file of features as it lies there."""
        name = str(name_or_path)
        if _NAME.fullmatch(name) and self._path(name).exists():
            return _read(self._path(name), name)
        file = Path(name_or_path)
        if file.exists():
            features = tuple(_features(file, Columns()))
            return Layer(file.name, features, DataSource(file.name, _changed(file), sha256_of(file)))
        raise self._unknown(name)

    def remove(self, name: str) -> None:
        """Take a layer away."""
        path = self._existing(name)
        try:
            path.unlink()
        except OSError as error:
            raise GazetteerError(f"the layer cannot be removed: {error.strerror}", str(path)) from error

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise GazetteerError(
                "a layer's name is of small letters, digits and . _ -, 64 at most", name[:80]
            )
        return self.folder / f"{name}.layer"

    def _existing(self, name: str) -> Path:
        path = self._path(name)
        if not path.exists():
            raise self._unknown(name)
        return path

    def _unknown(self, name: str) -> GazetteerError:
        there = ", ".join(path.stem for path in sorted(self.folder.glob("*.layer"))) or "none"
        return GazetteerError(
            f"there is no such layer; there are: {there} (`oskil layer add` adds one)", name
        )


def _features(file: Path, columns: Columns) -> Iterator[LayerFeature]:
    for raw in read_features(file, columns):
        called = names(columns, raw.properties, raw.where)
        kind = text("kind", columns, raw.properties)
        yield LayerFeature(called[0] if called else "", called, kind, raw.geometry, raw.properties)


def _meta(
    name: str, file: Path, digest: str, features: Sequence[LayerFeature], columns: Columns
) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    for feature in features:
        kinds[feature.kind] = kinds.get(feature.kind, 0) + 1
    return {
        "name": name,
        "source": file.name,
        "sha256_of_source": digest,
        "version": _changed(file),
        "added": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "count": len(features),
        "named": sum(bool(feature.name) for feature in features),
        "kinds": dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        "columns": columns.stated(),
    }


def _changed(file: Path) -> str:
    """The day a file was last written: the only version that most such files have."""
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).date().isoformat()


def _sections(features: Sequence[LayerFeature]) -> dict[str, np.ndarray[Any, Any]]:
    import shapely

    shapes = [shapely.to_wkb(feature.geometry) for feature in features]
    texts = [_text(feature) for feature in features]
    return {**_blob("shape", shapes), **_blob("text", texts)}


def _text(feature: LayerFeature) -> bytes:
    record = {"names": feature.names, "kind": feature.kind, "properties": dict(feature.properties)}
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf8", "replace")


def _blob(name: str, pieces: Sequence[bytes]) -> dict[str, np.ndarray[Any, Any]]:
    ends = np.cumsum([len(piece) for piece in pieces], dtype="<u8")
    return {name: np.frombuffer(b"".join(pieces), "u1"), f"{name}_end": ends}


def _read(path: Path, name: str) -> Layer:
    import shapely

    contents = layout.read(path, _WHAT)
    try:
        shapes = shapely.from_wkb(_pieces(contents, "shape"))
        features = []
        for raw, shape in zip(_pieces(contents, "text"), shapes, strict=True):
            record = json.loads(raw)
            called = tuple(record["names"])
            main = called[0] if called else ""
            features.append(LayerFeature(main, called, record["kind"], shape, record["properties"]))
        source = DataSource(name, contents.meta["version"], contents.meta["sha256_of_source"])
    except (KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise GazetteerError("the layer is damaged", str(path)) from error
    return Layer(name, features, source)


def _pieces(contents: layout.Contents, name: str) -> list[bytes]:
    whole = contents.sections[name].tobytes()
    ends = contents.sections[f"{name}_end"].tolist()
    return [whole[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def name_of(file: Path) -> str:
    """A layer's name out of a file's: "Rivers of UA.geojson.gz" gives "rivers-of-ua"."""
    stem = file.name.partition(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64] or "layer"
