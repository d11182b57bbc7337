from __future__ import annotations

import io
from pathlib import Path

import pytest

from oskil.errors import SourceError
from oskil.records import Document
from oskil.sources import Hints, Raw, load
from oskil.sources.fetching import FakeFetcher

PAGES = Path(__file__).parent / "pages"
SENTENCE = (
    "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper on Monday."
)


def page(name: str) -> Document:
    return load(str(PAGES / name), Hints())[0].document


def html(text: str) -> Document:
    return load("-", Hints(), stdin=io.BytesIO(text.encode()))[0].document


def page_of(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


def roles(document: Document) -> list[tuple[str, str]]:
    return [(p.role, document.text[p.start : p.end]) for p in document.parts]


def test_a_saved_page_gives_its_metadata_and_where_each_came_from() -> None:
    document = page("gazette.html")
    assert document.title == "Ferry sunk in night attack on Northport – two dead"
    assert document.authors == ("Ann Lee", "Bo Ek")
    assert document.outlet == "The Ford Gazette"
    assert (document.published, document.timezone) == ("2021-05-03T08:10:00+02:00", "+02:00")
    assert document.url == document.key == "https://www.gazette.example/world/2021/05/03/ferry-sunk"
    assert document.language == "en"
    assert dict(document.found) == {
        "title": "JSON-LD headline",
        "authors": "JSON-LD author",
        "outlet": "meta og:site_name",
        "published": "JSON-LD datePublished",
        "timezone": "JSON-LD datePublished",
        "url": "link rel=canonical",
        "language": "html lang",
    }


def test_a_saved_page_comes_apart_into_its_parts() -> None:
    assert [role for role, _ in roles(page("gazette.html"))] == [
        "title",
        "standfirst",
        "caption",
        "update",
        "body",
        "body",
        "subhead",
        "body",
        "embed",
        "boilerplate",
        "byline",
        "body",
        "body",
        "body",
        "boilerplate",
        "credit",
    ]


def test_menus_advertisements_and_scripts_stay_out_of_the_text() -> None:
    text = page("gazette.html").text
    for clutter in (
        "Money",
        "cookies",
        "Buy a car",
        "Ten soups",
        "rights reserved",
        "alert(",
        "dataLayer",
        "Facebook",
    ):
        assert clutter not in text


def test_escaped_markup_stays_text_and_is_decoded_once() -> None:
    assert "“no shell of ours <b>ever</b> fell there”" in page("gazette.html").text
    document = html(page_of(f"<h1>T &amp;amp; U &lt;script&gt;x()&lt;/script&gt;</h1><p>{SENTENCE}</p>"))
    assert document.title == "T &amp; U <script>x()</script>"
    assert "script" not in document.text.replace(document.title, "")


def test_an_embedded_post_keeps_its_account() -> None:
    document = page("gazette.html")
    post = next(p for p in document.parts if p.role == "embed")
    assert (post.by, post.via) == ("mapdesk", "Twitter")
    assert document.text[post.start : post.end].startswith("Three engines still burn")


def test_links_of_the_text_lead_where_they_led() -> None:
    document = page("gazette.html")
    assert [(document.text[x.start : x.end], x.url) for x in document.links if "agency" in x.url] == [
        ("according to", "https://agency.example/1")
    ]


def test_a_page_in_another_language() -> None:
    document = page("channel-page.html")
    assert (document.language, document.found["language"]) == ("uk", "meta og:locale")
    assert document.published == "2021-05-03T06:00:00+00:00"
    assert document.timezone == "UTC"
    assert document.authors == ("Олена Мак",)
    assert document.outlet == "visnyk.example"
    assert [role for role, _ in roles(document)] == ["title", "body", "body", "body", "boilerplate"]


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(SourceError, match="no article was found"):
        page("no-article.html")


def test_deeply_nested_pages_are_read() -> None:
    text = (
        "<html><body>"
        + "<div class='a'>" * 10_000
        + f"<p>{SENTENCE}</p>" * 3
        + "</div>" * 10_000
        + "</body></html>"
    )
    assert SENTENCE in html(text).text


def test_other_deep_nesting_is_refused_and_breaks_nothing() -> None:
    with pytest.raises(SourceError):
        html("<html><body>" + "<blockquote><ul><li>" * 5_000 + SENTENCE)


def test_broken_markup_is_read() -> None:
    assert (
        SENTENCE
        in html(f"<html><body><article><p>{SENTENCE}<p>{SENTENCE[:-1]} too.<b></article></i></html").text
    )


def test_a_fetched_page_may_not_pass_for_another_sites() -> None:
    text = page_of(f"<p>{SENTENCE}</p>", '<link rel="canonical" href="https://www.gazette.example/x">')
    url = "https://copy.example/1"
    fetch = FakeFetcher({url: Raw(where=url, data=text.encode(), media_type="text/html", url=url)})
    assert load(url, Hints(), fetch=fetch)[0].document.key == url
    own = "https://m.gazette.example/1"
    fetch = FakeFetcher({own: Raw(where=own, data=text.encode(), media_type="text/html", url=own)})
    assert load(own, Hints(), fetch=fetch)[0].document.key == "https://www.gazette.example/x"


@pytest.mark.parametrize(
    ("asked", "stated", "taken"),
    [
        ("https://copy.co.uk/1", "https://paper.co.uk/1", False),
        ("https://m.paper.co.uk/1", "https://www.paper.co.uk/1", True),
        ("https://10.0.0.1/1", "https://9.0.0.1/1", False),
    ],
)
def test_sites_under_a_shared_suffix_are_apart(asked: str, stated: str, taken: bool) -> None:
    data = page_of(f"<p>{SENTENCE}</p>", f'<link rel="canonical" href="{stated}">').encode()
    fetch = FakeFetcher({asked: Raw(where=asked, data=data, media_type="text/html", url=asked)})
    assert load(asked, Hints(), fetch=fetch)[0].document.key == (stated if taken else asked)


def test_nothing_is_printed_where_extraction_fails(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError):
        html("<html><body><p></p></body></html>")
    assert capfd.readouterr() == ("", "")


def test_links_that_run_are_no_links() -> None:
    document = html(page_of(f'<p>{SENTENCE} <a href="javascript:alert(1)">More of it</a> followed.</p>'))
    assert document.links == ()


def test_a_broken_json_ld_is_passed_over() -> None:
    head = '<title>A ferry sunk</title><script type="application/ld+json">{"@graph": [[[</script>'
    text = page_of(f"<p>{SENTENCE}</p>", head)
    assert html(text).title == "A ferry sunk"
