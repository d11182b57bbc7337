"""Who is said to hold a place, and when that is contested."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from publishing_handmade import digest

from oskil.publishing.holders import Holding, said_to_hold
from oskil.records import Claim, Period

DAY = dt.date(2022, 9, 8)
PLACE = 1


def word(holder: str | None, side: str | None, day: int = 8, **fields: object) -> Claim:
    when = DAY.replace(day=day)
    made = Claim(
        id=digest(str(holder), str(side), str(day), str(sorted(fields))),
        document="d",
        quote="",
        spans=(),
        kind="control",
        side=side,
        holder=holder,
        places=(PLACE,),
        time=Period(when, when),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def held(*claims: Claim) -> Holding:
    return said_to_hold(PLACE, claims, {"d": DAY})


def test_only_the_word_of_independent_observers_is_an_assessment() -> None:
    assert held(word("AR", "AR")).standing == "claimed"
    assert held(word("AR", "independent")).standing == "assessed"
    assert held(word("AR", "independent"), word("AR", "AR")).standing == "claimed"


def test_a_word_whose_side_is_not_told_is_no_assessment() -> None:
    assert held(word("AR", None)).standing == "claimed"


def test_two_holders_on_one_day_are_contested() -> None:
    found = held(word("AR", "AR"), word("BO", "BO"))
    assert (found.standing, found.holders) == ("contested", ("AR", "BO"))
    assert len(found.claims) == 2


def test_a_denial_of_what_another_affirms_is_contested() -> None:
    assert held(word("AR", "AR"), word("AR", "BO", polarity="denied")).standing == "contested"


def test_older_words_are_superseded() -> None:
    assert held(word("BO", "BO", 3), word("AR", "AR", 8)).holders == ("AR",)
    assert held(word("BO", "BO", 7), word("AR", "AR", 8)).standing == "contested"


def test_a_side_is_taken_by_its_latest_word() -> None:
    assert held(word("BO", "AR", 7), word("AR", "AR", 8)).holders == ("AR",)


def test_only_a_denial_tells_nobodys_hold() -> None:
    assert held(word("AR", "BO", polarity="denied")).standing == "mentioned"


def test_what_does_not_colour_a_place() -> None:
    assert held().standing == "mentioned"
    assert held(word("AR", "AR", kind="fighting")).standing == "mentioned"
    assert held(word("AR", "AR", certainty="conditional")).standing == "mentioned"
    assert held(word(None, "AR")).standing == "mentioned"
    assert held(word("AR", "AR", places=(2,))).standing == "mentioned"


def test_a_claim_around_a_place_does_not_colour_it() -> None:
    assert held(word("AR", "AR", around=(PLACE,))).standing == "mentioned"


def test_without_a_time_the_day_of_publication_counts() -> None:
    assert held(word("AR", "AR", time=None)).day == DAY
    undated = said_to_hold(PLACE, [word("AR", "AR", time=None)], {"d": None})
    assert undated.standing == "mentioned"
