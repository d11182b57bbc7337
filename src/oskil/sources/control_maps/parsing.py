"""From the bytes of a control map to its record."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import ControlMap, DataSource
from oskil.sources import packed
from oskil.sources.control_maps import geojson, kml
from oskil.sources.control_maps.areas import areas_of, day_of, status_of
from oskil.sources.control_maps.features import Sheet, first
from oskil.sources.control_maps.kinds import Kind, kind_of, kinds
from oskil.sources.decoding import decode
from oskil.sources.interface import Raw
from oskil.sources.parties import profile_in_use

_SUFFIXES = (".gz", ".geojson", ".json", ".kml", ".kmz")
_ASSESSOR = ("assessor", "source", "author", "publisher")


def parse(
    raw: Raw,
    *,
    kind: Kind | None = None,
    assessor: str | None = None,
    day: str | None = None,
    profile: ConflictProfile | None = None,
) -> ControlMap:
    """The control map in a file.

    `kind` says what its properties and statuses mean; without one the file is recognised by its name and its
    statuses. `assessor` and `day` win over what it says of itself. Parties named in words are those of
    `profile`, or of the profile in use. Raises SourceError, with one line that says what is wrong and where:
    no map, no day, no assessor, coordinates that are not degrees, no area that can be used.
    """
    profile = profile or profile_in_use()
    name = _stem(raw.where)
    sheet = _sheet(raw)
    if not sheet.features:
        raise SourceError("there is no area in this map", raw.where)
    kind = kind or _kind(sheet, name)
    who = assessor or first(_ASSESSOR, sheet.properties) or kind.assessor
    if not who:
        raise SourceError("who drew this map is not told; say so with --outlet", raw.where)
    areas, notes = areas_of(sheet.features, kind, name, profile)
    if not areas:
        raise SourceError("there is no area in this map" + "".join(f"; {n}" for n in notes[:1]), raw.where)
    on = day_of(sheet, kind, name, day, raw.where)
    return ControlMap(
        assessor=who,
        day=on,
        areas=areas,
        source=DataSource(f"{who} control map", on.isoformat(), hashlib.sha256(raw.data).hexdigest()),
        notes=(*sheet.notes, *notes),
        elsewhere=kind.elsewhere,
        within=kind.within,
    )


def _sheet(raw: Raw) -> Sheet:
    data, where = raw.data, raw.where
    if data.startswith(packed.GZIP):
        data = packed.gunzipped(data, where)
    if data.startswith(packed.ZIP):
        found = packed.member(data, lambda n: n.lower().endswith((".kml", ".geojson")), where)
        if found is None:
            raise SourceError("there is no .kml in this archive", where)
        where, data = f"{where}, {found[0]}", found[1]
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return kml.read(data, where)
    text = decode(Raw(where=where, data=data), longest_line=None).text
    return geojson.read(text.removeprefix("\ufeff"), where)


def _kind(sheet: Sheet, name: str) -> Kind:
    """The kind by the names of file and collection, else by every status, in any kind's properties."""
    named = f"{name} {first(('name',), sheet.properties)}"
    said = {status_of(f, k, "") for k in kinds().values() for f in sheet.features}
    return kind_of(named, said)


def _stem(where: str) -> str:
    name = PurePath(where).name
    while name.lower().endswith(_SUFFIXES):
        name = name.rpartition(".")[0]
    return name
