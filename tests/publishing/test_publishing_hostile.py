"""Reports that attack the page: nothing of them runs, nothing is asked of anybody, and words stay words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import go, show, watched
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, FakeLedger, claim, document
from publishing_reading import everything, record_of

from oskil.publishing.site import publish
from oskil.records import Part, Period, Reading, Refusal

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

RUN = "window.ran=(window.ran||0)+1;alert(1)"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'<img src=x onerror="{RUN}">'
ATTRIBUTE = f'" onmouseover="{RUN}" x="'
CLOSING = f"</script></title></style>{SCRIPT}"
TEMPLATE = "{{7*7}} {% raw %} ${7*7} constructor"
FETCH = '<link rel=stylesheet href="https://evil.example/x.css"><iframe src="https://evil.example/"></iframe>'
TURNED = "safe \u202egnirts\u2066 end\x1b[31m\x00"
LINES = "one\u2028two\u2029three"
ATTACKS = [
    SCRIPT,
    IMAGE,
    ATTRIBUTE,
    CLOSING,
    TEMPLATE,
    FETCH,
    TURNED,
    LINES,
    "javascript:alert(1)",
    "<!--",
    "]]>",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose every field is an attack."""
    made = FakeLedger()
    for number, attack in enumerate(ATTACKS):
        said = f"The ministry holds {attack} Varnik now"
        text = f"Head {attack}\n\n{said}.\n\nPost words {attack}\n\nEnd @h{number}_x {attack}"
        post = text.index("Post words")
        doc = document(
            text,
            f"key {attack}",
            title=f"Head {attack}",
            outlet=f"Outlet News {attack}",
            authors=(f"Jan {attack}",),
            url=f"javascript:{RUN}//https://courier.example/",
            language=attack,
            found={"published": attack},
            parts=(Part(post, post + 10, "embed", f"@h{number}_x {attack}", attack),),
        )
        claims = tuple(
            claim(
                doc,
                said,
                "control",
                speaker=f"Ministry {attack}",
                side=side,
                relays=(f"Agency {attack}",),
                places=(1,),
                holder=side,
                time=Period(DAY, DAY + dt.timedelta(days=number % 3)),
            )
            for side in (("AR", "BO")[number % 2],)
        )
        made.add(doc, Reading(doc.id, f"reader {attack}", claims))
        made.refused.append((Refusal(f"/home/x/{attack}", f"broken {attack}"), NOW))
    folder = tmp_path_factory.mktemp("hostile") / "page"
    publish(made, FakeGazetteer(), folder, profile=PROFILE, now=NOW, title=f"War {CLOSING} {IMAGE}")
    return folder


def test_no_attack_stands_raw_in_the_folder(hostile: Path) -> None:
    text = everything(hostile)
    for raw in (
        "<script>window.ran",
        "<img src=x",
        "</script></title>",
        "<iframe",
        "\u202e",
        "\u2028",
        "\x00",
    ):
        assert raw not in text
    assert all(d["url"] is None for d in record_of(hostile)["documents"])


@pytest.mark.browser
def test_nothing_runs_and_nothing_is_asked_on_any_view(
    context_of: Callable[..., BrowserContext], hostile: Path
) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), hostile)
    record = record_of(hostile)
    show(page, hostile)
    routes = ["#/", "#/claims", "#/map", "#/place/1", "#/contradictions", "#/checks", "#/notes"]
    routes += [f"#/claim/{c['id']}" for c in record["claims"]]
    routes += [
        "#/claims?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "#/place/%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    for route in routes:
        go(page, route)
        assert page.evaluate("() => window.ran === undefined"), route
        links = page.eval_on_selector_all("a", "all => all.map((a) => a.getAttribute('href') || '')")
        assert [x for x in links if not re.match(r"#|plain\.html|https://www\.geonames\.org/", x)] == [], (
            route
        )
    assert page.evaluate("() => document.querySelectorAll('main script, main img, main iframe').length") == 0
    assert watch.clean(), watch


@pytest.mark.browser
def test_attacks_are_shown_as_the_words_they_are(
    context_of: Callable[..., BrowserContext], hostile: Path
) -> None:
    page, _ = watched(context_of(), hostile)
    record = record_of(hostile)
    show(page, hostile)
    for number, attack in enumerate(ATTACKS[:5]):
        shown = next(c for c in record["claims"] if attack in c["quote"])
        go(page, f"#/claim/{shown['id']}")
        assert attack in page.locator(".card blockquote").inner_text(), number
        assert attack in page.locator(".card .chain").inner_text()
        assert attack in page.locator("h1").inner_text()
    turned = next(c for c in record["claims"] if "gnirts" in c["quote"])
    go(page, f"#/claim/{turned['id']}")
    # The override is made visible, so the words keep their order.
    assert "safe \ufffdgnirts\ufffd end" in page.locator(".card blockquote").inner_text()


@pytest.mark.browser
def test_the_plain_page_is_as_deaf(context_of: Callable[..., BrowserContext], hostile: Path) -> None:
    page, watch = watched(context_of(), hostile)
    page.goto((hostile / "plain.html").as_uri())
    assert page.evaluate(
        "() => window.ran === undefined && document.querySelectorAll('script, img, iframe').length === 0"
    )
    text = page.locator("body").inner_text()
    assert SCRIPT in text and IMAGE in text and "{{7*7}}" in text
    assert watch.clean(), watch
