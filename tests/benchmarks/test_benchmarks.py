"""The runner of the benchmarks: the gate, the tables, and how commands are measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import claims, gate, report
from benchmarks.figures import BenchmarkError, Figure, digest, timed

PINNED = {"sha256": "a" * 64, "f": 62.0, "whole_of_gold": 35.0}


def test_the_gate_holds_at_the_floor_itself() -> None:
    assert not list(gate.failures(PINNED, {"f": 62.0, "whole_of_gold": 35.0}, "a" * 64))


def test_the_gate_names_each_figure_below_its_floor() -> None:
    missed = list(gate.failures(PINNED, {"f": 61.9, "whole_of_gold": 40.0}, "a" * 64))
    assert missed == ["f is 61.9, its floor 62"]


def test_other_data_are_refused_however_good_the_figures() -> None:
    (missed,) = gate.failures(PINNED, {"f": 99.0, "whole_of_gold": 99.0}, "b" * 64)
    assert "data or the scorer" in missed


def test_a_figure_that_was_not_measured_fails() -> None:
    assert any("not measured" in line for line in gate.failures(PINNED, {"f": 70.0}, "a" * 64))


def test_the_hash_depends_on_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"x")
    two.write_bytes(b"y")
    before = digest([one, two])
    assert before == digest([two, one])
    two.write_bytes(b"z")
    assert digest([one, two]) != before


def test_a_table_is_put_between_its_markers_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("head\n<!-- speed:begin -->\nold\n<!-- speed:end -->\ntail\n")
    report.write("speed", "new", page)
    assert page.read_text() == "head\n<!-- speed:begin -->\nnew\n<!-- speed:end -->\ntail\n"


def test_a_page_without_markers_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing\n")
    with pytest.raises(BenchmarkError, match="markers"):
        report.write("speed", "new", page)


def test_the_page_has_every_marker() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert all(
        f"<!-- {name}:{end} -->" in text for name in ("claims", "pages", "speed") for end in ("begin", "end")
    )


def test_figures_are_shown_with_their_units() -> None:
    assert (
        report.figures([Figure("load", 0.25, "s", "< 0.3 s")]).splitlines()[-1]
        == "| load | 0.25 s | < 0.3 s |  |"
    )


def test_timed_measures_the_child_and_hands_on_its_output() -> None:
    run = timed(
        (sys.executable, "-c", "import sys; print(sys.stdin.read() + 'x' * 3); bytearray(80_000_000)"),
        stdin=b"ab",
    )
    assert run.out == "abxxx\n"
    assert run.peak_mb > 80


def test_timed_reports_a_failure_with_its_last_words() -> None:
    with pytest.raises(BenchmarkError, match="exit 3: no such luck"):
        timed((sys.executable, "-c", "import sys; print('no such luck', file=sys.stderr); sys.exit(3)"))


@pytest.mark.shared
@pytest.mark.skipif(not claims.available(), reason="the shared data are not beside the checkout")
def test_the_floors_are_pinned_to_the_data_that_are_here() -> None:
    pinned = gate.floors()
    assert {name: claims.data_hash(ids) for name, ids in claims.groups().items()} == {
        name: pinned[name]["sha256"] for name in claims.groups()
    }
