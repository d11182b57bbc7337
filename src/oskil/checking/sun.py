"""How high the sun stands: the low-precision formulas of the Astronomical Almanac, good to 0.02 degrees."""

from __future__ import annotations

import datetime as dt
import math

# The sun's upper edge on the horizon, with mean refraction; and the end of civil twilight. Degrees.
SET, DUSK = -0.833, -6.0
_EPOCH = dt.datetime(2000, 1, 1, 12, tzinfo=dt.UTC)


def height(lat: float, lon: float, moment: dt.datetime) -> float:
    """The height of the sun's middle over the horizon in degrees, without refraction, at an aware moment."""
    days = (moment - _EPOCH).total_seconds() / 86400
    mean_longitude = 280.460 + 0.9856474 * days
    anomaly = math.radians(357.528 + 0.9856003 * days)
    longitude = math.radians(mean_longitude + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 0.0000004 * days)
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    sidereal = math.radians((280.46062 + 360.98564737 * days + lon) % 360)
    hour, phi = sidereal - ascension, math.radians(lat)
    sine = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


def crossing(
    lat: float, lon: float, day: dt.date, zone: dt.tzinfo, degrees: float, *, rising: bool
) -> dt.datetime | None:
    """The minute of a local day at which the sun passes a height, up or down; None where it does not."""
    start = dt.datetime.combine(day, dt.time(), tzinfo=zone)
    minutes = [start + dt.timedelta(minutes=n) for n in range(24 * 60 + 1)]
    heights = [height(lat, lon, m) for m in minutes]
    for at in range(1, len(minutes)):
        before, after = heights[at - 1] - degrees, heights[at] - degrees
        if (before < 0 <= after) if rising else (before >= 0 > after):
            return minutes[at]
    return None
