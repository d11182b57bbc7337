"""From a ledger to the weighed pieces: what was withdrawn moves nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer
from publishing_reading import core_of, piece_of, place_of
from publishing_weighing import told

from oskil import pipeline
from oskil.ledger.store import open_ledger
from oskil.pipeline.beside import given
from oskil.pipeline.data import Found
from oskil.publishing import weighed
from oskil.records import DataSource, Document, LossEntry, LossList, Reading

CALM = [told(("AR", "AR", 1), ("BO", "BO", 5), day=DAY + dt.timedelta(days=n)) for n in range(8)]
WRONG = told(
    ("BO", "BO", 1), ("AR", "BO", 1), ("BO", "BO", 5), day=DAY + dt.timedelta(days=7), outlet="Secret Post"
)


def raw(text: Document) -> bytes:
    return text.text.encode()


def filled(folder: Path, *texts: tuple[Document, Reading]) -> Path:
    folder.mkdir(exist_ok=True)
    where = folder / "ledger.db"
    with open_ledger(where) as ledger:
        for text, reading in texts:
            ledger.add(text, raw(text), reading, NOW - dt.timedelta(days=1))
    return where


def published(where: Path, folder: Path, found: Found | None = None) -> Path:
    with open_ledger(where) as ledger:
        page = pipeline.publish(
            ledger, FakeGazetteer(), folder, PROFILE, pipeline.Manner(), found=found or Found()
        )
    return page.parent


def weighed_pieces(folder: Path) -> dict[str, Any]:
    has = core_of(folder)["has"]
    names = [name for name, there in has.items() if there is True]
    names += [f"belief-{month}" for month in has["beliefs"]]
    return {name: piece_of(folder / "data" / f"{name}.js") for name in names}


def withdraw(where: Path, id: str) -> None:
    with open_ledger(where) as ledger:
        pipeline.withdraw(ledger, id, "Mira Tolvan asked for it", "the desk", NOW)


def test_a_withdrawn_text_moves_nothing(tmp_path: Path) -> None:
    plain = published(filled(tmp_path / "plain", *CALM), tmp_path / "one")
    other = filled(tmp_path / "other", *CALM, WRONG)
    with_it = published(other, tmp_path / "two")
    assert weighed_pieces(with_it)["belief-2022-09"] != weighed_pieces(plain)["belief-2022-09"]
    withdraw(other, WRONG[0].id)
    without = published(other, tmp_path / "three")
    (entry,) = weighed_pieces(without).pop("corrections")
    assert (entry["what"], entry["document"], entry["title"]) == ("withdrawal", None, "")
    kept = {name: piece for name, piece in weighed_pieces(without).items() if name != "corrections"}
    assert kept == weighed_pieces(plain)
    assert "Secret" not in "".join(p.read_text("utf-8") for p in (without / "data").glob("*.js"))
    assert "Mira" not in str(entry)


def test_the_record_has_the_course_of_each_place(tmp_path: Path) -> None:
    folder = published(filled(tmp_path / "ledger", *CALM), tmp_path / "page")
    runs = place_of(folder, 1)["belief"]["hindsight"]
    assert runs[0][0] == 0 and runs[-1][1][0] > 0.5
    assert core_of(folder)["beliefs"]["now"][0] in "ABCD"


def test_a_loss_list_of_the_ledger_is_marked_with_its_bytes(tmp_path: Path) -> None:
    text, reading = told(("AR", "AR", 1), key="list")
    digest = hashlib.sha256(raw(text)).hexdigest()
    where = filled(tmp_path / "ledger", (replace(text, raw_sha256=digest), reading), *CALM)

    def of(sha256: str) -> LossList:
        entry = LossEntry(id="1", side="BO", category="tank", item="", status="destroyed", listed=DAY)
        return LossList(assessor="Keepers", entries=(entry,), source=DataSource("list", "1", sha256))

    with open_ledger(where) as ledger:
        both = given(ledger, Found(losses=(of(digest), of("ff" * 32))))
    assert [kept.raw for kept in both.losses] == [digest, ""]


def test_amendments_come_with_their_documents(tmp_path: Path) -> None:
    where = filled(tmp_path / "ledger", *CALM)
    claim = CALM[0][1].claims[0]
    withdraw(where, claim.id)
    withdraw(where, CALM[1][0].id)
    with open_ledger(where) as ledger:
        found = given(ledger, Found()).amendments
    assert [(one.action, one.document, one.whole) for one in found] == [
        ("withdrawal", CALM[0][0].id, False),
        ("withdrawal", CALM[1][0].id, True),
    ]


@pytest.mark.parametrize("texts", [0, 1])
def test_a_ledger_with_hardly_anything_in_it(tmp_path: Path, texts: int) -> None:
    folder = published(filled(tmp_path / "ledger", *CALM[:texts]), tmp_path / "page")
    has = core_of(folder)["has"]
    assert has["propositions"]["count"] == 0
    assert has["said"] == bool(texts)
    assert has.keys() == {*weighed.has({}), "basemap"}
