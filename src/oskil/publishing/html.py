"""The pages of HTML: the one with scripts, and those that hold the record without any."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from oskil.publishing import page as pages

if TYPE_CHECKING:
    import jinja2

# Reports on one page without scripts, and pairs that contradict each other on the first.
PLAIN = 200

STYLES = ("oskil", "map", "pages")
# Scripts in the order in which they are loaded.
SCRIPTS = (
    "dom",
    "i18n",
    "words",
    "store",
    "router",
    "table",
    "card",
    "reports",
    "claims",
    "atlas-signs",
    "atlas-said",
    "atlas-belief",
    "atlas-view",
    "atlas-areas",
    "atlas-tiles",
    "atlas-ground",
    "atlas",
    "sketch",
    "time",
    "story",
    "map-legend",
    "map-list",
    "map-place",
    "map",
    "pages",
    "charts",
    "contradictions",
    "checks",
    "sources",
    "propositions",
    "forecasts",
    "losses",
    "coverage",
    "methods",
    "search",
    "places",
    "menu",
    "chrome",
)


def index(meta: dict[str, Any]) -> str:
    """The page that loads the scripts."""
    return _render("index.html.j2", meta=meta, scripts=SCRIPTS, styles=STYLES)


def plain(page: pages.Page) -> Iterator[tuple[str, str]]:
    """The record without scripts: a list of the reports, and pages of some of them each."""
    shown = [d for d in page.record["documents"] if d["latest"]]
    cut = [shown[start : start + PLAIN] for start in range(0, len(shown), PLAIN)] or [[]]
    names = ["plain.html", *(f"plain/{number}.html" for number in range(1, len(cut)))]
    for number, (name, documents) in enumerate(zip(names, cut, strict=True)):
        home = "" if number == 0 else "../"
        yield (
            name,
            _render(
                "plain.html.j2",
                meta=page.record["meta"],
                record=page.record,
                texts=page.texts,
                documents=documents,
                pairs=page.record["contradictions"][:PLAIN] if number == 0 else [],
                home=home,
                others=names if len(names) > 1 else [],
                number=number,
            ),
        )


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("oskil.publishing"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name)


def _render(name: str, **values: Any) -> str:
    return _template(name).render(**values)
