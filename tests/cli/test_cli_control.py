"""`oskil control`, `sources` and `forecasts` as users meet them, on a small stream and a ledger made by hand.

After a change that is meant: `OSKIL_GOLDEN=write .venv/bin/pytest tests/cli/test_cli_control.py`, then look
at the difference before committing it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli_example import Oskil
from cli_handmade import fill

GOLDEN = Path(__file__).parent / "golden_control"
BALAKLIYA, IZYUM = 712926, 707292


def line(number: int, day: str, source: str, kind: str, holder: str | None, **more: Any) -> dict[str, Any]:
    """One report of a stream."""
    side, role = {"Staff": ("UA", "official"), "Ministry": ("RU", "official")}.get(source, (None, "analyst"))
    return {
        "id": number,
        "time": f"2022-09-{day}T10:00",
        "source": source,
        "side": side,
        "role": role,
        "place": BALAKLIYA,
        "kind": kind,
        "holder": holder,
        "certainty": "asserted",
        "evidence": None,
        "relay_of": None,
        "wording": number,
        **more,
    }


STREAM = (
    line(1, "01", "Ministry", "holds", "RU"),
    line(2, "07", "Staff", "took", "UA"),
    line(3, "07", "Wire", "took", "UA", relay_of="Staff", role="media", time="2022-09-07T12:00"),
    line(4, "09", "Ministry", "left", "UA"),
    line(5, "10", "Observer", "holds", "UA", evidence="footage"),
)
BAD = (
    line(6, "10", "Observer", "holds", "UA", place=-99),
    line(7, "10", "Observer", "weather", "UA"),
    line(8, "10", "Observer", "holds", "UA", time="2030-01-01T00:00"),
)


@pytest.fixture
def stream(tmp_path: Path) -> tuple[str, ...]:
    """The options for a stream with a start state."""
    told = tmp_path / "stream.jsonl.gz"
    with gzip.open(told, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in STREAM)
    start = tmp_path / "start.csv"
    start.write_text(f"geonameid,date,status\n{BALAKLIYA},2022-08-01,ru\n{IZYUM},2022-08-01,ru\n")
    return ("--claims", str(told), "--start", str(start), "--from", "2022-09-01", "--to", "2022-09-12")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("why", ("control", "--place", "Balakliya", "--why")),
        ("why-known", ("control", "--place", "Balakliya", "--why", "--as-known", "--on", "2022-09-08")),
        ("course", ("control", "--place", "Balakliya")),
        ("list", ("control",)),
        ("sources", ("sources",)),
    ],
)
def test_it_reads_as_it_did(
    name: str, arguments: tuple[str, ...], stream: tuple[str, ...], oskil: Oskil
) -> None:
    _compare(name, oskil(*arguments, *stream).out)


def test_the_ledger_reads_as_it_did(tmp_path: Path, oskil: Oskil) -> None:
    fill(tmp_path / "ledger.db")
    given = ("--ledger", tmp_path / "ledger.db")
    _compare("ledger-why", oskil("control", "--place", "Balakliya", "--why", *given).out)
    done = oskil("forecasts", "--on", "2023-03-01", *given)
    assert done.code == 0 and "No forecast" in done.err


def _compare(name: str, out: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("OSKIL_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(out, encoding="utf-8")
    assert out == path.read_text(encoding="utf-8")


def test_the_course_is_written_for_the_scorer(stream: tuple[str, ...], tmp_path: Path, oskil: Oskil) -> None:
    out = tmp_path / "out.csv"
    assert oskil("control", *stream, "-o", out).code == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert set(rows[0]) == {"geonameid", "date", "ru", "ua", "contested"}
    assert all(abs(sum(float(r[k]) for k in ("ru", "ua", "contested")) - 1) < 1e-3 for r in rows)
    last = [r for r in rows if r["geonameid"] == str(BALAKLIYA)][-1]
    assert float(last["ua"]) > 0.9
    day = oskil("control", *stream, "--on", "2022-09-02", "--format", "csv").out
    assert {r["date"] for r in csv.DictReader(io.StringIO(day))} == {"2022-09-02"}


def test_bad_input_is_said_and_leaves_a_sane_answer(
    tmp_path: Path, stream: tuple[str, ...], oskil: Oskil
) -> None:
    told = tmp_path / "bad.jsonl"
    told.write_text("".join(json.dumps(row) + "\n" for row in reversed((*STREAM, *BAD))))
    done = oskil("control", *stream, "--claims", told, "--place", BALAKLIYA)
    assert done.code == 0
    for words in (
        "after the last day",
        "the gazetteer or the start state does not have",
        "says nothing of control",
    ):
        assert words in done.err
    assert done.out == oskil("control", *stream, "--place", BALAKLIYA).out
    told.write_text("")
    done = oskil("control", *stream, "--claims", told, "--place", BALAKLIYA)
    assert done.code == 0 and "no report was used" in done.err and "ru >99 %" in done.out
    told.write_text(json.dumps(STREAM[0]) + "\n")
    assert "one source" in oskil("control", *stream, "--claims", told).err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1: not a report"),
        ('{"id": 1}\n', "line 1: a report lacks"),
        (json.dumps({**STREAM[0], "time": "soon"}), "line 1: not a report"),
        ("[" * 100000, "line 1: not a report"),
    ],
)
def test_a_broken_stream_is_one_line(
    text: str, words: str, tmp_path: Path, stream: tuple[str, ...], oskil: Oskil
) -> None:
    told = tmp_path / "broken.jsonl"
    told.write_text(text)
    done = oskil("control", *stream, "--claims", told)
    assert done.code == 3 and words in done.err and done.err.count("\n") == 1


def test_what_cannot_be_asked_is_refused(stream: tuple[str, ...], tmp_path: Path, oskil: Oskil) -> None:
    assert oskil("control", *stream, "--why").code == 2
    assert oskil("control", *stream, "--to", "2022-08-01").code == 3
    assert oskil("control", "--claims", tmp_path / "none.jsonl").code == 3
    assert oskil("control", *stream, "--start", tmp_path / "stream.jsonl.gz").code == 3
    assert "nothing is known" in oskil("control", *stream, "--place", "703448").err


def test_areas_are_given_as_a_table_and_as_shapes(stream: tuple[str, ...], oskil: Oskil) -> None:
    done = oskil("control", *stream, "--areas")
    assert done.code == 0 and "inferred from settlements" in done.out and "front of about" in done.out
    made = json.loads(oskil("control", *stream, "--areas", "--format", "json").out)
    assert made[0]["front"]["type"] == "MultiLineString"


def test_one_place_is_written_in_the_same_columns(stream: tuple[str, ...], oskil: Oskil) -> None:
    given = ("control", *stream, "--place", "Balakliya", "--format")
    rows = list(csv.DictReader(io.StringIO(oskil(*given, "csv").out)))
    assert list(rows[0]) == ["geonameid", "date", "ru", "ua", "contested"]
    assert {r["geonameid"] for r in rows} == {str(BALAKLIYA)} and len(rows) > 1
    assert float(rows[0]["ru"]) > 0.9 < float(rows[-1]["ua"])
    reasons = list(csv.DictReader(io.StringIO(oskil(*given, "csv", "--why").out)))
    lines = [json.loads(one) for one in oskil(*given, "jsonl", "--why").out.splitlines()]
    whole = json.loads(oskil(*given, "json", "--why").out)["reasons"]
    assert [r["report"] for r in reasons] == [r["report"] for r in lines] == [r["report"] for r in whole]
    assert lines[0]["day"] == reasons[0]["day"] and float(reasons[0]["weight"]) == lines[0]["weight"]


@pytest.mark.parametrize(("on", "nearest"), [("2021-05-01", "2022-09-01"), ("2030-05-01", "2022-09-12")])
def test_a_day_outside_is_answered_by_the_nearest(
    on: str, nearest: str, stream: tuple[str, ...], oskil: Oskil
) -> None:
    done = oskil("control", *stream, "--on", on, "--format", "csv")
    assert f"{on} is not between 2022-09-01 and 2022-09-12: this is of {nearest}" in done.err
    assert {r["date"] for r in csv.DictReader(io.StringIO(done.out))} == {nearest}


@pytest.mark.parametrize(
    ("taken", "words"), [(0, "the table it starts from is kept"), (2, "what 2 passes taught is kept")]
)
def test_refused_learning_is_said(
    taken: int, words: str, stream: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, oskil: Oskil
) -> None:
    from oskil.weighing.control import learning
    from oskil.weighing.control.drift import Lessons

    assert "learning stopped" not in oskil("control", *stream).err
    lessons = Lessons((), taken, "what is said next was foreseen less and less")
    untaught = learning.Course.untaught
    monkeypatch.setattr(learning.Course, "learn", lambda self, *_: replace(untaught(self), lessons=lessons))
    done = oskil("control", *stream)
    assert done.code == 0 and f"learning stopped, {lessons.refused}: {words}" in done.err


@pytest.mark.parametrize(
    "options",
    [
        ("--why",),
        ("--maps", "."),
        ("--areas", "--place", "Kupiansk"),
        ("-o", "course.csv", "--place", "Kupiansk"),
        ("-o", "course.csv", "--areas"),
    ],
)
def test_options_that_would_be_passed_over_are_refused(oskil: Oskil, options: tuple[str, ...]) -> None:
    done = oskil("control", *options)
    assert (done.code, done.out) == (2, "")


def test_what_is_none_of_the_choices_is_told_in_plain_words(oskil: Oskil) -> None:
    done = oskil("forecasts", "--outcome", "perhaps")
    assert done.code == 2 and "'--outcome': 'perhaps' is not one of 'open', " in " ".join(done.err.split())
