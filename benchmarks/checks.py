"""What the checks make of the first article, each number worked out another way; and many claims timed.

A verdict is *right* where its number is the one that `by_hand.py` finds from the raw files, within the
tolerance stated beside it here, and its outcome follows. Verdicts without a number (who holds a place, in
which order) are right where the raw maps say the same.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from benchmarks import by_hand, many
from benchmarks.figures import SHARED, Figure, digest

if TYPE_CHECKING:
    from oskil.pipeline.data import Found
    from oskil.records import Verdict

ARTICLE = SHARED / "data" / "article" / "kharkiv-2022-09-08.md"
OTHERS = ("article/*.txt", "news/*.md")
COUNT = 10_000
Right = Callable[["Verdict"], bool]


def available() -> bool:
    """Whether article, maps, losses and layers lie beside the checkout."""
    return (
        ARTICLE.is_file() and by_hand.MAPS.is_dir() and by_hand.LOSSES.is_file() and by_hand.RIVERS.is_file()
    )


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([ARTICLE, *by_hand.sources()])


@cache
def _data() -> Found:
    from oskil.pipeline.data import in_folder

    folder = SHARED / "data"
    found = in_folder(folder / "control").joined(in_folder(folder / "losses"))
    return found.joined(in_folder(folder / "layers"))


@cache
def verdicts(*patterns: str) -> tuple[Verdict, ...]:
    """What the checks say of the texts under these patterns, read as a user reads them, with all data."""
    from oskil import checking, sources
    from oskil.checking.cases import cases
    from oskil.checking.data import prepare
    from oskil.places import gazetteer
    from oskil.reading import reader
    from oskil.sources.interface import Hints

    names = gazetteer.load()
    reads = reader(names, None)
    folder = SHARED / "data"
    found = _data()
    documents = [
        one.document
        for pattern in patterns
        for path in sorted(folder.glob(pattern))
        for one in sources.load(str(path), Hints())
    ]
    readings = {one.id: (one, reads.read(one)) for one in documents}
    claims = [(claim, one) for one, reading in readings.values() for claim in reading.claims]
    data = prepare(found.maps, found.losses, found.layers, claims)
    return checking.run(cases(claims, lambda key: readings[key][1].toponyms, names, data))


def article() -> tuple[Verdict, ...]:
    """The verdicts on the first article."""
    return verdicts(str(ARTICLE.relative_to(SHARED / "data")))


def scored() -> dict[str, float]:
    """How many verdicts there are on the article, how many of a hundred are right, and of how many checks."""
    found = article()
    right = [one for one in found if is_right(one)]
    return {
        "verdicts": float(len(found)),
        "right": 100.0 * len(right) / len(found) if found else 0.0,
        "checks": float(len({one.check for one in right})),
    }


def is_right(one: Verdict) -> bool:
    """Whether a verdict on the article is what `by_hand.py` finds."""
    return RIGHT[one.check](one)


def _day(number: int) -> dt.date:
    return dt.date(2022, 9, number)


def _near(value: float | None, wanted: float, share: float = 0.02) -> bool:
    return value is not None and abs(value - wanted) <= share * abs(wanted) + 1e-6


def _town(name: str) -> tuple[float, float]:
    city = by_hand.towns()[name]
    return city["latitude"], city["longitude"]


def _ends(one: Verdict) -> tuple[tuple[float, float], tuple[float, float]]:
    words = one.stated
    first = "Kupiansk" if words.startswith("Kup") else "Shevchenkove"
    near = {
        "Shevchenkove": (49.695, 37.175)
    }  # one of many of the name: the one in question, by its coordinates
    last = "Balakliya" if words.endswith("Balakliya") else "Kupiansk"
    return near.get(first) or _town(first), _town(last)


def _distance(one: Verdict) -> bool:
    far = by_hand.haversine(*_ends(one)[0], *_ends(one)[1])
    stated = 76 if "76" in one.stated else 35
    fits = far <= stated * 1.1 + 8 and stated <= 1.5 * far
    return _near(one.value, far, 0.03) and fits == (one.outcome == "agrees")


def _direction(one: Verdict) -> bool:
    (lat, lon), (lat0, lon0) = _ends(one)
    import math

    east = (lon - lon0) * math.cos(math.radians((lat + lat0) / 2))
    bearing = math.degrees(math.atan2(east, lat - lat0)) % 360
    return _near(one.value, bearing, 0.03) and abs(bearing - 45) < 33.75 and one.outcome == "agrees"


def _population(one: Verdict) -> bool:
    return one.value == by_hand.towns()["Balakliya"]["population"] == 26_334 and one.outcome == "agrees"


def _rank(one: Verdict) -> bool:
    sizes = {city["geonameid"]: city["population"] for city in by_hand.towns().values()}
    larger = sum(size > by_hand.towns()["Kharkiv"]["population"] for size in sizes.values())
    return one.value == 1 + larger and one.outcome == "agrees"


def _crossing(one: Verdict) -> bool:
    far = by_hand.river_km(*_town("Kupiansk"), "Oskol")
    return one.value is not None and abs(one.value - far) < 0.15 and far < 2.4 and one.outcome == "agrees"


def _advance(one: Verdict) -> bool:
    first = _day(5) if "5 September" in one.found else _day(1)
    return _near(one.value, by_hand.depth_km(first, _day(8))) and one.outcome == "agrees"


def _area(one: Verdict) -> bool:
    late = by_hand.lost_km2(_day(5), _day(8), contested_held=False)
    early = by_hand.lost_km2(_day(5), _day(7), contested_held=False)
    told = f"{round(early):,}"[:2] in one.found and _near(one.value, late)
    return told and early < 700 < late and one.outcome == "agrees"


def _pace(one: Verdict) -> bool:
    this = by_hand.depth_km(_day(5), _day(8)) / 3
    return _near(one.value, this) and one.high is not None and one.high < this and one.outcome == "agrees"


def _duration(one: Verdict) -> bool:
    held = [day for day in by_hand.days() if by_hand.holder(*_town("Balakliya"), day) == "RU"]
    return one.value == (held[-1] - held[0]).days and one.outcome == "agrees"


def _losses(one: Verdict) -> bool:
    counts = [by_hand.listed("Russia", _day(number)) for number in (6, 7, 8)]
    told = f"none of {6} September 2022, {counts[2]} of 8 September 2022" in one.found
    return one.value == counts[1] == 0 and told and one.outcome == "cannot be checked"


def _shares(one: Verdict) -> bool:
    return _near(one.value, 0.7 * 76) and round(100 * 53 / 76) == 70 and one.outcome == "agrees"


def _control(one: Verdict) -> bool:
    around = {by_hand.holder(*_town("Balakliya"), _day(number)) for number in (7, 8, 9)}
    wanted = "RU" if "held by Russia" in one.stated else "UA"
    return (wanted in around) == (one.outcome == "agrees")


def _forecast(one: Verdict) -> bool:
    after = [d for d in by_hand.days() if d > _day(8) and by_hand.holder(*_town("Kupiansk"), d) == "UA"]
    return one.value == (after[0] - _day(8)).days and one.outcome == "agrees"


def _order(one: Verdict) -> bool:
    held = [by_hand.holder(*_town("Balakliya"), day) for day in by_hand.days()]
    return "UA" not in held[: held.index("contested")] and held[-1] == "UA" and one.outcome == "agrees"


def _encirclement(one: Verdict) -> bool:
    # Ground held or contested all the way east of the town, on three rows ten kilometres apart: a way out.
    lat, lon = _town("Balakliya" if "Balakliya" in one.stated else "Izium")
    rows = [lat - 0.05, lat, lat + 0.05]
    east = [lon + 0.1 * step for step in range(2, 9)]
    open_ = all(by_hand.holder(row, x, _day(7)) != "UA" for row in rows for x in east)
    aim = "aim" in one.stated
    return open_ and one.outcome == ("cannot be checked" if aim else "agrees") and (one.value or 0) >= 5


def _daylight(one: Verdict) -> bool:
    place = _town("Balakliya") if "Balakliya" in one.found else (49.695, 37.175)
    minutes = by_hand.sunset_minutes(*place, _day(8), 3)
    clock = one.found.split("set at ")[1][:5]
    told = int(clock[:2]) * 60 + int(clock[3:])
    return abs(told - minutes) <= 3 and _day(8).weekday() == 3


def _contradiction(one: Verdict) -> bool:
    return "RU holds it" in one.reason and one.outcome == "contradicted"


RIGHT: dict[str, Right] = {
    "distance": _distance,
    "direction": _direction,
    "population": _population,
    "rank": _rank,
    "crossing": _crossing,
    "advance": _advance,
    "area": _area,
    "pace": _pace,
    "duration": _duration,
    "losses": _losses,
    "shares": _shares,
    "control": _control,
    "forecast": _forecast,
    "order": _order,
    "encirclement": _encirclement,
    "daylight": _daylight,
    "contradiction": _contradiction,
}


def timed() -> tuple[float, float, float, int]:
    """Seconds to make the maps ready; to check the claims against them; of these, of the processor; and the
    number of verdicts.
    """
    from oskil import checking
    from oskil.checking.data import prepare
    from oskil.places import gazetteer

    found = _data()
    names = gazetteer.load()
    begun = time.perf_counter()
    data = prepare(found.maps, found.losses, found.layers)
    ready = time.perf_counter() - begun
    cases = many.cases(COUNT, names, data)
    begun, cpu = time.perf_counter(), time.process_time()
    made = checking.run(cases)
    return ready, time.perf_counter() - begun, time.process_time() - cpu, len(made)


def figures() -> Iterator[Figure]:
    """The rows of the page."""
    score = scored()
    yield Figure("verdicts on the first article", score["verdicts"], goal="18")
    yield Figure("right by another calculation", score["right"], "%", goal="100")
    yield Figure("checks with a right verdict", score["checks"])
    others = verdicts(*OTHERS)
    for outcome in ("agrees", "differs", "contradicted", "cannot be checked"):
        count = sum(one.outcome == outcome for one in others)
        yield Figure(f"the eleven other texts: {outcome}", float(count))
    ready, seconds, cpu, made = timed()
    yield Figure("35 maps made ready", ready, "s")
    yield Figure(
        "10,000 claims checked against them",
        seconds,
        "s",
        goal="60",
        beside=f"{cpu:.0f} s on one core; {made:,} verdicts",
    )
