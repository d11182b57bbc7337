"""A site whose weighed pieces are made up by hand, as docs/site-data.md has them; nothing is a figure."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from publishing_handmade import NOW, PROFILE, FakeGazetteer, ledger

from oskil.publishing.pieces import script
from oskil.publishing.site import publish
from oskil.publishing.weighed import losses as weighed_losses

Json = dict[str, Any]
HOSTILE = '<img src=x onerror="alert(1)"> & "words"'
SIZE = 200


def piece_of(folder: Path, name: str) -> Any:
    """A piece of a site, read back."""
    text = (folder / "data" / f"{name}.js").read_text("utf-8").strip()
    return json.loads(text.removeprefix(f'OSKIL_PIECE("{name}",').removesuffix(");"))


def put(folder: Path, name: str, value: Any) -> None:
    """Write a piece over the one that is there."""
    path = folder / "data" / f"{name}.js"
    path.unlink(missing_ok=True)
    path.write_text(script(name, value), "utf-8")


def brief(claim: Json, **changed: Any) -> Json:
    """A claim in short."""
    told = "number id quote kind speaker side certainty polarity"
    kept = f"{told} time places areas around relays outlet".split()
    return {**{name: claim[name] for name in kept}, **changed}


def tally(right: float, of: float, low: float, high: float) -> Json:
    return {"right": right, "of": of, "share": right / of, "low": low, "high": high}


def sources(numbers: list[int]) -> list[Json]:
    def one(name: str, side: str | None, role: str, **told: Any) -> Json:
        empty = dict.fromkeys(("gains", "losses", "denials", "states", "others", "admits", "delay"))
        who = {"name": name, "side": side, "role": role}
        return {**who, "claims": 1, "silent": 0, "cases": [], **empty, **told}

    return [
        one(
            "General Staff",
            "AR",
            "staff",
            claims=412,
            gains=tally(11.2, 17, 0.47, 0.82),
            delay=-1.0,
            silent=7,
            losses=tally(5, 5, 0.65, 1.0),
            denials=tally(1, 4, 0.06, 0.6),
            admits=tally(5, 12, 0.22, 0.64),
            states=tally(140, 180, 0.72, 0.82),
            cases=[
                ["gain, true", numbers[:3]],
                ["gain, false", numbers[1:2]],
                ["denial, false", numbers[2:3]],
            ],
        ),
        one("Monitor", None, "monitor", claims=90, others=tally(27, 30, 0.77, 0.96), delay=2.0),
        one(HOSTILE, "BO", "ministry", claims=3, gains=tally(0, 2, 0.0, 0.57), delay=0.0),
    ]


def propositions(claims: list[Json], count: int) -> list[Json]:
    """`count` propositions; the first has ten outlets and one origin, and the second contradicts it."""
    against = {0: [[1, "different holders on one day"]], 1: [[0, "different holders on one day"]]}
    made = []
    for number in range(count):
        claim = claims[number % len(claims)]
        outlets = [f"Paper {n}" for n in range(10 if number == 0 else 2 + number % 4)]
        origins = [{"name": "General Staff", "side": "AR", "outlets": outlets}]
        if number % 3 == 1:
            origins.append({"name": HOSTILE, "side": None, "outlets": ["Paper 0"]})
        made.append(
            {
                "id": f"{number:010x}",
                "kind": claim["kind"],
                "holder": "AR" if number % 2 else None,
                "places": claim["places"],
                "period": ["2022-04-03", "2022-04-05"],
                "outlets": outlets,
                "origins": origins,
                "claims": [brief(claim)],
                "claims_count": len(outlets),
                "summary": f"{len(outlets)} outlets say so",
                "contradicts": against.get(number, []),
            }
        )
    return made


def forecasts(claims: list[Json]) -> list[Json]:
    def one(number: int, outcome: str, **told: Any) -> Json:
        empty: Json = dict.fromkeys(("resolved", "probability", "score"))
        empty |= {"because": "it has until 2022-06-01", "evidence": []}
        claim = brief(claims[number % len(claims)], kind="forecast")
        return {"claim": claim, "outcome": outcome, **empty, **told}

    settled = {"because": "AR is believed to hold the place from 2022-04-08", "resolved": "2022-04-08"}
    return [
        one(0, "came true", probability=0.9, score=0.01, evidence=[brief(claims[1])], **settled),
        one(
            1,
            "did not",
            probability=0.8,
            score=0.64,
            because="by 2022-05-01, AR was not believed to hold the place",
            resolved="2022-05-01",
        ),
        one(2, "open", probability=0.5),
        one(3, "expired", because=HOSTILE, resolved="2022-04-20"),
        one(4, "cannot be told", because="it names no party that would hold the place"),
    ]


def losses(claims: list[Json], sides: list[str]) -> dict[str, Json]:
    """The piece of losses, and that of each list."""
    kinds = ["tank", "vehicle", "artillery", "radar", "truck", "ship", "drone", HOSTILE]
    states = ["destroyed", "captured", "damaged"]

    def listed(side: str, scale: int) -> Json:
        days = [
            [day, kind, state, scale + (day * 7 + i) % 5]
            for day in range(0, 60, 2)
            for i, kind in enumerate(kinds)
            for state in states[: 1 + (day + i) % 3]
        ]
        by = {s: sum(n for _, _, t, n in days if t == s) for s in states}
        table = [[k, [sum(n for _, c, t, n in days if (c, t) == (k, s)) for s in states]] for k in kinds]
        return {
            "assessor": "Loss keepers",
            "side": side,
            "day": 60,
            "total": sum(by.values()),
            "by": by,
            "kinds": table,
            "days": days,
        }

    numbers = [c["number"] for c in claims[:8]]
    columns = {
        "claim": numbers,
        "day": [3 * n for n in range(len(numbers))],
        "side": [sides[n % len(sides)] for n in range(len(numbers))],
        "value": [100.0 * n or None for n in range(len(numbers))],
    }
    lists = [listed("AR", 2), listed("BO", 0)]
    whole = {f"losses-{n}": weighed_losses.whole(one) for n, one in enumerate(lists)}
    return {"losses": {"lists": [weighed_losses.in_short(one) for one in lists], "claims": columns}, **whole}


def coverage(days: int) -> list[Json]:
    every = [[day, 1 + day % 4] for day in range(days)]
    holed = [run for run in every if not 20 <= run[0] < 29]
    dead = [run for run in every if run[0] < days - 6]

    def feed(outlet: str, side: str | None, runs: list[list[int]], gaps: list[list[int]]) -> Json:
        reports = sum(n for _, n in runs)
        quiet = days - 1 - runs[-1][0]
        return {
            "outlet": outlet,
            "side": side,
            "documents": reports,
            "claims": 3 * reports,
            "first": runs[0][0],
            "last": runs[-1][0],
            "runs": runs,
            "quiet": quiet,
            "gaps": gaps,
        }

    return [
        feed("Courier", None, every, []),
        feed("Post", "AR", holed, [[20, 28]]),
        feed(HOSTILE, "BO", dead, []),
    ]


def corrections(document: Json) -> list[Json]:
    def one(what: str, at: str, note: str) -> Json:
        return {
            "at": at,
            "what": what,
            "document": document["number"],
            "title": document["title"],
            "outlet": document["outlet"],
            "note": note,
        }

    return [
        one("withdrawal", "2022-05-03T10:00:00+00:00", HOSTILE),
        one("correction", "2022-05-02T10:00:00+00:00", "The place was another of that name."),
        one("revision", "2022-05-01T10:00:00+00:00", ""),
    ]


def verdicts(claims: list[Json], count: int) -> list[Json]:
    outcomes = ("agrees", "differs", "contradicted", "cannot be checked")
    plain: Json = {
        "low": 8.0,
        "high": 12.0,
        "unit": "km",
        "places": [],
        "steps": ["one", "two"],
        "picture": None,
        "method": "great circle",
        "tolerance": "a tenth",
        "data": [["gazetteer", "1", "0" * 64]],
    }
    return [
        {
            "id": f"{n:010x}-distance",
            "check": "distance",
            "claim": brief(claims[n % len(claims)]),
            "outcome": outcomes[n * 7 % 4],
            "stated": f"{n} km",
            "found": "10 km",
            "reason": HOSTILE,
            "value": 10.0,
            **plain,
        }
        for n in range(count)
    ]


def cut(folder: Path, name: str, entries: list[Any]) -> Json:
    """Write a list in pieces of 200 and give their size and count."""
    pieces = [entries[start : start + SIZE] for start in range(0, len(entries), SIZE)]
    for number, piece in enumerate(pieces):
        put(folder, f"{name}-{number}", piece)
    return {"size": SIZE, "count": len(pieces), "entries": len(entries)}


def weighed(folder: Path, many: int = 450) -> Path:
    """A site at `folder` with every weighed piece; lists that are cut have `many` entries."""
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW)
    core = piece_of(folder, "core")
    claims = [c for c in piece_of(folder, "claims-0") if c["current"]]
    core["days"]["count"] = max(core["days"]["count"], 90)
    put(folder, "sources", sources([c["number"] for c in claims]))
    put(folder, "forecasts", forecasts(claims))
    for name, piece in losses(claims, core["sides"]).items():
        put(folder, name, piece)
    put(folder, "coverage", coverage(core["days"]["count"]))
    put(folder, "corrections", corrections(piece_of(folder, "documents-0")[0]))
    core["has"] = dict.fromkeys(("sources", "forecasts", "losses", "coverage", "corrections"), True)
    core["has"]["propositions"] = cut(folder, "propositions", propositions(claims, many))
    pairs = [
        {
            "first": brief(claims[n % 3]),
            "second": brief(claims[3 + n % 2], side="BO"),
            "reason": f"{HOSTILE} {n}",
        }
        for n in range(many)
    ]
    core["pieces"]["contradictions"] = cut(folder, "contradictions", pairs)
    made = verdicts(claims, many)
    core["pieces"]["verdicts"] = cut(folder, "verdicts", made)
    core["counts"] |= {
        "contradictions": many,
        "verdicts": many,
        "outcomes": Counter(v["outcome"] for v in made),
    }
    put(folder, "core", core)
    return folder
