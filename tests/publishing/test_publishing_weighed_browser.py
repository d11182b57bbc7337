"""What the map calculates from the piece `said` is what the rule says, on every day as known on any other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import show, watched
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, ledger
from publishing_weighing import basis, told

from oskil.publishing.holders import said_to_hold
from oskil.publishing.site import publish
from oskil.publishing.weighed import said

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

NAMES = ("mentioned", "claimed", "assessed", "contested")
ASK = """async ([on, known]) => {
    const found = await Oskil.saidOn(on, known);
    return Oskil.rows.map((place) => [place.id, Oskil.STANDING[found.standing[place.row]],
        Oskil.partiesOf(found.holders[place.row])]);
}"""


@pytest.mark.browser
def test_the_map_says_who_is_said_to_hold_what(
    tmp_path: Path, context_of: Callable[..., BrowserContext]
) -> None:
    made = ledger()
    for days, said_then in enumerate(
        [
            [("AR", "AR", 2), ("BO", "BO", 4)],
            [("BO", "AR", 2), ("independent", "BO", 1)],
            [("BO", "BO", 2), ("AR", "AR", 4), ("independent", "AR", 5)],
        ]
    ):
        made.add(*told(*said_then, day=DAY + dt.timedelta(days=2 + days)))
    publish(made, FakeGazetteer(), tmp_path / "page", profile=PROFILE, now=NOW)
    record = basis(made)
    published = {r.stored.document.id: r.stored.document.published_on for r in record.material.read}
    stood = said.stood(record.material.read)
    page, watch = watched(context_of(webgl=True), tmp_path / "page")
    show(page, tmp_path / "page")
    seen = set()
    for on in range(record.layout.days):
        for known in range(record.layout.days):
            day, then = (record.layout.first + dt.timedelta(days=n) for n in (on, known))
            for place, standing, holders in page.evaluate(ASK, [on, known]):
                held = said_to_hold(place, record.claims, published, on=day, known=then, stood=stood)
                expected = list(held.holders) if held.standing != "mentioned" else []
                assert (standing, sorted(holders)) == (held.standing, expected), (place, day, then)
                seen.add(standing)
    assert seen == set(NAMES)
    assert watch.errors == []
