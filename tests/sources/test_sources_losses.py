from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter
from pathlib import Path

import pytest

from oskil.errors import SourceError
from oskil.sources import Hints, Raw, load
from oskil.sources.losses import changes, parse, totals

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "losses" / "oryx-events.csv.gz"


def raw(name: str, data: bytes | None = None) -> Raw:
    return Raw(where=name, data=(FIXTURES / name).read_bytes() if data is None else data)


def test_a_page_gives_each_thing_lost_with_its_picture_and_its_totals_agree() -> None:
    listed = parse(raw("oryx-1.html"))
    assert listed.assessor == "Oryx"
    assert listed.notes == ()
    found = totals(listed.entries)
    assert found.by_category == {"Tanks": 4, "Trucks": 2}
    assert found.by_side_and_status == {("RU", "destroyed"): 4, ("RU", "damaged"): 1, ("RU", "captured"): 1}
    assert found.by_day == {dt.date(2021, 5, 3): 6}
    assert Counter(e.evidence for e in listed.entries)["https://pictures.example/2.jpg"] == 2
    assert {e.item for e in listed.entries} == {"T-62M", "T-90M", "Ural-4320"}


def test_a_page_whose_own_totals_disagree_says_so() -> None:
    data = (FIXTURES / "oryx-1.html").read_bytes().replace(b"Trucks (2", b"Trucks (5")
    assert "Trucks: the page says 5 in all and lists 2" in parse(raw("oryx-1.html", data)).notes


def test_what_was_added_removed_and_recategorised_between_two_pages() -> None:
    before, after = parse(raw("oryx-1.html")), parse(raw("oryx-2.html"))
    found = changes(before.entries, after.entries)
    assert [change.kind for change in found] == ["removed", "recategorised", "added"]
    removed, moved, added = found
    assert removed.before is not None
    assert removed.before.evidence.endswith("5.jpg")
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.status, moved.after.status) == ("damaged", "destroyed")
    assert added.after is not None
    assert added.after.item == "T-90M"
    assert changes(after.entries, after.entries) == ()


def test_a_table_gives_its_rows_by_day() -> None:
    listed = parse(raw("losses.csv"), assessor="Oryx")
    assert [(e.side, e.item, e.status, e.listed.day) for e in listed.entries] == [
        ("RU", "T-62M", "destroyed", 3),
        ("UA", '2S1 "Gvozdika"', "captured", 3),
        ("RU", "T-90M", "captured", 4),
    ]
    assert listed.entries[0].id == "7-1"


def test_each_days_list_is_a_document_with_a_claim_a_line() -> None:
    loaded = load(str(FIXTURES / "losses.csv"), Hints(outlet="Oryx"))
    assert [one.document.published for one in loaded] == ["2021-05-03", "2021-05-03", "2021-05-04"]
    assert loaded[0].reading is not None
    (claim,) = loaded[0].reading.claims
    assert (claim.kind, claim.speaker, claim.side, claim.holder) == ("losses", "Oryx", "independent", "RU")
    assert claim.evidence == "photo"
    assert "T-62M" in claim.quote
    (span,) = claim.spans
    assert loaded[0].document.text[span.start : span.end] == claim.quote
    assert loaded[0].document.links[0].url == "https://pictures.example/1.jpg"
    assert len({one.document.key for one in loaded}) == 3


def test_the_page_of_the_next_day_is_a_revision_of_the_same_list() -> None:
    (first,) = load(str(FIXTURES / "oryx-1.html"), Hints())
    (second,) = load(str(FIXTURES / "oryx-2.html"), Hints())
    assert first.document.key == second.document.key
    assert first.document.id != second.document.id


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("2021-05-04", "0000-05-04"), "line 4: the year 0000"),
        (("2021-05-04", "9999-05-04"), "line 4: the year 9999"),
        (("Russia,Russia,T-90M", "Russia,T-90M"), "line 4: 6 columns, and the heading has 7"),
        (("T-90M", ""), "line 4: the column system is empty"),
        (("date_recorded", "when"), "no column for listed"),
    ],
)
def test_bad_rows_get_one_clear_line(change: tuple[str, str], told: str) -> None:
    text = (FIXTURES / "losses.csv").read_text().replace(*change)
    with pytest.raises(SourceError) as caught:
        parse(raw("oryx.csv", text.encode()))
    assert told in str(caught.value)


def test_whose_list_it_is_has_to_be_known() -> None:
    with pytest.raises(SourceError, match="who keeps this list"):
        parse(raw("losses.csv"))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_file(), reason="the shared data is not beside the checkout")
def test_the_totals_of_the_shared_list_agree_with_its_rows() -> None:
    listed = parse(Raw(where=str(SHARED), data=SHARED.read_bytes()))
    with gzip.open(SHARED, "rt", encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = totals(listed.entries)
    ids = {"Russia": "RU", "Ukraine": "UA"}
    assert found.all == len(rows) == 37_505
    assert found.by_side_and_status == Counter((ids[r["country"]], r["status"]) for r in rows)
    assert found.by_day == Counter(dt.date.fromisoformat(r["date_recorded"]) for r in rows)
    assert found.by_category == Counter(" ".join(r["system"].split()) for r in rows)
