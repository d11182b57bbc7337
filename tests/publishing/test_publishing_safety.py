"""What a page may show of positions and of time."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publishing_handmade import NOW, PROFILE, FakeGazetteer, Stored, document, ledger, report
from publishing_reading import record_of

from oskil.errors import PublishError
from oskil.publishing import safety
from oskil.publishing.site import publish

degrees = st.floats(-180, 180)
GRID = safety.rules().grid_degrees


@given(degrees, st.sampled_from([0.01, 0.1]))
def test_a_snapped_position_is_on_the_grid_near_and_stays_there(value: float, grid: float) -> None:
    snapped = safety.snap(value, grid)
    assert abs(snapped - value) <= grid / 2 + 1e-9
    assert safety.snap(snapped, grid) == snapped
    assert abs(snapped / grid - round(snapped / grid)) < 1e-6


def test_no_position_in_the_folder_is_finer_than_the_grid(site: Path) -> None:
    record = record_of(site)
    points = [p["point"] for p in record["places"] if p["point"]]
    points += [[lon, lat] for _, lon, lat, _ in record["ground"]]
    assert points
    assert all(safety.snap(x, GRID) == x for point in points for x in point)
    assert "49.4621" not in (site / "data" / "core.js").read_text("utf-8")


def test_places_of_a_protected_party_stand_on_the_coarser_grid(tmp_path: Path) -> None:
    publish(ledger(), FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, protect=("AR",))
    places = {p["name"]: p for p in record_of(tmp_path / "p")["places"]}
    assert places["Varnik"]["coarse"] and places["Varnik"]["point"] == [36.9, 49.5]
    # Borkian troops alone are spoken of at Izmar.
    assert not places["Izmar"]["coarse"] and places["Izmar"]["point"] == [37.25, 49.21]


def test_a_party_that_is_not_of_the_war_cannot_be_protected(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no such party"):
        publish(ledger(), FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, protect=("ZZ",))
    assert not (tmp_path / "p").exists()


def stored(published: str | None) -> Stored:
    return Stored(document("words", "key", published=published), NOW)


@pytest.mark.parametrize(
    ("published", "since"),
    [
        ("2022-09-08T22:10:00+03:00", "2022-09-08T19:10:00+00:00"),
        # A bare day may have been anywhere: its last second is that west of the date line.
        ("2022-09-08", "2022-09-09T11:59:59+00:00"),
        ("2022-09-08T22:10:00", "2022-09-09T10:10:00+00:00"),
        (None, "2022-09-20T12:00:00+00:00"),
        ("2022-09", "2022-09-20T12:00:00+00:00"),
        ("soon", "2022-09-20T12:00:00+00:00"),
    ],
)
def test_the_delay_counts_from_the_latest_possible_moment(published: str | None, since: str) -> None:
    assert safety.known_since(stored(published)) == dt.datetime.fromisoformat(since)


def test_a_draft_waits_for_nothing_and_a_final_page_for_a_day() -> None:
    assert safety.Safety().hours == 0
    assert safety.Safety(final=True).hours == 24
    assert safety.Safety(final=True, delay_hours=2).hours == 2


@pytest.mark.parametrize("hours", [-1.0, float("nan"), float("inf")])
def test_a_delay_that_makes_no_sense_is_refused(hours: float) -> None:
    with pytest.raises(PublishError, match="makes no sense"):
        safety.Safety(delay_hours=hours)


def test_a_fresh_report_is_left_out_of_a_final_page_and_counted(tmp_path: Path) -> None:
    made = ledger()
    doc, reading = report("Fresh words\n\n" + "\n\n".join(made.stored[0].document.text.split("\n\n")[1:]))
    fresh = document(doc.text, "fresh", published=(NOW - dt.timedelta(hours=3)).isoformat())
    made.add(fresh, type(reading)(fresh.id, reading.reader))
    publish(made, FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, final=True)
    record = record_of(tmp_path / "p")
    assert record["held"] == 1 and "Fresh words" not in [d["title"] for d in record["documents"]]
    assert all("Fresh words" not in f.read_text("utf-8") for f in (tmp_path / "p").rglob("*.js"))


def test_while_a_revision_waits_the_one_before_it_is_the_latest(tmp_path: Path) -> None:
    made = ledger()
    held = next(s for s in made.stored if s.revision == 2)
    made.stored[made.stored.index(held)] = Stored(
        document(held.document.text, "retaken", published=(NOW - dt.timedelta(hours=1)).isoformat()),
        NOW,
        revision=2,
    )
    publish(made, FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, final=True)
    shown = record_of(tmp_path / "p")["documents"]
    assert [(d["revision"], d["latest"]) for d in shown] == [(1, True), (1, True)]


def test_a_page_is_a_draft_unless_asked_otherwise(site: Path, tmp_path: Path) -> None:
    for name in ("index.html", "plain.html"):
        text = (site / name).read_text("utf-8")
        assert "noindex" in text and re.search("<strong[^>]*>Draft.</strong>", text)
    assert "Disallow: /" in (site / "robots.txt").read_text("utf-8")
    publish(ledger(), FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, final=True)
    for name in ("index.html", "plain.html"):
        text = (tmp_path / "p" / name).read_text("utf-8")
        assert "noindex" not in text and "Draft" not in text
    assert not (tmp_path / "p" / "robots.txt").exists()
