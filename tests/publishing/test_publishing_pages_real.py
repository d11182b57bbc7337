"""The further pages of a published record: they show what was weighed, with no piece written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from publishing_browsing import go, settle, show, watched
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, claim, document
from publishing_pages import piece_of, weighed
from publishing_weighing import ledger_of, told

from oskil.publishing.site import publish
from oskil.publishing.weighed import Amended, Given, Kept
from oskil.records import DataSource, Document, LossEntry, LossList, Period, Quantity, Reading

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
LENGTH = 20


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def alike(number: int) -> tuple[Document, Reading]:
    """One of several outlets that pass on the same general; the last is contradicted by itself."""
    text = document(
        f"Paper {number} hears that Arden holds Senna.",
        f"p{number}",
        outlet=f"Paper {number}",
        published=day(3).isoformat(),
    )
    fields: dict[str, Any] = {"side": "AR", "holder": "AR", "places": (4,), "time": Period(day(3), day(3))}
    said = claim(text, "Arden holds Senna", "control", speaker="Olek Gromm", **fields)
    return text, Reading(text.id, "handmade 1", (said,))


def against() -> tuple[Document, Reading]:
    text = document("Bork holds Senna, said Ganz.", "q", outlet="Post", published=day(3).isoformat())
    fields: dict[str, Any] = {"side": "BO", "holder": "BO", "places": (4,), "time": Period(day(3), day(3))}
    said = claim(text, "Bork holds Senna", "control", speaker="Viktor Ganz", **fields)
    return text, Reading(text.id, "handmade 1", (said,))


def forecast() -> tuple[Document, Reading]:
    text = document("Varnik will surely be ours, said Ganz.", "soon", published=day(18).isoformat())
    said = claim(
        text,
        "Varnik will surely be ours",
        "forecast",
        speaker="Viktor Ganz",
        side="BO",
        holder="BO",
        places=(1,),
    )
    return text, Reading(text.id, "handmade 1", (said,))


def losses() -> tuple[Document, Reading]:
    text = document("Gromm: Bork lost 12 tanks.", "l", published=day(5).isoformat())
    tanks = Quantity(value=12, unit="item", start=0, end=2)
    said = claim(text, "Bork lost 12 tanks", "losses", side="AR", quantities=(tanks,))
    return text, Reading(text.id, "handmade 1", (said,))


KINDS = [("BO", "tank", "destroyed", 0), ("BO", "tank", "captured", 2), ("BO", "truck", "destroyed", 1)]
KEPT = LossList(
    assessor="Loss Keepers",
    entries=tuple(
        LossEntry(id=str(n), side=side, category=kind, item="", status=state, listed=day(at))
        for n, (side, kind, state, at) in enumerate([*KINDS, ("BO", "ship", "destroyed", -90)])
    ),
    source=DataSource("Loss Keepers loss list", "1", "cd" * 32),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a record in which everything happens once."""
    calm = [told(("AR", "AR", 1), ("BO", "BO", 5), day=day(n)) for n in range(LENGTH)]
    silent = [told(("BO", "BO", 5), day=day(n), outlet="Northern Wire", key=f"n{n}") for n in range(10)]
    read = [*calm, *silent, *(alike(n) for n in range(3)), against(), forecast(), losses()]
    gone = Amended(
        action="correction", document=calm[0][0].id, whole=True, reason="The place was another.", at=NOW
    )
    made = tmp_path_factory.mktemp("real") / "page"
    given = Given(losses=(Kept(KEPT),), amendments=(gone,))
    publish(
        ledger_of(*read), FakeGazetteer(), made, profile=PROFILE, now=NOW + dt.timedelta(days=30), given=given
    )
    return made


@pytest.fixture
def page(context_of: Contexts, folder: Path) -> Page:
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    return opened


def words(page: Page) -> str:
    return page.locator("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def test_every_page_has_what_was_weighed(context_of: Contexts, folder: Path) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    show(page, folder)
    for name in (
        "sources",
        "propositions",
        "contradictions",
        "forecasts",
        "losses",
        "coverage",
        "corrections",
    ):
        go(page, f"#/{name}")
        assert page.locator("main .empty, main .missing").count() == 0, name
    assert watch.clean(), watch


def test_sources_lead_to_their_claims(page: Page, folder: Path) -> None:
    show(page, folder, "#/sources")
    assert page.locator("table.sorted tbody tr").count() == len(piece_of(folder, "sources"))
    one = next(s for s in piece_of(folder, "sources") if s["cases"])
    page.get_by_role("link", name=one["name"], exact=True).click()
    page.wait_for_selector(".cases .quote")
    counts = [count.strip() for count in page.locator(".cases h3 .count").all_inner_texts()]
    assert counts == [str(len(numbers)) for _, numbers in one["cases"]]
    page.locator(".cases .quote").first.click()
    page.wait_for_selector("[data-claim]")


def test_three_outlets_and_one_origin(page: Page, folder: Path) -> None:
    show(page, folder, "#/propositions?outlets=3")
    page.locator("li.proposition", has_text="Olek Gromm").locator("a.quote").first.click()
    settle(page)
    assert "3 outlets, 1 origin: Olek Gromm" in words(page)
    assert "What contradicts it" in words(page) and "Bork holds Senna" in words(page)


def test_an_open_forecast_counted_losses_and_a_correction(page: Page, folder: Path) -> None:
    show(page, folder, "#/forecasts?outcome=open")
    assert page.locator("li.forecast .quote").all_inner_texts() == ["Varnik will surely be ours"]
    go(page, "#/losses")
    told = words(page)
    assert page.locator(".totals strong").all_inner_texts() == ["4"]
    assert "1 of 4 entries are from before" in told and "Claimed: 12" in told
    go(page, "#/corrections?what=correction")
    assert "The place was another." in words(page)


def test_the_feed_that_fell_silent(page: Page, folder: Path) -> None:
    show(page, folder, "#/coverage")
    wire = page.locator(".feed.silent", has_text="Northern Wire")
    assert f"nothing from this feed for {LENGTH - 10} days" in wire.inner_text().replace("\u00a0", " ")
    assert page.locator(".feed", has_text="The Daily Courier").locator(".hush").count() == 0


def test_the_pieces_made_up_by_hand_have_the_real_ones_shape(folder: Path, tmp_path: Path) -> None:
    """So that what other tests rest on cannot drift from what is written."""
    made = weighed(tmp_path / "made", many=3)

    def shape(folder: Path, name: str) -> set[str]:
        found = piece_of(folder, name)
        return set(found["lists"][0]) | set(found["claims"]) if name == "losses" else set(found[0])

    for name in ("sources", "forecasts", "losses", "coverage", "corrections", "propositions-0"):
        assert shape(made, name) == shape(folder, name), name
    pairs = [piece_of(one, "contradictions-0")[0] for one in (made, folder)]
    assert set(pairs[0]["first"]) == set(pairs[1]["first"])


def test_a_card_leads_to_what_others_say_alike(page: Page, folder: Path) -> None:
    said = next(c for c in piece_of(folder, "claims-0") if c["witnesses"])
    show(page, folder, f"#/claim/{said['id']}")
    page.locator("[data-claim] a[href^='#/proposition/']").click()
    settle(page, f"#/proposition/{said['witnesses']['proposition']}")
    assert f"{said['witnesses']['outlets']} outlets" in words(page)
    heading = page.locator("h1").inner_text()
    page.get_by_role("link", name="Link to this", exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/proposition/of/')")
    settle(page)
    assert page.locator("h1").inner_text() == heading
