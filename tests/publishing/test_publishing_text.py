"""Words made safe to stand in a page, in an address and in a script."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.publishing.text import script_json, visible, web_address, without_folders

ANY = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(ANY)
def test_script_json_is_the_same_json_and_cannot_end_its_script(value: object) -> None:
    text = script_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029\n\r")


def test_script_json_of_a_closing_tag() -> None:
    assert script_json("</script><!--") == '"\\u003c/script\\u003e\\u003c!--"'


@given(st.text())
def test_visible_keeps_every_offset_and_hides_no_word(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\u2028")
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://courier.example/a?b=c", "https://courier.example/a?b=c"),
        ("https://mira:secret@courier.example/a", "https://courier.example/a"),
        ("https://a.example/b c?q=<b>\u200b", "https://a.example/b%20c?q=%3Cb%3E%E2%80%8B"),
        ("https://a.example/Ізюм?q=%20#x", "https://a.example/Ізюм?q=%20"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//courier.example", None),
        ("https://", None),
        ("https://a.example/\u202egpj", None),
        ("https://a.example:port/", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None, shown: str | None) -> None:
    assert web_address(url) == shown


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("/home/mira/secret/report.html", "report.html"),
        ("C:\\Users\\mira\\report.html", "report.html"),
        ("https://mira:pw@a.example/x?token=1", "https://a.example/x"),
        ("-", "-"),
    ],
)
def test_a_refused_input_is_named_without_its_owner(where: str, shown: str) -> None:
    assert without_folders(where) == shown
