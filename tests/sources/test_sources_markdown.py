from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.sources.mapped import readable, tidy
from oskil.sources.markdown import clean


def words(text: str) -> str:
    return clean(text).text


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("The ferry [sank](http://a.example/x) at noon.", "The ferry sank at noon."),
        ("[[Our] ferry](http://a.example/x_(y)_z) sank.", "[Our] ferry sank."),
        ("A [ferry][1] sank.\n\n[1]: http://a.example 'note'", "A ferry sank."),
        ("Seen ![a deck](deck.png) today", "Seen today"),
        ("[![a deck](deck.png)](http://a.example) Sunk.", "Sunk."),
        ("It was **very _loud_** there, ***truly***.", "It was very loud there, truly."),
        ("Call sign night_owl_7 and 3 * 4 * 5", "Call sign night_owl_7 and 3 * 4 * 5"),
        ("a lone * star and _ dash", "a lone * star and _ dash"),
        ("See <https://a.example/b_c_d>.", "See https://a.example/b_c_d."),
        ("He left.[12][13] She stayed.[^a]", "He left. She stayed."),
        ("He said [45] of them left", "He said [45] of them left"),
        ("Tom &amp; Ann &mdash; &lt;gone&gt; &amp;lt;", "Tom & Ann — <gone> &lt;"),
        (r"\*not bold\* 1\. x", "*not bold* 1. x"),
        ("# One #\ntext\n## Two\nmore", "One\n\ntext\n\nTwo\n\nmore"),
        ("Head\n====\nBody text", "Head\n\nBody text"),
        ("- one\n- two\n* three", "one\n\ntwo\n\nthree"),
        ("- 'What is known' -", "- 'What is known' -"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a | b\n\nc | d"),
        ("> quoted\n> twice", "quoted\ntwice"),
        ("over\n\n---\n\nunder", "over\n\nunder"),
        ("line one\nline two", "line one\nline two"),
        ("a<br>b <b onclick=x()>c</b><script>steal()</script>", "a\nb c"),
        ("x <!-- hidden --> y", "x y"),
        ("5 < 6 and <Name> stays", "5 < 6 and <Name> stays"),
        ("#Harbour is a tag", "#Harbour is a tag"),
        ("a\u202eb\u200bc\x1b[31md\x00", "abc[31md"),
        ("a\r\nb\u00a0c", "a\nb c"),
    ],
)
def test_marks_go_and_words_stay(given_text: str, expected: str) -> None:
    assert words(given_text) == expected


def test_every_character_leads_back_to_where_it_stood() -> None:
    text = "# The *ferry*\n\nIt [sank](http://a.example) &amp; **burned**.[3]"
    cleaned = clean(text)
    at = cleaned.text.index("sank")
    assert [text[cleaned.offsets[i]] for i in range(at, at + 4)] == list("sank")
    assert text[cleaned.offsets[cleaned.text.index("&")] :].startswith("&amp;")
    burned = cleaned.text.index("burned")
    assert text[cleaned.offsets[burned] : cleaned.offsets[burned + 5] + 1] == "burned"


def test_links_headings_and_quotes_are_told_with_their_places() -> None:
    cleaned = clean(
        "## What is known\nSee [the *log*](https://a.example/1) now\n\n> He came.\n>\n> He went.\nend"
    )
    assert [cleaned.text[s.start : s.end] for s in cleaned.headings] == ["What is known"]
    assert [(cleaned.text[x.start : x.end], x.url) for x in cleaned.links] == [
        ("the log", "https://a.example/1")
    ]
    assert cleaned.text[cleaned.quotes[0].start : cleaned.quotes[0].end] == "He came.\n\nHe went."


def test_only_links_of_the_web_are_told() -> None:
    cleaned = clean("[a](javascript:alert(1)) [b](#top) [c](data:text/html,x) [d](HTTPS://d.example)")
    assert cleaned.text == "a b c d"
    assert [x.url for x in cleaned.links] == ["HTTPS://d.example"]


def test_clean_text_is_its_own_source() -> None:
    text = "The ferry sank.\n\n“It was loud,” he said – twice."
    cleaned = clean(text)
    assert cleaned.text == text
    assert list(cleaned.offsets) == list(range(len(text)))


MARKED = st.text(alphabet=st.sampled_from("ab .\n[]()*_#>-|!\\&;<>/`~=1:\"'\t\r\u200b\ud800é"), max_size=120)


@given(st.one_of(st.text(max_size=200), MARKED))
def test_any_text_maps_back(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text)
    assert all(0 <= i < len(text) for i in cleaned.offsets)
    assert all(a <= b for a, b in zip(cleaned.offsets, cleaned.offsets[1:], strict=False))
    for index, character in zip(cleaned.offsets, cleaned.text, strict=True):
        assert text[index] == character or character in " \n" or text[index] in "&\r\t\n<>"
    for span in (*cleaned.headings, *cleaned.quotes):
        assert 0 <= span.start < span.end <= len(cleaned.text)
    cleaned.text.encode("utf8")


@given(st.text(alphabet="ab \n\u00a0\r", max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(readable(text).text)[0].text
    assert tidy(once)[0].text == once


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "![", "<!--", "<script>", "**a", "\\[", "[a\n", "&#", "> ", "|", "- ", " "]
)
def test_hostile_repeats_take_no_long_time(unit: str) -> None:
    import time

    start = time.perf_counter()
    clean(unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 5
