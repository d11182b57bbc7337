"""Control maps: who held what on one day, by one assessor's word. GeoJSON and KML, plain, gzipped or as KMZ.

drawn = parse(Raw(where="2022-09-08.geojson.gz", data=data))
drawn.assessor, drawn.day, [area.holder for area in drawn.areas]
"""

from __future__ import annotations

from oskil.sources.control_maps.parsing import parse
from oskil.sources.control_maps.source import ControlMapFile

__all__ = ["ControlMapFile", "parse"]
