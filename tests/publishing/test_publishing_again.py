"""Publishing again: what was found before is taken where nothing has changed for it, and alters no byte."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from publishing_handmade import DAY, NOW, PROFILE, REPORT, FakeGazetteer, claim, document, toponyms
from publishing_weighing import told

from oskil import checking
from oskil.ledger.amendment import Amendment
from oskil.ledger.store import Ledger, open_ledger
from oskil.pipeline.standing import Standing
from oskil.publishing import derived
from oskil.publishing.checked import NAME
from oskil.publishing.site import publish
from oskil.records import DataSource, Document, Quantity, Reading, Verdict

STEPS = 9
Said = tuple[Document, Reading]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that the checks are run on."""
    found: list[str] = []
    run = checking.run

    def noted(cases: Iterable[checking.Case], using: Any = None) -> tuple[Verdict, ...]:
        given = list(cases)
        found.extend(sorted({case.document.id for case in given}))
        return run(given, using)

    monkeypatch.setattr(checking, "run", noted)
    return found


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def put(ledger: Ledger, folder: Path, kept: Path | None, **options: Any) -> dict[str, bytes]:
    publish(Standing(ledger), FakeGazetteer(), folder, profile=PROFILE, now=NOW, derived=kept, **options)
    return state(folder)


def report(number: int, day: dt.date) -> Said:
    """A text with figures that are checked against the gazetteer."""
    text = document(f"{REPORT}\n\nReport {number}.", f"report {number}", published=day.isoformat())
    words = "a town 76 kilometers northeast of Varnik"
    claims = (
        claim(text, words, "movement", places=(2, 1)),
        claim(text, "The town is under our control", "control", holder="BO", places=(1,), side="BO"),
    )
    return text, Reading(text.id, "handmade 1", claims, toponyms=toponyms(text))


def area(number: int, day: dt.date, size: int) -> Said:
    """A text with a figure for ground gained: each is set against those of others."""
    line = f"Gromm {number} said that {size} km2 were gained."
    text = document(line, f"area {number}", published=day.isoformat(), outlet=f"Outlet {number}")
    at = line.index(str(size))
    end = at + len(f"{size} km2")
    quantity = Quantity(value=float(size), unit="km2", start=at, end=end)
    gained = claim(
        text, line, "area", speaker=f"Gromm {number}", side="AR", holder="AR", quantities=(quantity,)
    )
    return text, Reading(text.id, "handmade 1", (gained,))


def add(ledger: Ledger, said: Said, at: dt.datetime) -> None:
    ledger.add(said[0], said[0].text.encode(), said[1], at)


def gone(text: Document) -> Amendment:
    return Amendment(
        action="withdrawal",
        noun="document",
        target=text.id,
        document=text.id,
        reason="wrong",
        by="the desk",
    )


def step(ledger: Ledger, number: int, rng: random.Random, at: dt.datetime) -> None:
    """Something happens to a ledger: a text, a revision, a correction or a withdrawal."""
    day = DAY + dt.timedelta(days=rng.randrange(4))
    standing = [one for one in ledger.documents() if not one.withdrawn]
    what = rng.choice(("told", "report", "area", "area", "revision", "correction", "withdrawal", "gone"))
    if what == "told" or not standing:
        lines = [
            (rng.choice(("AR", "BO")), rng.choice(("AR", "BO")), rng.choice((1, 2, 5))) for _ in range(3)
        ]
        add(ledger, told(*dict.fromkeys(lines), day=day, outlet=f"Outlet {number}"), at)
    elif what == "report":
        add(ledger, report(number, day), at)
    elif what == "area":
        add(ledger, area(number, day, rng.choice((20, 300, 4000))), at)
    elif what == "revision":
        add(ledger, told(("AR", "BO", 1), day=day, outlet="Revised", key="revised", title=f"{number}"), at)
    elif what == "gone":
        one = rng.choice(standing).document
        ledger.amend(gone(one), at)
    else:
        claims = [c for one in standing for c in ledger.reading(one.document.id).claims]
        if not claims:
            return
        one = rng.choice(claims)
        changed = replace(one, holder="BO" if one.holder == "AR" else "AR") if what == "correction" else None
        amended = Amendment(
            action=what,
            noun="claim",
            target=one.id,
            document=one.document,
            reason="wrong",
            by="the desk",
            claim=changed,
        )
        ledger.amend(amended, at)


@pytest.mark.parametrize("seed", range(6))
def test_a_page_published_again_is_byte_for_byte_what_a_fresh_one_is(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    began = NOW - dt.timedelta(days=2)
    with open_ledger(tmp_path / "ledger.db") as ledger:
        for number in range(STEPS):
            for part in range(rng.randrange(1, 4)):
                step(ledger, number * 10 + part, rng, began + dt.timedelta(hours=number, minutes=part))
            again = put(ledger, tmp_path / "again", tmp_path / "kept")
            assert again == put(ledger, tmp_path / f"fresh {number}", None), number


def test_a_text_is_checked_anew_only_where_something_changed_for_it(
    tmp_path: Path, checked: list[str]
) -> None:
    kept = tmp_path / "kept"
    one, other = told(("AR", "AR", 1), outlet="One"), told(("AR", "AR", 5), outlet="Other")
    with open_ledger(tmp_path / "ledger.db") as ledger:
        for said in (one, other, report(1, DAY)):
            add(ledger, said, NOW - dt.timedelta(days=2))
        first = put(ledger, tmp_path / "page", kept)
        assert len(checked) == 3
        checked.clear()
        assert put(ledger, tmp_path / "page", kept) == first
        assert checked == []
        third = told(("BO", "BO", 1), outlet="Third")
        add(ledger, third, NOW - dt.timedelta(days=1))
        put(ledger, tmp_path / "page", kept)
        # What contradicts the new one is looked at again, and what does not is not.
        assert one[0].id in checked and third[0].id in checked and other[0].id not in checked


def test_what_the_checks_look_at_is_part_of_the_mark(tmp_path: Path, checked: list[str]) -> None:
    class Newer(FakeGazetteer):
        @property
        def source(self) -> DataSource:
            return DataSource("handmade", "2", "b" * 64)

    with open_ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, report(1, DAY), NOW - dt.timedelta(days=2))
        put(ledger, tmp_path / "page", tmp_path / "kept")
        checked.clear()
        where = tmp_path / "page"
        publish(Standing(ledger), Newer(), where, profile=PROFILE, now=NOW, derived=tmp_path / "kept")
        assert len(checked) == 1


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _altered(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"76", b"67"))


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _of_another_shape(path: Path) -> None:
    marks = [line.split("\t")[0] for line in derived.lines_of(path)]
    derived.keep(path, [f"{mark}\t{{}}" for mark in marks])


def _in_the_way(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_text("else")


@pytest.mark.parametrize("broken", [_cut, _altered, _emptied, _noise, _of_another_shape, _in_the_way])
def test_a_broken_file_counts_as_none(tmp_path: Path, broken: Callable[[Path], None]) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, report(1, DAY), NOW - dt.timedelta(days=2))
        first = put(ledger, tmp_path / "page", tmp_path / "kept")
        broken(tmp_path / "kept" / NAME)
        assert put(ledger, tmp_path / "page", tmp_path / "kept") == first


def test_where_nothing_can_be_kept_the_page_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file of that name")
    with open_ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, report(1, DAY), NOW - dt.timedelta(days=2))
        assert put(ledger, tmp_path / "page", tmp_path / "kept") == put(ledger, tmp_path / "other", None)
    assert (tmp_path / "kept").read_text() == "a file of that name"


def test_what_was_withdrawn_is_not_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        text, reading = report(1, DAY)
        add(ledger, (text, reading), NOW - dt.timedelta(days=2))
        put(ledger, tmp_path / "page", tmp_path / "kept")
        assert b"76 kilometers" in (tmp_path / "kept" / NAME).read_bytes()
        ledger.amend(gone(text), NOW - dt.timedelta(days=1))
        put(ledger, tmp_path / "page", tmp_path / "kept")
        assert b"76 kilometers" not in (tmp_path / "kept" / NAME).read_bytes()


def test_how_many_files_stay_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    with open_ledger(tmp_path / "ledger.db") as ledger:
        add(ledger, report(1, DAY), NOW - dt.timedelta(days=2))
        files = put(ledger, tmp_path / "page", None, tell=said.append)
        assert said == []
        put(ledger, tmp_path / "page", None, tell=said.append)
    # The manifest is written each time, and lists all but itself.
    assert said == [f"{len(files) - 1:,} of {len(files) - 1:,} files stay as they were"]
