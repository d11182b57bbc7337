from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.errors import SourceError
from oskil.records import Refusal
from oskil.sources import Hints, Loaded, stream
from oskil.sources.accounts import cbor

FIXTURES = Path(__file__).parent / "fixtures"


def read(path: Path) -> tuple[list[Loaded], list[Refusal]]:
    found = list(stream(str(path), Hints()))
    return [x for x in found if isinstance(x, Loaded)], [x for x in found if isinstance(x, Refusal)]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "account.js",
            'window.YTD.account.part0 = [{"account": {"email": "a@b.example"}}]',
            "holds no posts",
        ),
        ("like.js", "window.YTD.like.part0 = []", "holds no posts"),
        ("noname", '{"email": "a@b.example"}', "this is JSON"),
        ("words.txt", '[{"said": "The town was retaken."}]\n', "this is JSON"),
    ],
)
def test_what_else_an_archive_holds_is_not_read_as_prose(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert told in caught.value.message and caught.value.where == str(path)


def test_a_text_may_begin_with_a_bracket(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("[Updated at noon] Ukrainian forces took the town, the army said.\n")
    assert len(read(path)[0]) == 1


def test_an_archive_of_x_gives_its_posts_with_name_and_handle_as_given() -> None:
    loaded, refused = read(FIXTURES / "tweets.js")
    first, repost, reply = (one.document for one in loaded)
    assert first.text == "Ferry & barge sunk at the quay, says @portmaster https://port.example/log"
    assert (first.outlet, first.authors) == ("Quay Watch", ("Quay Watch (@quaywatch)",))
    assert first.url == "https://twitter.com/quaywatch/status/1001"
    assert first.published == "2021-05-03T07:00:00+00:00"
    assert [(first.text[x.start : x.end], x.url) for x in first.links] == [
        ("@portmaster", "https://twitter.com/portmaster"),
        ("https://port.example/log", "https://port.example/log"),
    ]
    assert first.media[0].path == "https://pbs.example/media/f.jpg"
    assert (repost.forwarded_from, repost.text) == ("@pilots", "The wreck lies across the fairway.")
    assert reply.reply_to == "twitter:1001"
    assert ["post 1004" in r.where for r in refused] == [True]


def test_a_mastodon_outbox_gives_its_posts_and_passes_over_boosts() -> None:
    loaded, refused = read(FIXTURES / "mastodon" / "outbox.json")
    (document,) = (one.document for one in loaded)
    assert document.text == "Ferry sunk at the old quay.\n\nNobody aboard."
    assert (document.outlet, document.authors) == ("Quay Watch", ("Quay Watch (@quay@shore.example)",))
    assert document.url == "https://shore.example/@quay/1"
    (link,) = document.links
    assert document.text[link.start : link.end] == "old quay"
    assert ["the year 0000" in r.reason for r in refused] == [True]


def test_a_bluesky_feed_counts_links_in_bytes_and_names_whom_it_repeats() -> None:
    first, repost = (one.document for one in read(FIXTURES / "bluesky.json")[0])
    (link,) = first.links
    assert first.text[link.start : link.end] == "the log"
    assert first.authors == ("Quay Watch (@quay.example)",)
    assert first.url == "https://bsky.app/profile/quay.example/post/3k1"
    assert (repost.outlet, repost.forwarded_from) == ("Quay Watch", "Pilots")
    assert repost.reply_to == "at://did:plc:abc/app.bsky.feed.post/3k1"


def packed(value: Any) -> bytes:
    """DAG-CBOR, as far as the test needs it."""

    def head(major: int, n: int) -> bytes:
        return bytes([major << 5 | n]) if n < 24 else bytes([major << 5 | 25]) + struct.pack(">H", n)

    if value is None or isinstance(value, bool):
        return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, cbor.Cid):
        return head(6, 42).replace(b"\xd9\x00\x2a", b"\xd8\x2a") + head(2, 37) + b"\0" + value.data
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(packed, value))
    return head(5, len(value)) + b"".join(packed(k) + packed(v) for k, v in value.items())


def car(blocks: dict[bytes, Any]) -> bytes:
    def sized(data: bytes) -> bytes:
        n, out = len(data), b""
        while n > 0x7F:
            out, n = out + bytes([n & 0x7F | 0x80]), n >> 7
        return out + bytes([n]) + data

    header = packed({"roots": [], "version": 1})
    return sized(header) + b"".join(sized(cid + packed(block)) for cid, block in blocks.items())


def test_a_repository_of_bluesky_gives_its_posts_with_their_addresses(tmp_path: Path) -> None:
    names = [bytes([1, 0x71, 0x12, 0x20]) + bytes([n]) * 32 for n in range(4)]
    entries = [
        {"p": 0, "k": b"app.bsky.feed.post/3k1", "v": cbor.Cid(names[1]), "t": None},
        {"p": 21, "k": b"2", "v": cbor.Cid(names[2]), "t": None},
    ]
    post = {"$type": "app.bsky.feed.post", "text": "Ferry sunk.", "createdAt": "2021-05-03T07:00:00Z"}
    data = car(
        {
            names[0]: {"did": "did:plc:abc", "rev": "3k", "version": 3},
            names[1]: post,
            names[2]: {**post, "text": "Barge sunk."},
            names[3]: {"l": None, "e": entries},
        }
    )
    (tmp_path / "repo.car").write_bytes(data)
    loaded, _ = read(tmp_path / "repo.car")
    assert [(x.document.key, x.document.text) for x in loaded] == [
        ("at://did:plc:abc/app.bsky.feed.post/3k1", "Ferry sunk."),
        ("at://did:plc:abc/app.bsky.feed.post/3k2", "Barge sunk."),
    ]
    (tmp_path / "repo.car").write_bytes(data[:-10])
    with pytest.raises(SourceError, match="cut short"):
        read(tmp_path / "repo.car")


@given(st.binary(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_blocks_or_one_clear_line(data: bytes) -> None:
    try:
        list(cbor.blocks(data, "x"))
    except SourceError as error:
        assert "\n" not in str(error)
