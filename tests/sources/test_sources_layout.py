from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.records import Span
from oskil.sources.layout import Marks, parts

SHELLS = "Shells fell on the harbour for four hours on Sunday night."
DENIAL = "The army denied on Monday that it had fired on the harbour at all."

ARTICLE = """Ferry service halted after a night of shelling

Crossings stopped at dawn, the harbour master says, and nobody knows for how long.

By Ann Lee and Bo Ek in Northport

3 May 2021, 08:10 CEST

A ferry lies on its side in the old harbour on Monday [Ann Lee/Reuters]

Update: The harbour opened again on Tuesday morning, its master said.

Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper.

What is known

"Nothing moves here now," said the harbour master, who has held his post for nine years.

Three engines burn at pier two, this is terrible to see pic.twitter.com/abc123

— Map Desk (@mapdesk) May 3, 2021

The army said on Monday that it had not fired on the harbour that night.

Read more: How the harbour was built

Additional reporting by Cy Dow; editing by Di Fox

https://paper.example/ferry"""


def roles(text: str, **options: object) -> list[tuple[str, str]]:
    return [(p.role, text[p.start : p.end]) for p in parts(text, **options)]  # type: ignore[arg-type]


def test_an_article_comes_apart_into_its_parts() -> None:
    assert [role for role, _ in roles(ARTICLE)] == [
        "title",
        "standfirst",
        "byline",
        "byline",
        "caption",
        "update",
        "body",
        "subhead",
        "body",
        "embed",
        "boilerplate",
        "byline",
        "body",
        "boilerplate",
        "credit",
        "boilerplate",
    ]


def test_an_embedded_post_names_its_account_and_platform_and_loses_its_link() -> None:
    post = next(p for p in parts(ARTICLE) if p.role == "embed")
    assert (post.by, post.via) == ("mapdesk", "Twitter")
    assert ARTICLE[post.start : post.end] == "Three engines burn at pier two, this is terrible to see"


def test_a_quoted_post_of_several_paragraphs_is_one_accounts() -> None:
    text = (
        "A sentence that leads in.\n\nFirst thing seen.\n\nSecond thing.\n\n— Map Desk (@mapdesk) May 3, 2021"
    )
    quote = Span(text.index("First"), len(text))
    found = parts(text, marks=Marks(quotes=[quote]))
    assert [(p.role, p.by) for p in found] == [
        ("body", None),
        ("embed", "mapdesk"),
        ("embed", "mapdesk"),
        ("byline", "mapdesk"),
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Correction: the bridge is in the north, not the south.", "update"),
        ("UPDATED with comments of the ministry on the strike.", "update"),
        ("Editor's note: names were changed at their bearers' wish.", "update"),
        ("(Update 2: The ministry now says four were hurt.)", "update"),
        ("This article was updated to add the army's answer.", "update"),
        ("Оновлено: міністерство підтвердило удар по порту.", "update"),
        ("AFP contributed reporting.", "credit"),
        ("(Reuters, AP)", "credit"),
        ("A. Photographer/AFP", "credit"),
        ("Boys fish beside a burnt tank near the port. (Di Fox/AP)", "caption"),
        ("Map: Where the shells fell on Sunday night", "caption"),
        ("The minister (C), his guard and two dock workers on Monday", "caption"),
        ("[17] https://paper.example/a ; https://paper.example/b", "boilerplate"),
        ("Share", "boilerplate"),
        ("Sign up for our newsletter to get such reports every day.", "boilerplate"),
        ("Your browser does not support the audio element.", "boilerplate"),
        ("Читайте также: как строили порт", "boilerplate"),
        ("Reuters could not check the report, which the army denied.", "body"),
        ("The editor said an update of the law would come in May.", "body"),
        ("Sources said that the port was shelled from the sea.", "body"),
        ("Two ferries (one of them new) were hit in the harbour.", "body"),
        ("“Read more books,” the mayor told the children on Sunday.", "body"),
    ],
)
def test_a_line_is_told_by_its_own_words(line: str, role: str) -> None:
    text = f"{SHELLS}\n\n{line}\n\n{DENIAL}"
    assert parts(text)[1].role == role


def test_short_lines_between_paragraphs_are_subheads_and_attributions_are_not() -> None:
    second = "“Nobody slept that night, and few slept on the next.”"
    text = "\n\n".join([SHELLS, "The night before", second, "– Ann Lee", DENIAL])
    assert [role for role, _ in roles(text)] == ["body", "subhead", "body", "body", "body"]


def test_a_post_has_no_title_and_no_subheads() -> None:
    text = f"Port is ours\n\n{SHELLS}\n\nMore soon\n\n{DENIAL}"
    assert {role for role, _ in roles(text, medium="post")} == {"body"}


def test_what_follows_the_heading_of_a_tail_is_left_out() -> None:
    body = "\n\n".join(
        f"Shells fell on pier {n} of the harbour for hours on Sunday night, workers said." for n in range(9)
    )
    teaser = "A new report tells why the port matters to both sides."
    text = f"{body}\n\nRelated articles\n\n{teaser}"
    assert roles(text)[-2:] == [("boilerplate", "Related articles"), ("boilerplate", teaser)]
    early = f"{teaser}\n\nSources\n\n{body}"
    assert all(role != "boilerplate" for role, line in roles(early) if line.startswith("Shells"))


def test_a_pull_quote_is_told_once_and_a_repeated_line_twice() -> None:
    pull = "nobody who was there that night will forget the noise"
    text = f"{SHELLS}\n\nThe harbour master said that {pull}.\n\n{pull.capitalize()}.\n\n{DENIAL}"
    assert [role for role, _ in roles(text)].count("boilerplate") == 1
    twice = f"{SHELLS}\n\nNorth\n\n{SHELLS}"
    assert [role for role, _ in roles(twice)] == ["body", "subhead", "body"]


def test_a_single_headline_is_body() -> None:
    assert roles("Ferry sunk in the harbour") == [("body", "Ferry sunk in the harbour")]


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=30)))
def test_parts_of_any_text_are_in_order_and_inside(text: str, title: str | None) -> None:
    end = 0
    for part in parts(text, title):
        assert end <= part.start < part.end <= len(text)
        end = part.end
