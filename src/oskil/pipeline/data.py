"""The data that checks rest on: from a folder of files, from the ledger, and the layers that were added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oskil.errors import GazetteerError, InputError, SourceError
from oskil.pipeline.telling import told
from oskil.records import ControlMap, Document, LossList, Refusal

if TYPE_CHECKING:
    from oskil.checking.data import Data
    from oskil.ledger.store import Ledger
    from oskil.places.layers import Layer
    from oskil.sources.interface import Raw

_SHAPES = (".geojson", ".json", ".kml", ".kmz")
_TABLES = (".csv", ".tsv")
_MAP = "control map of "


@dataclass(frozen=True, slots=True)
class Found:
    """Maps, lists and layers, and the files that were passed over with the reason."""

    maps: tuple[ControlMap, ...] = ()
    losses: tuple[LossList, ...] = ()
    layers: tuple[Layer, ...] = ()
    passed: tuple[Refusal, ...] = ()

    def joined(self, other: Found) -> Found:
        """Both together; what lies in both is kept once, this one's first."""
        # A map that did not change has the same bytes on another day.
        maps = {(one.day, one.source.sha256): one for one in (*other.maps, *self.maps)}
        losses = {one.source.sha256: one for one in (*other.losses, *self.losses)}
        layers = {one.source.sha256: one for one in (*other.layers, *self.layers)}
        passed = (*self.passed, *other.passed)
        return Found(tuple(maps.values()), tuple(losses.values()), tuple(layers.values()), passed)

    def words(self) -> str:
        """What was found in a line: "35 control maps of DeepState, 2022-04-03 to 2022-09-12; ..."."""
        said = []
        for who in dict.fromkeys(one.assessor for one in self.maps):
            days = sorted(one.day for one in self.maps if one.assessor == who)
            said.append(
                f"{len(days)} control map{'s' if len(days) > 1 else ''} of {who}, {days[0]} to {days[-1]}"
            )
        said += [
            f"loss list of {one.assessor}, {len(one.entries):,} entr{_ending(one.entries, 'y', 'ies')}"
            for one in self.losses
        ]
        said += [f"layer {one.name}, {len(one):,} feature{_ending(one, '', 's')}" for one in self.layers]
        return "; ".join(said) or "nothing that a check can use"


def _ending(some: Sized, one: str, several: str) -> str:
    return one if len(some) == 1 else several


def in_folder(folder: Path) -> Found:
    """The control maps, loss lists and layers among the files of a folder and its folders.

    A file is known by what is in it. One that is none of these is passed over, with the reason where its name
    promised one. Raises InputError where there is no such folder.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", str(folder))
    found = Found()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.name.lower().removesuffix(".gz")
        if name.endswith(_SHAPES):
            found = found.joined(_shapes(path))
        elif name.endswith(_TABLES):
            found = found.joined(_table(path))
    return found


def _shapes(path: Path) -> Found:
    from oskil.places.layers import open_layer
    from oskil.sources import control_maps

    try:
        return Found(maps=(control_maps.parse(_raw(path)),))
    except SourceError as error:
        reason = error.message
    try:
        layer = open_layer(path)
    except GazetteerError as error:
        return Found(passed=(Refusal(str(path), f"no control map: {reason}; no layer: {error.message}"),))
    if not len(layer):
        return Found(passed=(Refusal(str(path), f"no control map: {reason}; no layer: nothing is in it"),))
    return Found(layers=(layer,))


def _table(path: Path) -> Found:
    from oskil.sources import losses

    try:
        return Found(losses=(losses.parse(_raw(path)),))
    except SourceError as error:
        return Found(passed=(Refusal(str(path), f"no loss list: {error.message}"),))


def _raw(path: Path) -> Raw:
    from oskil.sources.interface import Raw

    try:
        return Raw(where=str(path), data=path.read_bytes())
    except OSError as error:
        raise SourceError(f"it cannot be read: {error.strerror}", str(path)) from error


def in_ledger(ledger: Ledger, as_known_on: dt.date | None = None) -> Found:
    """The control maps and loss lists that were read into the ledger, as it stood at the end of that day.

    Of the lists of one keeper the newest counts for each side.
    """
    from oskil.sources.losses import keys

    lists: dict[str, LossList] = {}
    for document, data in _files(ledger, keys.BEGINNINGS, as_known_on):
        listed = _list(document.retrieved_from or document.key, data, document.outlet, document.published)
        lists[f"{listed.assessor} {sorted({e.side for e in listed.entries})}"] = listed
    return Found(maps_in_ledger(ledger, as_known_on), tuple(lists.values()))


def maps_in_ledger(ledger: Ledger, as_known_on: dt.date | None = None) -> tuple[ControlMap, ...]:
    """The control maps that were read into the ledger, as it stood at the end of that day."""
    maps: dict[str, ControlMap] = {}
    for document, data in _files(ledger, (_MAP,), as_known_on):
        where = document.retrieved_from or document.key
        maps[document.key] = _map(where, data, document.outlet, document.published)
    return tuple(maps.values())


def _files(
    ledger: Ledger, asked: Iterable[str], as_known_on: dt.date | None
) -> Iterator[tuple[Document, bytes]]:
    """The bytes beside the documents whose keys begin so, in the order of recording. A file of which there is
    a document for each day comes once; a map of the same bytes on another day is another.
    """
    found = [one for begins in asked for one in ledger.documents(as_known_on=as_known_on, begins=begins)]
    seen: set[tuple[str, str]] = set()
    for stored in sorted(found, key=lambda one: one.recorded_at):
        document = stored.document
        file = document.raw_sha256, document.key if document.key.startswith(_MAP) else ""
        if file not in seen:
            seen.add(file)
            yield document, ledger.raw(document.id)


def _map(where: str, data: bytes, who: str | None, day: str | None) -> ControlMap:
    from oskil.sources import control_maps
    from oskil.sources.interface import Raw

    return control_maps.parse(Raw(where=where, data=data), assessor=who, day=day)


def _list(where: str, data: bytes, who: str | None, day: str | None) -> LossList:
    from oskil.sources import losses
    from oskil.sources.interface import Raw

    return losses.parse(Raw(where=where, data=data), assessor=who, day=day)


def added_layers() -> Found:
    """The layers that the user has added by `oskil layer add`."""
    from oskil.places.layer_store import LayerStore

    store = LayerStore()
    return Found(layers=tuple(store.open(entry.name) for entry in store.entries()))


def data_for(
    ledger: Ledger, folders: Iterable[Path] = (), as_known_on: dt.date | None = None
) -> tuple[Data, Found]:
    """All data at hand made ready for checks, with what was found where. Raises InputError."""
    from oskil.checking.data import prepare
    from oskil.ledger.filters import ClaimFilter

    found = in_ledger(ledger, as_known_on)
    for folder in folders:
        found = found.joined(in_folder(folder))
    found = found.joined(added_layers())
    claims = told(ledger, ClaimFilter(as_known_on=as_known_on))
    data = prepare(
        found.maps,
        found.losses,
        found.layers,
        ((one.claim, one.document) for one in claims),
        known_on=as_known_on,
    )
    return replace(data, notes=(*data.notes, *_passed(found))), found


def _passed(found: Found) -> Iterator[str]:
    for one in found.passed:
        yield f"{one.where} was passed over: {one.reason}"
