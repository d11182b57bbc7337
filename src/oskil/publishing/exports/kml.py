"""KML 2.2: a placemark for each claim and settlement, with its span of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry, Spot
from oskil.publishing.exports.properties import properties

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMESPACE = "http://www.opengis.net/kml/2.2"


class Kml:
    """Claims without a settlement are left out: KML is a map."""

    name = "kml"
    suffix = ".kml"
    description = "KML for Google Earth, a placemark for each claim and settlement"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a document of placemarks."""
        from lxml import etree

        root = etree.Element(f"{{{_NAMESPACE}}}kml", nsmap={None: _NAMESPACE})
        document = etree.SubElement(root, f"{{{_NAMESPACE}}}Document")
        _add(document, "name", collection.title + (" (draft)" if collection.draft else ""))
        for entry in collection.entries:
            for spot in entry.settlements:
                _placemark(document, entry, spot)
        out.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _placemark(parent: Element, entry: Entry, spot: Spot) -> None:
    mark = _add(parent, "Placemark")
    _add(mark, "name", f"{spot.name}: {entry.claim.kind}")
    _add(mark, "description", _told(entry))
    first, last = entry.days
    if first or last:
        span = _add(mark, "TimeSpan")
        if first:
            _add(span, "begin", first.isoformat())
        if last:
            _add(span, "end", last.isoformat())
    data = _add(mark, "ExtendedData")
    for name, value in properties(entry).items():
        if value is not None:
            item = _add(data, "Data")
            item.set("name", name)
            _add(item, "value", str(value))
    _add(_add(mark, "Point"), "coordinates", f"{spot.lon},{spot.lat}")


def _told(entry: Entry) -> str:
    who = entry.claim.speaker or entry.text.outlet or "the outlet"
    through = f", through {', '.join(entry.claim.relays)}" if entry.claim.relays else ""
    return f"“{entry.claim.quote}” — {who}{through}"


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    from lxml import etree

    child: Element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}")
    if text is not None:
        child.text = (
            "".join(c for c in text if c in "\t\n" or c >= " ").replace("\ufffe", "").replace("\uffff", "")
        )
    return child
