"""GeoPackage (OGC 12-128) by GDAL: a layer of points, a feature for each claim and settlement."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO

from oskil.errors import PublishError
from oskil.publishing.exports.interface import Collection
from oskil.publishing.exports.parquet import table


class GeoPackage:
    """Claims without a settlement have no point and are left out."""

    name = "geopackage"
    suffix = ".gpkg"
    description = "GeoPackage for GIS, a point for each claim and settlement"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a package with the layer `claims`."""
        import pyarrow
        import shapely

        try:
            import pyogrio
        except ImportError as error:
            raise PublishError("GeoPackage needs GDAL: pip install 'oskil[geo]'", "geopackage") from error

        rows = table(collection)
        rows = rows.filter(rows["latitude"].is_valid()).replace_schema_metadata(None)
        points = shapely.points(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
        shapes = pyarrow.array(list(shapely.to_wkb(points)), pyarrow.binary())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "claims.gpkg"
            pyogrio.write_arrow(
                rows.append_column("geometry", shapes),
                path,
                layer="claims",
                driver="GPKG",
                geometry_name="geometry",
                geometry_type="Point",
                crs="EPSG:4326",
            )
            out.write(path.read_bytes())
