"""axe-core finds nothing to complain of on any page of the site, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import go, show, watched
from publishing_reading import pieces_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
}"""


def routes(site: Path) -> list[str]:
    claim, document = pieces_of(site, "claims")[0], pieces_of(site, "documents")[-1]
    verdict = pieces_of(site, "verdicts")[0]
    lists = "claims map places sources propositions contradictions checks forecasts losses coverage".split()
    return [
        "#/",
        *(f"#/{name}" for name in (*lists, "corrections", "methods", "search?q=varnik", "nonsense")),
        *(f"#/claim/{claim['id']}", f"#/document/{document['id']}", f"#/check/{verdict['id']}"),
        *("#/place/1", "#/proposition/0"),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_violation(context_of: Contexts, site: Path, scheme: str, width: int) -> None:
    context = context_of(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page, _ = watched(context, site)
    show(page, site)
    page.evaluate(AXE)
    found = []
    for route in routes(site):
        go(page, route)
        found += [f"{route}: {one}" for one in page.evaluate(RUN)]
    assert not found, "\n".join(found)


def test_the_plain_page_has_none(context_of: Contexts, site: Path) -> None:
    page, _ = watched(context_of(bypass_csp=True), site)
    page.goto((site / "plain.html").as_uri())
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
