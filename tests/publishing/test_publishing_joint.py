"""The shipped example, read by the reader, kept by the ledger, and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import go, show, watched
from publishing_reading import record_of, texts_of, words_of

from oskil import conflict, reading, sources
from oskil.ledger.store import open_ledger
from oskil.places import gazetteer
from oskil.publishing.site import publish
from oskil.sources.interface import Hints

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

EXAMPLE = Path(__file__).parents[2] / "examples" / "kharkiv-2022-09"
TEXTS = ("article-first.md", "article-revised.md", "summary.md", "channel.md", "saved.html")
NOW = dt.datetime(2022, 9, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joint")
    places, profile = gazetteer.load(), conflict.load("ukraine-2022")
    reader = reading.reader(places, profile)
    with open_ledger(folder / "ledger.db") as ledger:
        for name in TEXTS:
            # The two revisions are one text, saved twice under one name.
            for loaded in sources.load(str(EXAMPLE / name), Hints()):
                ledger.add(loaded.document, loaded.raw, reader.read(loaded.document), NOW)
        publish(ledger, places, folder / "page", profile=profile, now=NOW)
    return folder / "page"


def test_the_examples_claims_stand_in_their_texts(example: Path) -> None:
    record, texts = record_of(example), texts_of(example)
    assert len(record["documents"]) == 5 and len(record["claims"]) > 40
    for claim in record["claims"]:
        text = " ".join(words_of(texts[record["documents"][claim["document"]]["id"]]).split())
        for piece in claim["quote"].split(" … "):
            assert piece in text


def test_the_examples_disagreements_and_checks_are_shown(example: Path) -> None:
    record = record_of(example)
    assert record["contradictions"]
    assert {"agrees", "differs"} <= {v["outcome"] for v in record["verdicts"]}
    assert not [v for v in record["verdicts"] if "**" in f"{v['found']}{v['unit']}{v['reason']}"]
    balakliya = next(p for p in record["places"] if p["name"] == "Balakliya")
    assert balakliya["standing"] == "contested"


def test_a_claim_says_how_many_outlets_and_origins_it_has(example: Path) -> None:
    counted = [c["witnesses"] for c in record_of(example)["claims"] if c["witnesses"]]
    assert {w["outlets"] for w in counted} >= {2, 3}
    assert any("General Staff of the Armed Forces of Ukraine" in w["origins"] for w in counted)
    assert any(len(w["origins"]) < w["outlets"] for w in counted)


def test_governments_named_by_their_cities_are_not_on_the_map(example: Path) -> None:
    west, south, east, north = record_of(example)["frame"]
    assert east - west < 6 and north - south < 4
    assert not [p["name"] for p in record_of(example)["places"] if p["point"] and not p["claims"]]


@pytest.mark.browser
def test_the_example_opens_without_an_error(context_of: Callable[..., BrowserContext], example: Path) -> None:
    page, watch = watched(context_of(), example)
    record = record_of(example)
    show(page, example)
    routes = [f"#/document/{d['id']}" for d in record["documents"] if d["latest"]]
    for route in [*routes, "#/claims", "#/map", "#/contradictions", "#/checks", "#/notes"]:
        go(page, route)
        assert page.locator("h1").count() == 1, route
    assert watch.clean(), watch
