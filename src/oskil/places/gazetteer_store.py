"""The sources that a user has added to the embedded gazetteer: one compiled file each, written atomically."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places import format as layout
from oskil.places import geonames, geonames_codes, geonames_names, own_files
from oskil.places.bounded import sha256_of
from oskil.places.building import Builder, edition_of_keys
from oskil.places.centres import Centres
from oskil.places.index import CompiledGazetteer
from oskil.places.interface import Gazetteer
from oskil.places.kinds import KINDS
from oskil.places.merged import MergedGazetteer
from oskil.places.rows import Row, hidden
from oskil.places.vector import Columns
from oskil.records import Place
from oskil.settings import settings

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_WHAT = "gazetteer"
EMBEDDED = "embedded"
_STALE_SECONDS = 24 * 3600
Steps = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """An added source as it lies in the folder: what it was made of, when, and what it holds.

    `form` is the format it was read in; `places` counts rows with facts, `kinds` the same by kind;
    `names_of` is how many places it has only names of; `matched` how many of a user's rows got the id of
    a known place.
    """

    name: str
    form: str
    source: str
    version: str
    sha256: str
    added: str
    places: int
    names_of: int
    matched: int
    kinds: Mapping[str, int]
    columns: Mapping[str, str]
    bytes: int
    path: Path


class GazetteerStore:
    """The added sources of a data folder. Methods raise GazetteerError and leave what was there as it was."""

    def __init__(self, data: Path | None = None) -> None:
        self.folder = (data or settings().data) / "gazetteers"

    def paths(self) -> list[Path]:
        """The compiled files, in the order in which they were added."""
        found = [
            (str(layout.head(path, _WHAT).get("added", "")), path) for path in self.folder.glob("*.gazetteer")
        ]
        return [path for _, path in sorted(found)]

    def parts(self) -> list[CompiledGazetteer]:
        """The sources, opened. One that was made with other rules for names is compiled anew."""
        return [self._opened(path) for path in self.paths()]

    def entries(self) -> Sequence[SourceEntry]:
        """The facts of all sources, in the order in which they were added."""
        return [_entry(path) for path in self.paths()]

    def add(
        self,
        file: Path,
        name: str,
        columns: Columns,
        known: Gazetteer,
        *,
        kind: str = "",
        replace: bool = False,
        step: Steps = lambda count: None,
    ) -> SourceEntry:
        """Compile a file into the source `name`. `step` is told the number of rows, every few thousand."""
        path = self.prove_free(name, replace=replace)
        if kind and kind not in KINDS:
            raise GazetteerError(f"no kind of places; there are {', '.join(KINDS)}", kind)
        digest = sha256_of(file)
        form = form_of(file)
        self._sweep()
        with Builder(self.folder, where=lambda number: f"{file}, {_nth(form, number)}") as builder:
            tally = _Tally(step)
            for row in _rows(file, form, columns, known, name, kind, builder.folder, tally):
                builder.add(row)
                tally.count(row)
            if not len(builder):
                raise GazetteerError("no named place in it", str(file))
            builder.write(path, {**tally.meta(file, form, digest, name), "columns": columns.stated()})
        return _entry(path)

    def prove_free(self, name: str, *, replace: bool) -> Path:
        """Where a source of this name goes. Raises GazetteerError where there is one to be kept."""
        path = self._path(name)
        if name == EMBEDDED or (path.exists() and not replace):
            raise GazetteerError("there is a source of this name already; --replace takes its place", name)
        return path

    def remove(self, name: str) -> None:
        """Take a source away."""
        path = self._existing(name)
        try:
            path.unlink()
        except OSError as error:
            raise GazetteerError(f"the source cannot be removed: {error.strerror}", str(path)) from error

    def verify(self, name: str) -> SourceEntry:
        """Prove a whole compiled file by its hash. Raises GazetteerError where it is not what was written."""
        path = self._existing(name)
        layout.read(path, _WHAT, prove=True)
        return _entry(path)

    def _sweep(self) -> None:
        """Remove what a compilation left that was killed; one at work is younger."""
        for left in [*self.folder.glob(".building-*"), *self.folder.glob(".*.gazetteer.*")]:
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()

    def _opened(self, path: Path) -> CompiledGazetteer:
        part = CompiledGazetteer(path, path.stem)
        if part.meta.get("keys") != edition_of_keys():
            with Builder(self.folder) as builder:
                for row in part.all_rows():
                    builder.add(row)
                kept = {k: v for k, v in part.meta.items() if k not in layout.OWN}
                builder.write(path, kept)
            part = CompiledGazetteer(path, path.stem)
        return part

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise GazetteerError("a source's name is 64 small letters, digits and . _ - at most", name[:80])
        return self.folder / f"{name}.gazetteer"

    def _existing(self, name: str) -> Path:
        path = self._path(name)
        if not path.exists():
            there = ", ".join(found.stem for found in sorted(self.folder.glob("*.gazetteer"))) or "none"
            raise GazetteerError(f"no such source; there are: {there} (`oskil gazetteer add` adds one)", name)
        return path


class _Tally:
    """Counts rows as they go by."""

    def __init__(self, step: Steps) -> None:
        self.rows = 0
        self.newest = ""
        self.matching = own_files.Matching()
        self._kinds = [0] * 256
        self._step = step

    def count(self, row: Row) -> None:
        self.rows += 1
        self._kinds[row.kind] += 1
        if not self.rows % 10_000:
            self._step(self.rows)

    def meta(self, file: Path, form: str, digest: str, name: str) -> dict[str, Any]:
        kinds = {kind: self._kinds[number] for number, kind in enumerate(KINDS) if self._kinds[number]}
        changed = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).date().isoformat()
        return {
            "name": name,
            "form": form,
            "source": file.name,
            "version": self.newest or changed,
            "inputs": digest,
            "added": dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
            "places": sum(kinds.values()),
            "names_of": self._kinds[255],
            "matched": self.matching.matched,
            "kinds": dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        }


def form_of(file: Path) -> str:
    """The format of a file, by its name and, for a text, by its first line."""
    name = file.name.lower()
    for start, form in _BY_NAME.items():
        if name.startswith(start):
            return form
    if name.endswith((".zip", ".txt", ".txt.gz")) and geonames.is_dump(file):
        return "geonames"
    if name.endswith(".zip") and not any(s in name for s in (".geojson", ".csv", ".json", ".kml", ".tsv")):
        return "geonames"  # so that what is wrong with it is told as of a dump
    return "own"


_BY_NAME = {
    "alternatenames": "geonames names",
    "admin1codes": "geonames regions",
    "admin2codes": "geonames regions",
    "countryinfo": "geonames countries",
    "allcountries": "geonames",
}


def _rows(
    file: Path,
    form: str,
    columns: Columns,
    known: Gazetteer,
    name: str,
    kind: str,
    folder: Path,
    tally: _Tally,
) -> Iterator[Row]:
    if form == "geonames":
        for row, day in geonames.places(file):
            tally.newest = max(tally.newest, day)
            yield row
    elif form == "geonames names":
        yield from geonames_names.names(file, folder)
    elif form == "own":
        yield from own_files.rows(file, columns, known, source=name, kind=kind, tally=tally.matching)
    else:
        read = geonames_codes.regions if form == "geonames regions" else geonames_codes.countries
        centres = Centres(known)
        taken = (lambda row: row) if form != "geonames regions" else _without_bare(known)
        for row in read(file, lambda number: known.get(number) is not None, centres):
            yield taken(row)


def _without_bare(known: Gazetteer) -> Callable[[Row], Row]:
    """Hides those names of a region that a settlement of its country bears: "Kharkiv" stays the city's."""

    def taken(row: Row) -> Row:
        row.names = tuple(hidden(n) if any(_bears(p, row) for p in known.search(n)) else n for n in row.names)
        return row

    return taken


def _bears(place: Place, row: Row) -> bool:
    return place.kind == "settlement" and place.country == row.country


def name_of(file: Path) -> str:
    """A source's name out of a file's: "UA.zip" gives "ua"."""
    stem = file.name.partition(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64] or "places"


def _nth(form: str, number: int) -> str:
    return f"line {number + 1}" if form == "geonames" else f"place {number + 1}"


def _entry(path: Path) -> SourceEntry:
    meta = layout.head(path, _WHAT)
    try:
        return SourceEntry(
            name=path.stem,
            form=meta["form"],
            source=meta["source"],
            version=meta["version"],
            sha256=meta["inputs"],
            added=meta["added"],
            places=meta["places"],
            names_of=meta["names_of"],
            matched=meta["matched"],
            kinds=meta["kinds"],
            columns=meta["columns"],
            bytes=path.stat().st_size,
            path=path,
        )
    except (KeyError, OSError) as error:
        raise GazetteerError("the header of the gazetteer is damaged", str(path)) from error


def merged(embedded: CompiledGazetteer, store: GazetteerStore) -> CompiledGazetteer | MergedGazetteer:
    """The embedded gazetteer with all that was added."""
    parts = store.parts()
    return MergedGazetteer([embedded, *parts]) if parts else embedded
