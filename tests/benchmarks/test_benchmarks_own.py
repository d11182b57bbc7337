"""The own blind sets are well formed: quotes stand in their texts in order, ids in the gazetteer."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oskil.places.gazetteer import load

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
REPORTS = {"own": 8, "own2": 5, "own3": 4, "own4": 6, "own5": 5}
GOLD = sorted(path for name in REPORTS for path in (BENCHMARKS / name).glob("*.gold.json"))
KINDS = frozenset(
    "control movement area fighting strike losses harm displacement forecast assessment background"
    " statement".split()
)
FIELDS = frozenset(
    "id quote kind speaker side relays certainty polarity places time holder quantities evidence note".split()
)


def words(text: str) -> list[str]:
    """The words as the scorer counts them."""
    return re.findall(r"\w+(?:[.,]\w+)*", text.lower().replace("’", "'"))


def claims_of(path: Path) -> list[dict[str, Any]]:
    """The claims of one gold file."""
    return list(json.loads(path.read_text(encoding="utf8"))["claims"])


def stands_in(quote: list[str], text: list[str]) -> bool:
    """Whether the words of a quote run through the text without a gap."""
    return any(text[i : i + len(quote)] == quote for i in range(len(text)))


@pytest.mark.parametrize(("name", "count"), REPORTS.items())
def test_every_report_has_its_gold(name: str, count: int) -> None:
    folder = BENCHMARKS / name
    texts = {p.name.removesuffix(".txt") for p in folder.glob("*.txt")}
    assert texts == {p.name.removesuffix(".gold.json") for p in folder.glob("*.gold.json")}
    assert len(texts) == count


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_the_id_names_the_set_and_the_report(path: Path) -> None:
    name = path.name.removesuffix(".gold.json")
    gold = json.loads(path.read_text(encoding="utf8"))
    assert gold["id"] == f"{path.parent.name}-{name}"
    assert name.endswith(gold["published"])


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_every_quote_stands_in_its_text(path: Path) -> None:
    text = words(path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf8"))
    absent = [c["quote"] for c in claims_of(path) if not stands_in(words(c["quote"]), text)]
    assert absent == []


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_every_claim_keeps_to_the_vocabulary(path: Path) -> None:
    ids = [c["id"] for c in claims_of(path)]
    assert ids == sorted(set(ids))
    for claim in claims_of(path):
        assert set(claim) - {"also"} == FIELDS, claim["id"]
        assert {claim["kind"], *claim.get("also", ())} <= KINDS, claim["id"]
        assert claim["kind"] not in claim.get("also", ()), claim["id"]
        assert claim["certainty"] in {"asserted", "hedged", "conditional"}, claim["id"]
        assert claim["polarity"] in {"affirmed", "denied"}, claim["id"]
        assert claim["evidence"] in {None, "footage", "photo", "satellite", "document"}, claim["id"]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_every_time_is_a_span_of_days(path: Path) -> None:
    published = json.loads(path.read_text(encoding="utf8"))["published"]
    assert date.fromisoformat(published).isoformat() == published
    for claim in claims_of(path):
        ends = [date.fromisoformat(day) for day in claim["time"] or () if day]
        assert ends == sorted(ends), claim["id"]
        assert claim["time"] is None or (len(claim["time"]) == 2 and ends), claim["id"]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_every_place_is_a_settlement_of_the_gazetteer(path: Path) -> None:
    gazetteer = load()
    for claim in claims_of(path):
        for place_id in claim["places"]:
            place = gazetteer.get(place_id)
            assert place is not None and place.kind == "settlement", (claim["id"], place_id)
