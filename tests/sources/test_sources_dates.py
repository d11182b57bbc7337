from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.sources import dates


@pytest.mark.parametrize(
    ("line", "iso", "zone"),
    [
        ("May 03, 2021", "2021-05-03", None),
        ("3 May 2021", "2021-05-03", None),
        ("2021-05-03", "2021-05-03", None),
        ("Published on 3rd May 2021", "2021-05-03", None),
        ("Monday, 3 May 2021, 17:07", "2021-05-03T17:07:00", None),
        ("May 3, 2021, 5:07 p.m. EST", "2021-05-03T17:07:00-05:00", "EST"),
        ("3 May 2021 at 12:30 am", "2021-05-03T00:30:00", None),
        ("3 May 2021 | 10:00 GMT+3", "2021-05-03T10:00:00+03:00", "+03:00"),
        ("2021-05-03T10:11:12+0300", "2021-05-03T10:11:12+03:00", "+03:00"),
        ("2021-05-03T10:11Z", "2021-05-03T10:11:00+00:00", "UTC"),
        ("3 мая 2021, 14:05", "2021-05-03T14:05:00", None),
        ("14:05, 3 травня 2021", "2021-05-03T14:05:00", None),
        ("03.05.2021 11:20", "2021-05-03T11:20:00", None),
        ("3 mai 2021", "2021-05-03", None),
    ],
)
def test_date_lines_are_read_with_time_and_zone(line: str, iso: str, zone: str | None) -> None:
    stamp = dates.date_line(line)
    assert stamp is not None
    assert (stamp.iso, stamp.zone) == (iso, zone)


@pytest.mark.parametrize(
    "line",
    [
        "February 31, 2021",
        "May 2021",
        "The army left on 3 May 2021 at dawn",
        "Northport",
        "",
        "3 May 2021 " + "x" * 90,
    ],
)
def test_other_lines_are_no_date_lines(line: str) -> None:
    assert dates.date_line(line) is None


def test_an_ambiguous_zone_is_not_guessed() -> None:
    stamp = dates.first_date("3 May 2021, 10:00 IST")
    assert stamp is not None
    assert (stamp.iso, stamp.zone) == ("2021-05-03T10:00:00", None)


def test_a_line_of_a_change_is_told_apart() -> None:
    assert dates.is_change("Updated: 3 May 2021")
    assert not dates.is_change("Published: 3 May 2021")


def test_days_in_links_and_names() -> None:
    assert dates.in_path("https://p.example/news/2021/5/3/ferry") == "2021-05-03"
    assert dates.in_path("https://p.example/2021/13/41/x") is None
    assert dates.in_name("harbour-2021-05-03.md") == "2021-05-03"
    assert dates.in_name("12021-05-033.md") is None


def test_partial_dates_stay_partial() -> None:
    stamp = dates.normal("2021-05")
    assert stamp is not None
    assert stamp.iso == "2021-05"


@given(st.dates(), st.times())
def test_iso_round_trip(day: object, clock: object) -> None:
    iso = f"{day}T{str(clock)[:5]}"
    stamp = dates.normal(iso)
    if str(day) < "1800":
        assert stamp is None
    else:
        assert stamp is not None
        assert stamp.iso == iso + ":00"


@given(st.text(max_size=120))
def test_any_line_is_taken(line: str) -> None:
    stamp = dates.first_date(line)
    assert stamp is None or 0 <= stamp.start < stamp.end <= len(line)
