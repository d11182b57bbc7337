from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.errors import SourceError
from oskil.records import Document
from oskil.sources import Hints
from oskil.sources.plain import document_from_text

NOTHING = Hints()
FIRST = "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper."
SECOND = "The army said on Monday that its guns had not fired on the harbour at all that night."
THIRD = "The harbour master could not say when the ferries, which carry nine hundred people a day, would run."


def read(text: str, hints: Hints = NOTHING, where: str = "report.md") -> Document:
    return document_from_text(text, hints, where=where)[0]


def test_clean_text_is_kept_letter_by_letter() -> None:
    text = f"Ferry sunk in the harbour\n\n{FIRST}\n\n{SECOND}"
    document, offsets = document_from_text(text, NOTHING, where="x.txt")
    assert document.text == text
    assert list(offsets) == list(range(len(text)))


def test_offsets_lead_back_through_front_matter_and_markdown() -> None:
    text = f"---\ntitle: Ferry sunk\n---\n# Ferry sunk\n\n*{FIRST}* [Log](https://a.example)\n{SECOND}\n"
    document, offsets = document_from_text(text, NOTHING, where="x.md")
    start = document.text.index(SECOND)
    assert text[offsets[start] : offsets[start + len(SECOND) - 1] + 1] == SECOND
    assert document.text.startswith("Ferry sunk\n\nShells")


def test_front_matter_is_metadata() -> None:
    front = """\
    ---
    title: Night at the port
    author: [Ann Lee, Bo Ek]
    channel: Port Watch
    published: 2021-05-03T08:10:00+02:00
    url: https://watch.example/9?utm_campaign=x#top
    language: en
    medium: post
    ---
    """
    document = read(textwrap.dedent(front) + FIRST)
    assert document.title == "Night at the port"
    assert document.authors == ("Ann Lee", "Bo Ek")
    assert document.outlet == "Port Watch"
    assert document.published == "2021-05-03T08:10:00+02:00"
    assert document.timezone == "+02:00"
    assert document.url == document.key == "https://watch.example/9"
    assert document.medium == "post"
    assert document.found["outlet"] == "front matter, channel"
    assert document.text == FIRST


def test_front_matter_that_is_no_yaml_is_taken_line_by_line() -> None:
    document = read(
        "---\ntitle: Kyiv: the town is ours\noutlet: 'The Gazette\npublished: 2022-09-08\n---\n" + FIRST
    )
    assert (document.title, document.outlet, document.published) == (
        "Kyiv: the town is ours",
        "The Gazette",
        "2022-09-08",
    )
    assert "outlet:" not in document.text
    odd = read("---\noutlet: The Gazette\npublished: 2022-99-99\n---\n" + FIRST)
    assert (odd.outlet, odd.published) == ("The Gazette", None)


@pytest.mark.parametrize(
    "front", ["---\n[\n---\n", "---\n- a\n---\n", "---\nx: &a [*a]\n---\n", "---\nno end\n"]
)
def test_what_is_no_front_matter_breaks_nothing(front: str) -> None:
    assert FIRST in read(front + FIRST).text


def test_metadata_from_the_lines_of_an_article() -> None:
    text = f"# Ferry sunk\n\nBy [Ann Lee](#) in Northport\n\n3 May 2021, 08:10 EEST\n\n{FIRST}\n\nOriginal url:\n\n<https://www.bbc.com/news/ferry>"
    document = read(text)
    assert document.title == "Ferry sunk"
    assert document.authors == ("Ann Lee",)
    assert document.published == "2021-05-03T08:10:00+03:00"
    assert document.timezone == "EEST"
    assert document.outlet == "BBC"
    assert document.url == "https://www.bbc.com/news/ferry"
    assert document.found["published"] == "date line"
    assert document.found["outlet"] == "domain of the link, by the list of outlets"


def test_the_users_word_wins() -> None:
    hints = Hints(
        outlet="My desk", published="2021-05-04", url="https://me.example/1", language="uk", title="Mine"
    )
    document = read(f"# Ferry sunk\n\n3 May 2021\n\n{FIRST}", hints)
    assert (document.outlet, document.published, document.url) == (
        "My desk",
        "2021-05-04",
        "https://me.example/1",
    )
    assert (document.language, document.title) == ("uk", "Mine")
    assert set(document.found.values()) == {"given by the user"}


def test_the_day_comes_from_the_link_the_title_or_the_name_last() -> None:
    assert read(FIRST, Hints(url="https://p.example/2021/05/03/x")).published == "2021-05-03"
    assert read(f"# Report of 2 May 2021\n\n{FIRST}").found["published"] == "day in the title"
    assert read(FIRST, where="a/port-2021-05-01.md").published == "2021-05-01"
    assert read(FIRST).published is None


def test_a_text_under_a_link_is_the_same_wherever_its_file_lies() -> None:
    text = f"# Ferry sunk\n\n{FIRST}\n\nOriginal url: https://p.example/ferry"
    here, there = read(text, where="a/one.md"), read(text, where="b/two.md")
    assert (here.key, here.id) == (there.key, there.id)
    changed = read(text.replace("four hours", "five hours"), where="a/one.md")
    assert changed.key == here.key
    assert changed.id != here.id


def test_a_text_without_a_link_goes_by_its_files_name_or_its_own_hash() -> None:
    assert read(FIRST, where="a/one.md").key == "one.md"
    assert read(FIRST, where="-").key == read(FIRST, where="-").key
    assert read(FIRST, where="-").key != read(SECOND, where="-").key
    assert document_from_text(FIRST, NOTHING, where="line 3", key="doc-3")[0].key == "doc-3"


def test_the_language_is_told_from_the_text() -> None:
    ukrainian = (
        "У неділю ввечері снаряди влучили в порт, загинули двоє працівників, повідомив начальник порту."
    )
    assert read(FIRST).language == "en"
    assert read(ukrainian).language == "uk"
    assert read("Сто.").language is None


def test_lines_that_are_paragraphs_come_apart_and_wrapped_ones_stay_together() -> None:
    assert read(f"{FIRST}\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"
    wrapped = "\n".join(textwrap.wrap(f"{FIRST} {SECOND} {THIRD}", 72))
    assert read(wrapped).text == wrapped


PAGE = f"""# www.paper.example

## Metadata

- **URL**: https://www.paper.example/ferry?fbclid=1
- **HTTP Status**: 200

## Page Structure

- # Ferry sunk in the old harbour
  - ## What the army says
    - ### World

## Content

Ferry sunk in the old harbour | The Paper
Menu
World
Money
Sport
A minister resigns over the price of bread and salt
Sport
Ferry sunk in the old harbour
By Ann Lee
3 May 2021
Share
{FIRST}
{SECOND}
What the army says
The spokesman told reporters that no order to fire had been given.
{THIRD}
Northern Wire
Most read
A minister resigns over the price of bread and salt
Ten soups that warm you in the spring
Your email address will be used to confirm your account.
Menu
World

## Links

- [World](https://www.paper.example/world)
- [A minister resigns over the price of bread and salt](https://www.paper.example/bread)
- [Northern Wire](https://wire.example)
"""


def test_a_dumped_page_is_brought_down_to_its_article() -> None:
    document = read(PAGE)
    assert [(p.role, document.text[p.start : p.end]) for p in document.parts] == [
        ("title", "Ferry sunk in the old harbour"),
        ("byline", "By Ann Lee"),
        ("byline", "3 May 2021"),
        ("boilerplate", "Share"),
        ("body", FIRST),
        ("body", SECOND),
        ("subhead", "What the army says"),
        ("body", "The spokesman told reporters that no order to fire had been given."),
        ("body", THIRD),
    ]
    assert document.url == "https://www.paper.example/ferry"
    assert (document.title, document.authors, document.published) == (
        "Ferry sunk in the old harbour",
        ("Ann Lee",),
        "2021-05-03",
    )


def test_menus_of_links_around_a_markdown_article_are_no_text() -> None:
    menu = "[Home](/) | [World](/w)\n\n- [Money](/m)\n- [Sport](/s)\n\n"
    document = read(f"{menu}# Ferry sunk\n\n{FIRST}\n\n{SECOND}")
    told = {
        p.role for p in document.parts if document.text[p.start : p.end] in ("Home | World", "Money", "Sport")
    }
    assert told == {"boilerplate"}
    assert document.title == "Ferry sunk"


@pytest.mark.parametrize(
    "text", ["", " \n ", "***", "![x](y)", "<script>x()</script>", "---\ntitle: x\n---\n", "…"]
)
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="x.md: nothing in it"):
        document_from_text(text, NOTHING, where="x.md")


@settings(deadline=None)
@given(st.text(max_size=250), st.booleans())
def test_any_text_gives_a_sound_document_or_one_clear_error(text: str, paged: bool) -> None:
    if paged:
        text = f"# a\n## Metadata\n- **URL**: {text}\n## Content\n{text}\n## Links\n- [{text}](x)"
    try:
        document, offsets = document_from_text(text, Hints(language="en"), where="x.md")
    except SourceError as error:
        assert "\n" not in str(error)
        return
    assert len(offsets) == len(document.text)
    assert all(0 <= i < len(text) for i in offsets)
    end = 0
    for part in document.parts:
        assert end <= part.start < part.end <= len(document.text)
        end = part.end
    for link in document.links:
        assert 0 <= link.start < link.end <= len(document.text)
    assert document_from_text(text, Hints(language="en"), where="x.md")[0] == document
