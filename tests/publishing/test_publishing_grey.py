"""The map as it is drawn, with all colour taken away: what is claimed, assessed, inferred and unknown, and
the parties, are told apart by how light they are or by their pattern."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray
from publishing_atlas import World, write
from publishing_browsing import go, show, watched

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
Grey = NDArray[np.float64]
WORLD = World(places=1500, days=60, claims=4000)
DRAWN = ".map-box[data-ready=true]"
# Ground is looked at so near that the patch lies within one settlement's.
NEAR = (20, 4)

# The ground and the day of a map around a point, 2 * half pixels wide, as lightness from 0 to 255: colours
# are weighed as sRGB's luma does, which is what a grey print or screen keeps of them.
PATCH = """([lon, lat, half]) => {
  const box = document.querySelector(".map-box");
  const [west, north, zoom] = box.dataset.view.split(" ").map(Number), view = Oskil.view();
  [view.width, view.height] = [box.clientWidth, box.clientHeight];
  view.move(...Oskil.mercator(west, north), zoom);
  const [x, y] = view.project(lon, lat).map(Math.round);
  const on = new OffscreenCanvas(2 * half, 2 * half).getContext("2d");
  for (const name of ["ground", "day"]) on.drawImage(box.querySelector(`canvas.${name}`), half - x, half - y);
  const got = on.getImageData(0, 0, 2 * half, 2 * half).data, grey = [], [r, g, b] = [0.2126, 0.7152, 0.0722];
  for (let i = 0; i < got.length; i += 4) grey.push(r * got[i] + g * got[i + 1] + b * got[i + 2]);
  return grey;
}"""
# What is said and inferred of each place: [row, standing, holders, day, letter]. Those of which most is said
# have larger signs and are left out, so that a size tells nothing.
STANDS = """async () => {
  const last = Oskil.core.days.count - 1, said = await Oskil.saidOn(last, last);
  await Oskil.beliefNear(last, last);
  const bytes = Oskil.beliefAt(last, last), told = Oskil.rows.filter((p) => p.point && p.count > 0);
  told.sort((a, b) => b.count - a.count);
  return told.slice(told.length * 0.1).map((p) => p.row)
    .map((row) => [row, said.standing[row], said.holders[row], said.day[row], bytes[row]]);
}"""


@pytest.fixture(scope="module")
def atlas_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grey") / "page"
    write(WORLD, folder)
    return folder


def apart(one: Grey, other: Grey) -> float:
    """The share of pixels that differ by a tenth of the whole range, where the two fit best.

    A pattern that is only shifted is the same pattern.
    """
    reach, wide = 4, one.shape[0]
    inner = one[reach : wide - reach, reach : wide - reach]
    shares = [
        float((np.abs(inner - other[dy : dy + inner.shape[0], dx : dx + inner.shape[1]]) > 25).mean())
        for dy in range(2 * reach + 1)
        for dx in range(2 * reach + 1)
    ]
    return min(shares)


def patch(page: Page, row: int, layers: str, half: int, zoom: int = 0) -> Grey:
    town = WORLD.towns[row]
    go(page, f"#/place/{town['geonameid']}?layers={layers}")
    page.wait_for_selector(DRAWN)
    for _ in range(zoom):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(60)
    grey = page.evaluate(PATCH, [town["longitude"], town["latitude"], half])
    return np.array(grey).reshape(2 * half, 2 * half)


def told_apart(patches: dict[str, Grey]) -> dict[tuple[str, str], float]:
    """How far each two of them are from each other."""
    return {(a, b): round(apart(patches[a], patches[b]), 3) for a, b in itertools.combinations(patches, 2)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_and_ground_are_told_apart_without_colour(
    context_of: Contexts, atlas_site: Path, scheme: str
) -> None:
    page, watch = watched(
        context_of(viewport={"width": 1000, "height": 900}, color_scheme=scheme), atlas_site
    )
    show(page, atlas_site, "#/map")
    page.wait_for_selector(DRAWN)
    stands: list[list[Any]] = page.evaluate(STANDS)
    fresh = [s for s in stands if s[3] > WORLD.days - 14]
    signs = {
        "claimed by the first": (1, 1),
        "claimed by the second": (1, 2),
        "assessed for the first": (2, 1),
        "assessed for the second": (2, 2),
        "contested": (3, 3),
        "unknown": (0, 0),
    }
    found = {}
    for name, (standing, holders) in signs.items():
        row = next(s[0] for s in fresh if (s[1], s[2]) == (standing, holders))
        found[name] = patch(page, row, "said", 12)
    far = told_apart(found)
    assert min(far.values()) > 0.05, far
    statuses = {"inferred for the first": 0, "inferred for the second": 1, "contested ground": 2}
    ground = {}
    for name, status in statuses.items():
        # The surest there is, since contested ground is seldom sure.
        row = max((s for s in stands if s[4] and (s[4] - 1) // 4 == status), key=lambda s: s[4])[0]
        ground[name] = patch(page, row, "areas", *NEAR)
    for who, byte in (("first", 1), ("second", 5)):
        weak = next(s[0] for s in stands if s[4] == byte)
        ground[f"inferred for the {who}, less sure"] = patch(page, weak, "areas", *NEAR)
    ground["nothing inferred"] = patch(page, next(s[0] for s in stands if not s[4]), "areas", *NEAR)
    far = told_apart(ground)
    assert min(far.values()) > 0.05, far
    # What is the same looks the same, so that the measure can fail.
    same = [s[0] for s in stands if s[4] == 4][-4:]
    alike = [apart(ground["inferred for the first"], patch(page, row, "areas", *NEAR)) for row in same]
    assert min(alike) < 0.05
    assert watch.clean(), watch
