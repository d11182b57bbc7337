"""The page in Ukrainian and Russian: every string has its words, and a language chosen changes all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import READY, go, show, watched
from publishing_languages import dictionary, nouns, spoken
from publishing_pages import piece_of, weighed

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Contexts = Callable[..., "BrowserContext"]
CODES = pytest.mark.parametrize("code", ["uk", "ru"])
# The same in all languages.
SAME = {"%", "{first} to {last}"}
# Names and signs that stand in Latin letters anywhere.
LATIN = r"SHA-256|GeoNames|CC BY|CSV|Oskil|Tab|Enter|private person|\{\w+\}"


def test_every_call_is_found() -> None:
    found, unknown = spoken()
    assert not unknown, "say in publishing_languages.KNOWN what these can be"
    assert len(found) > 500


@CODES
def test_every_string_has_its_words_and_none_is_left_over(code: str) -> None:
    found, words = spoken()[0], dictionary(code)["words"]
    assert sorted(found - set(words)) == []
    assert sorted(set(words) - found) == []


@CODES
def test_every_noun_has_its_plural_forms(code: str) -> None:
    counts = dictionary(code)["counts"]
    assert set(counts) == nouns()
    for noun, forms in counts.items():
        assert list(forms) == ["one", "few", "many", "other"] and all(forms.values()), noun


@CODES
def test_placeholders_are_the_same(code: str) -> None:
    for english, words in dictionary(code)["words"].items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", words)), english


@CODES
def test_the_words_are_of_the_language(code: str) -> None:
    """No letters of the other language or of Latin among them, and nothing left as it was."""
    told = dictionary(code)
    said = {
        **told["words"],
        **{
            f"{noun} {form}": words for noun, forms in told["counts"].items() for form, words in forms.items()
        },
    }
    foreign = {"uk": "[ыэъёЫЭЪЁ]", "ru": "[іїєґІЇЄҐ]"}[code]
    for english, words in said.items():
        assert words and (words != english or english in SAME), english
        assert not re.search(foreign, words), words
        assert not re.search("[A-Za-z]{2}", re.sub(LATIN, "", words)), words
        assert words.startswith(" ") == english.startswith(" "), english


# ---- in a browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with every weighed piece."""
    return weighed(tmp_path_factory.mktemp("languages") / "page", 40)


def choose(page: Page, code: str) -> None:
    page.locator("[data-languages]").select_option(code)
    page.wait_for_function(
        "code => document.documentElement.lang === code && document.querySelector('main h1')", arg=code
    )
    page.wait_for_function(READY)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.browser
def test_a_language_is_chosen_kept_and_left(context_of: Contexts, folder: Path) -> None:
    context = context_of()
    page, watch = watched(context, folder)
    show(page, folder, "#/claims")
    choose(page, "uk")
    assert page.locator("h1").inner_text() == "Твердження"
    assert page.locator("nav[aria-label=Розділи] [data-nav=map]").inner_text() == "Мапа"
    assert page.evaluate("location.hash") == "#/claims?lang=uk"
    assert page.evaluate("localStorage.getItem('oskil-language')") == "uk"
    page.locator("[data-nav=map]").click()
    page.wait_for_function("() => location.hash === '#/map?lang=uk'")
    page.reload()
    page.wait_for_function(READY)
    assert page.locator("html").get_attribute("lang") == "uk"
    choose(page, "en")
    assert page.evaluate("location.hash") == "#/map"
    assert page.locator("[data-nav=claims]").inner_text() == "Claims"
    assert watch.clean(), watch


@pytest.mark.browser
def test_what_is_remembered_serves_other_visits(context_of: Contexts, folder: Path) -> None:
    context = context_of()
    page, _ = watched(context, folder)
    show(page, folder)
    choose(page, "ru")
    other, _ = watched(context, folder)
    show(other, folder, "#/sources")
    assert other.locator("h1").inner_text() == "Источники"
    assert other.evaluate("location.hash") == "#/sources?lang=ru"


@pytest.mark.browser
def test_a_link_opens_in_its_language_also_without_storage(context_of: Contexts, folder: Path) -> None:
    context = context_of()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('none'); } });"
    )
    page, watch = watched(context, folder)
    show(page, folder, "#/coverage?sort=name&lang=uk")
    assert page.locator("html").get_attribute("lang") == "uk"
    assert page.locator("h1").inner_text() == "Охоплення"
    assert page.locator("[data-languages]").input_value() == "uk"
    # An address that names another language is followed; one that names none keeps it; nonsense is English.
    page.evaluate("location.hash = '#/losses?lang=ru'")
    page.wait_for_function("() => document.querySelector('h1')?.textContent === 'Потери'")
    page.evaluate("location.hash = '#/forecasts'")
    page.wait_for_function("() => document.querySelector('h1')?.textContent === 'Прогнозы'")
    page.goto("about:blank")
    show(page, folder, "#/losses?lang=constructor")
    assert page.locator("h1").inner_text() == "Losses"
    assert watch.clean(), watch


@pytest.mark.browser
def test_dates_numbers_and_plurals_go_by_the_language(context_of: Contexts, folder: Path) -> None:
    page, _ = watched(context_of(), folder)
    show(page, folder, "#/coverage?lang=uk")
    told = plain(page.locator("main").inner_text())
    assert "8 вересня 2022 до" in told.replace(" – ", " до ") and "р.." not in told
    said = page.evaluate("[0, 1, 2, 5, 11, 21, 22, 1234.5].map((n) => Oskil.count(n, 'claim'))")
    assert [plain(one) for one in said] == [
        *("0 тверджень", "1 твердження", "2 твердження", "5 тверджень", "11 тверджень", "21 твердження"),
        *("22 твердження", "1 234,5 твердження"),
    ]
    go(page, "#/coverage?lang=ru")
    page.wait_for_function("() => document.documentElement.lang === 'ru'")
    said = page.evaluate("[1, 3, 7, 101].map((n) => Oskil.count(n, 'report'))")
    assert [plain(one) for one in said] == ["1 материал", "3 материала", "7 материалов", "101 материал"]


# All that a reader sees or hears, outside what the record itself says.
SEEN = """() => {
  const RECORD = "bdi, q, blockquote, .quote, [dir=auto], article, code, option[lang], script, noscript";
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const seen = [document.title], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim();
    if (words && !walk.currentNode.parentElement.closest(RECORD)) seen.push(words);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "data-label"]) {
    for (const one of document.querySelectorAll(`body [${name}]`)) {
      if (!one.closest("article")) seen.push(one.getAttribute(name));
    }
  }
  return seen;
}"""


def routes(folder: Path) -> list[str]:
    claims = piece_of(folder, "claims-0")
    verdict = next(v["id"] for claim in claims for v in claim["verdicts"])
    return [
        *(
            "#/",
            "#/claims",
            "#/claims?kind=none",
            "#/map",
            "#/places",
            "#/sources",
            "#/source/General%20Staff",
        ),
        *(
            "#/propositions",
            "#/proposition/0",
            "#/contradictions",
            "#/checks?outcome=all",
            f"#/check/{verdict}",
        ),
        *(
            "#/forecasts",
            "#/losses",
            "#/losses?by=status",
            "#/coverage",
            "#/corrections",
            "#/methods",
            "#/search",
        ),
        *("#/search?q=varnik", "#/search?q=zzzz", "#/claim/none", f"#/document/{claims[0]['document_id']}"),
        *(f"#/claim/{claim['id']}" for claim in claims[:6]),
        *(f"#/place/{number}" for number in (1, 2, 8)),
    ]


def seen(page: Page, route: str) -> set[str]:
    page.evaluate("route => { location.hash = route }", route)
    page.wait_for_function(
        """route => location.hash.startsWith(route)
            && document.documentElement.dataset.ready === location.hash""",
        arg=route,
    )
    if route.startswith(("#/map", "#/place/")):
        page.wait_for_function("() => document.querySelector('.map-box').dataset.ready === 'true'")
        page.wait_for_function("() => document.querySelector('.panel h2, .panel .place-list a')")
    return set(page.evaluate(SEEN))


@pytest.mark.browser
@CODES
def test_nothing_stays_english_but_the_words_of_the_record(
    context_of: Contexts, folder: Path, code: str
) -> None:
    """What is the same in both languages may only be numbers and names."""
    english, watch = watched(context_of(), folder)
    other, watch_other = watched(context_of(), folder)
    show(english, folder)
    show(other, folder, f"#/?lang={code}")
    core = piece_of(folder, "core")
    names = {core["meta"]["title"], *core["places"]["name"], *core["outlets"], *core["speakers"]}
    names |= {*(party["name"] for party in core["parties"]), *(name for name, *_ in core["ground"])}
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + f"|{LATIN}|XA|UTC"
    left = {
        (route, words)
        for route in routes(folder)
        for words in seen(english, route) & seen(other, route)
        if re.search(r"[^\W\d]{2}", re.sub(known, "", words))
    }
    assert not left
    assert watch.clean() and watch_other.clean()


@pytest.mark.browser
@CODES
@pytest.mark.parametrize("size", [(1280, 900), (820, 1100), (390, 844)], ids=["wide", "tablet", "phone"])
def test_longer_words_fit(context_of: Contexts, folder: Path, code: str, size: tuple[int, int]) -> None:
    page, _ = watched(context_of(viewport={"width": size[0], "height": size[1]}), folder)
    show(page, folder, f"#/?lang={code}")
    for route in routes(folder)[:19]:
        seen(page, route)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), route
