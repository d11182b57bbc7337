from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.errors import SourceError
from oskil.records import Link, Refusal
from oskil.sources import Hints, Loaded, stream
from oskil.sources.json_stream import values
from oskil.sources.posts import clean
from oskil.sources.telegram.channels import Channel, latest

FOLDER = Path(__file__).parent / "fixtures" / "telegram"


def read(name: str, hints: Hints | None = None) -> tuple[list[Loaded], list[Refusal]]:
    found = list(stream(str(FOLDER / name), hints or Hints()))
    return [x for x in found if isinstance(x, Loaded)], [x for x in found if isinstance(x, Refusal)]


def first_of(path: Path) -> Loaded:
    return next(x for x in stream(str(path), Hints()) if isinstance(x, Loaded))


def test_messages_with_words_are_posts_of_the_channel() -> None:
    loaded, refused = read("result.json")
    first = loaded[0].document
    assert [one.document.key for one in loaded] == [f"telegram:1500000001/{n}" for n in (2, 3, 5)]
    assert (
        first.text == "Ferry sunk 🚢\n\nShells fell on the harbour, says the port and @pilots.\n\nSubscribe"
    )
    assert (first.outlet, first.authors, first.medium) == ("Harbour Watch", ("A. Keeper",), "post")
    assert first.published == "2021-05-03T07:00:00+00:00"
    assert first.found["edited"] == "2021-05-03T07:30:00+00:00"
    assert [(first.text[x.start : x.end], x.url) for x in first.links] == [
        ("the port", "https://port.example/log"),
        ("@pilots", "https://t.me/pilots"),
        ("Subscribe", "https://t.me/harbourwatch"),
    ]
    assert [p.role for p in first.parts] == ["body", "body", "boilerplate"]
    (refusal,) = refused
    assert "message 6" in refusal.where
    assert "the year 9999" in refusal.reason


def test_a_forward_keeps_its_origin_and_a_reply_what_it_answers() -> None:
    document = read("result.json")[0][1].document
    assert document.forwarded_from == "Pilots of the Estuary"
    assert document.reply_to == "telegram:1500000001/2"
    assert [(p.role, p.by, p.via) for p in document.parts] == [("embed", "Pilots of the Estuary", "Telegram")]


def test_a_poll_is_its_question_and_answers() -> None:
    assert read("result.json")[0][2].document.text == "Is the bridge open?\n\nYes: 7\n\nNo: 2"


def test_media_are_named_and_hashed_where_they_lie_beside(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "ferry.jpg").write_bytes(b"a picture")
    data = (FOLDER / "result.json").read_text()
    (tmp_path / "result.json").write_text(data)
    (tmp_path / "outside.json").write_text(data.replace("photos/ferry.jpg", "../../etc/hostname"))
    inside = first_of(tmp_path / "result.json")
    outside = first_of(tmp_path / "outside.json")
    assert inside.document.media[0].sha256 == hashlib.sha256(b"a picture").hexdigest()
    assert outside.document.media[0].sha256 == ""


def test_a_whole_account_keeps_its_chats_apart() -> None:
    loaded, _ = read("account.json")
    assert [(x.document.outlet, x.document.authors) for x in loaded] == [
        ("Harbour Watch", ()),
        ("Bridge Men", ("Bo Ek",)),
    ]
    assert len({x.document.key for x in loaded}) == 2


def test_a_stated_address_gives_each_message_its_link() -> None:
    loaded, _ = read("result.json", Hints(url="https://t.me/harbourwatch"))
    assert loaded[0].document.url == "https://t.me/harbourwatch/2"


def test_an_edit_is_a_new_text_under_the_same_key(tmp_path: Path) -> None:
    changed = (FOLDER / "result.json").read_text().replace("lies across", "is gone from")
    (tmp_path / "result.json").write_text(changed)
    before = read("result.json")[0]
    after = [x for x in stream(str(tmp_path / "result.json"), Hints()) if isinstance(x, Loaded)]
    same = [a.document.id == b.document.id for a, b in zip(before, after, strict=True)]
    assert same == [True, False, True]
    assert before[1].document.key == after[1].document.key


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_of_a_truncated_export_all_that_was_whole_is_given(tmp_path: Path, share: float) -> None:
    whole = (FOLDER / "result.json").read_bytes()
    path = tmp_path / "result.json"
    path.write_bytes(whole[: int(share * len(whole))])
    given_first: list[Any] = []
    with pytest.raises(SourceError) as caught:
        for one in stream(str(path), Hints()):
            given_first.append(one)
    assert str(path) in str(caught.value)
    assert "cut short" in str(caught.value)
    ends = whole[: int(share * len(whole))]
    expected = [n for n in (2, 3, 5) if f'"id": {n + 1}'.encode() in ends]
    assert [x.document.key for x in given_first if isinstance(x, Loaded)] == [
        f"telegram:1500000001/{n}" for n in expected
    ]


class Endless(io.RawIOBase):
    """An export of so many messages that is made while it is read, and never stands anywhere."""

    def __init__(self, messages: int) -> None:
        self.pieces = self._pieces(messages)
        self.rest = b""

    def _pieces(self, messages: int) -> Iterator[bytes]:
        yield b'{"name": "Mill", "type": "public_channel", "id": 5, "messages": ['
        for n in range(messages):
            said = f"Report {n}: the mill stood idle and nobody crossed the river at the weir. " * 4
            message = {"id": n, "type": "message", "date_unixtime": str(1620025200 + n), "text": said}
            yield (b"," if n else b"") + json.dumps(message).encode()
        yield b"]}"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self.rest) < len(buffer) and (piece := next(self.pieces, None)):
            self.rest += piece
        data, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def test_the_memory_does_not_grow_with_the_export() -> None:
    def peak(messages: int) -> int:
        tracemalloc.start()
        source = cast(BinaryIO, io.BufferedReader(Endless(messages)))
        assert sum(isinstance(x, Loaded) for x in stream("-", Hints(language="en"), stdin=source)) == messages
        _, high = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return high

    small, large = peak(500), peak(2_000)
    assert large < small + 1_000_000


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=20,
    )
)
@settings(max_examples=60, deadline=None)
def test_the_stream_gives_what_json_gives(data: Any) -> None:
    packed = json.dumps(data).encode()
    found = list(values(io.BytesIO(packed), "x", lambda path: False))
    assert [one.value for one in found] == [data]
    items = list(values(io.BytesIO(json.dumps([data, data]).encode()), "x", lambda path: path == ()))
    assert [one.value for one in items] == [data, data]
    assert all(json.loads(one.source) == data for one in items)


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_values_or_one_clear_line(data: bytes) -> None:
    try:
        list(values(io.BytesIO(data), "x", lambda path: True))
    except SourceError as error:
        assert "\n" not in str(error)


class FakeChannels:
    """Channels without a network: messages in the form of Telethon's."""

    def __init__(self, *messages: Any) -> None:
        self.all = messages

    def channel(self, name: str) -> Channel:
        if name != "harbourwatch":
            raise SourceError("no such channel", f"t.me/{name}")
        return Channel(1500000001, "Harbour Watch", name)

    def messages(self, name: str, after: int, most: int) -> Iterator[Any]:
        yield from [m for m in self.all if m.id > after][:most]


class MessageEntityTextUrl(SimpleNamespace):
    """Named as Telethon names it."""


def message(number: int, text: str, **more: Any) -> Any:
    return SimpleNamespace(id=number, message=text, date=dt.datetime(2021, 5, 3, 7, tzinfo=dt.UTC), **more)


def test_a_channel_over_the_network_gives_what_its_export_gives() -> None:
    forward = SimpleNamespace(chat=SimpleNamespace(title="Pilots of the Estuary"), sender=None)
    told = message(
        3, "The wreck lies across the fairway.", forward=forward, reply_to=SimpleNamespace(reply_to_msg_id=2)
    )
    link = MessageEntityTextUrl(offset=3, length=4, url="https://port.example/log")
    channels = FakeChannels(message(2, "🚢 port", entities=[link]), told, message(4, ""))
    found = dict(latest(channels, "harbourwatch", 0, Hints()))
    exported = read("result.json")[0][1].document
    assert sorted(found) == [2, 3]
    assert found[3].document.key == exported.key
    assert found[3].document.text == exported.text
    assert found[3].document.forwarded_from == exported.forwarded_from
    assert found[3].document.reply_to == exported.reply_to
    (place,) = found[2].document.links
    assert found[2].document.text[place.start : place.end] == "port"
    assert dict(latest(channels, "harbourwatch", 3, Hints())) == {}


@given(st.text(alphabet="ab \n\t\u200b\u202e🚢.", max_size=40), st.integers(0, 40), st.integers(1, 10))
@settings(max_examples=200, deadline=None)
def test_a_link_keeps_its_words_when_the_text_is_cleaned(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    words = text[start:end]
    if not words.strip("\u200b\u202e \n\t") or words != words.strip("\u200b\u202e \n\t"):
        return
    shown, links = clean(text, (Link(start, end, "https://x.example/"),))
    (link,) = links
    expected = "".join(words.replace("\u200b", "").replace("\u202e", "").replace("\t", " ").split())
    assert "".join(shown[link.start : link.end].split()) == expected
    assert shown == shown.strip()
    assert "\n\n\n" not in shown
