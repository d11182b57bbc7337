from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from oskil.errors import OskilError, SourceError
from oskil.records import Part, Refusal
from oskil.sources import Hints, Loaded, Raw, load, stream
from oskil.sources.fetching import FakeFetcher
from oskil.sources.wires import credits_of

FIXTURES = Path(__file__).parent / "fixtures"
SENTENCE = (
    "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper on Monday."
)
PAGE = (
    f"<html><head><title>Ferry sunk</title></head><body><p>{SENTENCE}</p>"
    "<p>Nobody was hurt in it.</p></body></html>"
)


def read(path: Path | str, **more: Any) -> tuple[list[Loaded], list[Refusal]]:
    found = list(stream(str(path), Hints(), **more))
    return [x for x in found if isinstance(x, Loaded)], [x for x in found if isinstance(x, Refusal)]


def test_the_source_of_an_entry_is_its_publisher() -> None:
    loaded, _ = read(FIXTURES / "wire.rss")
    first, second = (one.document for one in loaded)
    assert (first.outlet, first.found["feed"]) == ("The Gazette", "Harbour Digest")
    assert first.url == "https://gazette.example/2021/05/03/ferry"
    assert first.published == "2021-05-03T15:05:00+00:00"
    assert first.credits == ("Reuters",)
    assert first.text.splitlines()[0] == "Ferry sunk at the harbour of Old Quay"
    (link,) = first.links
    assert first.text[link.start : link.end] == "the port"
    assert second.outlet == "Harbour Digest"
    assert "alert" not in second.text


def test_an_entry_of_an_impossible_year_is_refused_and_the_others_are_read() -> None:
    loaded, refused = read(FIXTURES / "wire.rss")
    assert len(loaded) == 2
    assert [(r.where.rpartition(", ")[2], "year 9999" in r.reason) for r in refused] == [("entry 3", True)]


def test_atom_is_read_as_rss_is() -> None:
    (document,) = (one.document for one in read(FIXTURES / "posts.atom")[0])
    assert document.text == "Pier 4 closed\n\nPier 4 is closed until Friday."
    assert document.authors == ("Harbour Master",)
    assert document.published == "2021-05-04T06:30:02+00:00"


def test_a_feed_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"></rss>')
    with pytest.raises(SourceError, match="declares entities"):
        load(str(path), Hints())


def test_a_page_of_200_nested_tables_in_a_feed_and_by_itself(tmp_path: Path) -> None:
    nested = "<table><tr><td>" * 200 + f"<p>{SENTENCE}</p>" + "</td></tr></table>" * 200
    feed = tmp_path / "a.rss"
    feed.write_text(
        f"<rss version='2.0'><channel><title>D</title><item><title>T</title><link>https://d.example/1</link>"
        f"<description><![CDATA[{nested}]]></description></item></channel></rss>"
    )
    page = tmp_path / "a.html"
    page.write_text(f"<html><body>{nested}</body></html>")
    for path in (feed, page):
        assert SENTENCE in load(str(path), Hints())[0].document.text


def sitemap(*urls: str, kind: str = "url") -> bytes:
    outer = "urlset" if kind == "url" else "sitemapindex"
    rows = "".join(
        f"<{kind}><loc>{u}</loc><lastmod>2021-05-0{n}</lastmod></{kind}>" for n, u in enumerate(urls, 1)
    )
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>'.encode()


def test_a_sitemap_leads_to_its_pages_newest_first_and_to_no_other_host() -> None:
    base = "https://gazette.example"
    pages: dict[str, bytes | Raw | OskilError] = {
        f"{base}/map.xml": sitemap(f"{base}/news.xml.gz", kind="sitemap"),
        f"{base}/news.xml.gz": Raw(
            where="x",
            data=gzip.compress(
                sitemap(f"{base}/old", f"{base}/gone", f"{base}/new", "https://else.example/x")
            ),
            url=f"{base}/news.xml.gz",
        ),
        f"{base}/old": PAGE.encode(),
        f"{base}/new": PAGE.replace("Ferry", "Barge").encode(),
        "https://else.example/x": PAGE.encode(),
    }
    loaded, refused = read(f"{base}/map.xml", fetch=FakeFetcher(pages))
    assert [one.document.title for one in loaded] == ["Barge sunk", "Ferry sunk"]
    assert [r.where for r in refused] == [f"{base}/gone"]


def warc(tmp_path: Path, name: str, pages: dict[str, str]) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / name
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=name.endswith(".gz"))
        for url, html in pages.items():
            head = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(html.encode()), http_headers=head
            )
            writer.write_record(record)
    return path


PAGES = {
    "https://gazette.example/2021/05/03/ferry": PAGE,
    "https://gazette.example/menu": "<html><body><p>Menu</p></body></html>",
    "https://gazette.example/2021/05/04/barge": PAGE.replace("Ferry", "Barge"),
}


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_articles_of_a_web_archive(tmp_path: Path, name: str) -> None:
    loaded, refused = read(warc(tmp_path, name, PAGES))
    assert [one.document.title for one in loaded] == ["Ferry sunk", "Barge sunk"]
    assert loaded[0].document.url == "https://gazette.example/2021/05/03/ferry"
    assert loaded[0].raw == PAGE.encode()
    assert ["menu" in r.where for r in refused] == [True]


def test_a_wacz_is_a_zip_of_web_archives(tmp_path: Path) -> None:
    inner = warc(tmp_path, "data.warc.gz", PAGES)
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "archive/data.warc.gz")
        archive.writestr("datapackage.json", "{}")
    assert [one.document.title for one in read(path)[0]] == ["Ferry sunk", "Barge sunk"]


def test_of_a_web_archive_that_breaks_off_what_came_before_is_given(tmp_path: Path) -> None:
    path = warc(tmp_path, "a.warc.gz", PAGES)
    path.write_bytes(path.read_bytes()[:-60])
    found: list[Loaded | Refusal] = []
    with pytest.raises(SourceError) as caught:
        for one in stream(str(path), Hints()):
            found.append(one)
    assert isinstance(found[0], Loaded)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.7, 0.9])
def test_a_web_archive_cut_anywhere_says_so(tmp_path: Path, name: str, share: float) -> None:
    path = warc(tmp_path, name, {"https://gazette.example/2021/05/03/ferry": PAGE})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SourceError) as caught:
        list(stream(str(path), Hints()))
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_feed_that_is_cut_short_gives_its_whole_entries_and_says_so(tmp_path: Path) -> None:
    whole = (
        (FIXTURES / "posts.atom")
        .read_text()
        .replace(
            "</feed>",
            "<entry><id>z</id><title>Pier 5 open</title><summary>It is open for all</summary></entry></feed>",
        )
    )
    path = tmp_path / "cut.atom"
    for end in ("</feed>", "</entry>", "for all"):
        path.write_text(whole[: whole.rindex(end)])
        loaded, refused = read(path)
        assert len(loaded) == (2 if end == "</feed>" else 1)
        assert [r.reason for r in refused] == [f"it is cut short, after {len(loaded)} whole entries"]
    path.write_text(whole)
    loaded, refused = read(path)
    assert (len(loaded), refused) == (2, [])


def test_a_zip_bomb_in_a_wacz_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "archive/a.warc", b"WARC/1.0\r\nContent-Length: 80000000\r\n\r\n" + b" " * 80_000_000
        )
    with pytest.raises(SourceError, match="unpacks to more than"):
        list(stream(str(path), Hints()))


@pytest.mark.parametrize(
    ("text", "role", "outlet", "expected"),
    [
        ("OLD QUAY, May 3 (Reuters) - Shells fell.", "body", "The Gazette", ("Reuters",)),
        ("OLD QUAY (AFP) — Shells fell.", "body", None, ("AFP",)),
        ("AFP contributed reporting.", "credit", "The Gazette", ("AFP",)),
        ("With reporting by AP and Agence France-Presse", "credit", None, ("AP", "AFP")),
        ("Shells fell on the harbour. (Reuters)", "body", None, ("Reuters",)),
        ("Shells fell on the harbour, a Reuters witness said.", "body", None, ()),
        ("The ap (of any kind) fell.", "body", None, ()),
        ("OLD QUAY (Reuters) - Shells fell.", "body", "Reuters", ()),
        ("Picture: AFP", "caption", None, ()),
    ],
)
def test_whom_a_report_credits(text: str, role: Any, outlet: str | None, expected: tuple[str, ...]) -> None:
    assert credits_of(text, (Part(0, len(text), role),), outlet) == expected


def test_an_article_keeps_whom_it_credits(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# Ferry sunk\n\n{SENTENCE}\n\nReuters contributed to this report.\n")
    assert load(str(path), Hints(outlet="The Gazette"))[0].document.credits == ("Reuters",)
