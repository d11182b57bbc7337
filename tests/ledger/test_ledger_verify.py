"""Whatever is changed behind the ledger's back, the verification names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, claim, correction, document, sample, withdrawal
from ledger_storeroom import Storeroom

from benchmarks.postgresql import Server
from oskil.errors import LedgerBroken
from oskil.ledger.codec import sha256
from oskil.ledger.store import open_ledger
from oskil.records import Reading, Refusal


@pytest.fixture
def filled(room: Storeroom) -> Storeroom:
    return fill(room)


def fill(room: Storeroom) -> Storeroom:
    text, reading = sample()
    changed = document(TEXT.replace("ours", "lost"))
    with open_ledger(room.where) as ledger:
        ledger.add(text, b"raw one", reading, NOON)
        ledger.refuse(Refusal("a.html", "empty"), NOON)
        lost = claim(changed, "Brod is lost again")
        ledger.add(changed, b"raw two", Reading(changed.id, "rules 1", (lost,)), NOON)
        ledger.amend(correction(changed, lost, kind="fighting", places=(11,)), NOON)
        ledger.amend(withdrawal(text), NOON - dt.timedelta(days=1))
    return room


def tamper(filled: Storeroom, *statements: str) -> list[str]:
    """What the verification finds after someone who knows the database has changed it."""
    filled.tamper(*statements)
    return filled.problems()


def test_an_untouched_ledger_has_no_problems(filled: Storeroom) -> None:
    with open_ledger(filled.where) as ledger:
        report = ledger.verify()
    assert (report.entries, report.documents, report.claims, report.problems) == (9, 2, 4, ())


def test_an_empty_ledger_has_no_problems(room: Storeroom) -> None:
    assert room.problems() == []


def test_a_changed_letter_of_a_quotation_is_named(filled: Storeroom) -> None:
    found = tamper(filled, "UPDATE claim_bodies SET body = replace(body, 'Velin', 'Velim')")
    assert "entry 3: the claims of reading 2 were changed" in found
    assert any("its quotation is not at its place" in line for line in found)
    assert len(found) == 2


def test_a_changed_letter_of_a_text_is_named_with_the_quotation_that_it_breaks(filled: Storeroom) -> None:
    found = tamper(filled, "UPDATE documents SET body = replace(body, 'Velin', 'Velim') WHERE entry = 1")
    assert any("entry 1: document" in line and "was changed" in line for line in found)
    assert any("entry 3: claim" in line and "not at its place" in line for line in found)


CHANGES: list[tuple[str, str]] = [
    ("DELETE FROM entries WHERE seq = 4", "entry 4: gone"),
    ("DELETE FROM entries WHERE seq IN (4, 5)", "entries 4 to 5: gone"),
    ("DELETE FROM entries WHERE seq = 7", "reading 6, which no entry seals"),
    ("DELETE FROM entries WHERE seq > 6", "reading 6, which no entry seals"),
    ("UPDATE entries SET recorded_at = '2022-09-01' WHERE seq = 2", "entry 2: its hash is wrong"),
    ("UPDATE entries SET kind = 'rumour' WHERE seq = 4", "entry 4: of an unknown kind, 'rumour'"),
    ("UPDATE entries SET sha256 = previous WHERE seq = 2", "entry 3: does not follow"),
    ("DELETE FROM claims WHERE number = 2", "entry 3: the claims of reading 2 were changed"),
    ("DELETE FROM claims WHERE reading = 6", "entry 7: the claims of reading 6 were changed"),
    ("DELETE FROM claim_bodies WHERE number = 2", "its row in claim_bodies is gone"),
    ("DELETE FROM readings WHERE entry = 2", "entry 2: its row in readings is gone"),
    ("DELETE FROM documents WHERE entry = 1", "entry 1: its row in documents is gone"),
    ("DELETE FROM refusals", "entry 4: its row in refusals is gone"),
    ("DELETE FROM amendments WHERE entry = 9", "entry 9: its row in amendments is gone"),
    ("DELETE FROM voices WHERE id = 2", "the column voices does not match"),
    ("DELETE FROM setbacks", "clock was set back was changed"),
    ("UPDATE refusals SET body = replace(body, 'empty', 'dull')", "entry 4: a refusal was changed"),
    ("UPDATE readings SET body = replace(body, 'rules 1', 'rules 9')", "entry 2: the reading of document"),
    ("UPDATE readings SET reader = 'rules 9'", "the column reader does not match"),
    ("UPDATE readings SET document = 5", "entry 2: the reading of document"),
    ("UPDATE documents SET key = 'x' WHERE entry = 1", "the column key does not match"),
    ("UPDATE claims SET kind = 'strike' WHERE number = 2", "the column kind does not match"),
    ("UPDATE claims SET side = 'BB' WHERE number = 2", "the column side does not match"),
    ("UPDATE claims SET voices = 1 WHERE number = 2", "the column voices does not match"),
    ("UPDATE claims SET document = 5 WHERE number = 2", "the column document does not match"),
    ("UPDATE claims SET corrected = (1 = 1) WHERE number = 2", "the column corrected does not match"),
    ("UPDATE claims SET node = 1 WHERE number = 2", "the column node does not match"),
    ("UPDATE claims SET number = 9 WHERE number = 2", "the column number does not match"),
    ("UPDATE claims SET first_day = '2022-01-01' WHERE number = 2", "the column first_day does not match"),
    ("UPDATE claim_bodies SET body = '{}' WHERE number = 3", "entry 7: a stored Claim cannot be read"),
    ("UPDATE claim_places SET place = 14 WHERE place = 12", "entry 3: claim 2a0b192469409eb5c7732aede236c6f"
     "566bb16fc85c837b860ff4dc904d9bc41: the index of places was changed"),
    ("DELETE FROM claim_places WHERE place = 90", "the index of places was changed"),
    ("INSERT INTO claim_places VALUES (90, 77)", "rows of claim_places belong to claim number 77"),
    ("INSERT INTO claim_bodies VALUES (77, '{}')", "rows of claim_bodies belong to no claim"),
    ("INSERT INTO voices VALUES (77, 'nobody')", "rows of voices belong to no claim"),
    ("INSERT INTO refusals VALUES (55, '{}')", "a row of refusals belongs to entry 55, which is no refusal"),
    ("INSERT INTO claims SELECT 99, 55, document, corrected, id, kind, side, voices, first_day, "
     "last_day, node FROM claims WHERE number = 2", "rows of claims belong to reading 55"),
    ("INSERT INTO claims SELECT 99, reading, document, corrected, id, kind, side, voices, first_day, "
     "last_day, node FROM claims WHERE number = 2", "its row in claim_bodies is gone"),
    ("UPDATE amendments SET body = replace(body, 'wrong', 'right')", "entry 8: an amendment was ch"),
    ("UPDATE amendments SET action = 'withdrawal'", "entry 8: the correction of claim"),
    ("UPDATE claim_bodies SET body = replace(body, 'fighting', 'movement')", "corrected claim was changed"),
]  # fmt: skip
ON_SQLITE: list[tuple[str, str]] = [
    ("UPDATE claims SET last_day = 'soon' WHERE number = 2", "a column holds what does not belong there"),
    ("UPDATE claim_bodies SET body = x'00ff' WHERE number = 3", "entry 7"),
]


@pytest.mark.parametrize(("statement", "named"), CHANGES + ON_SQLITE)
def test_every_other_change_of_a_row_is_named_on_sqlite(tmp_path: Path, statement: str, named: str) -> None:
    filled = fill(Storeroom(tmp_path / "ledger.db", tmp_path / "ledger.db.raw"))
    found = tamper(filled, statement)
    assert any(named in line for line in found), found
    assert all("\n" not in line for line in found)


# Each lays out a server's database anew, so there every third stands for its neighbours.
@pytest.mark.parametrize(("statement", "named"), CHANGES[::3])
def test_every_other_change_of_a_row_is_named_on_postgresql(
    server: Server, tmp_path: Path, statement: str, named: str
) -> None:
    address = f"{server.address}&schema=harm_{CHANGES.index((statement, named))}&raw={tmp_path}/raw"
    found = tamper(fill(Storeroom(address, tmp_path / "raw")), statement)
    assert any(named in line for line in found), found
    assert all("\n" not in line for line in found)


def test_a_forged_claim_with_its_hash_made_right_breaks_the_chain(filled: Storeroom) -> None:
    (body,) = [row[1] for row in filled.rows("claim_bodies") if row[0] == 3]
    forged = "[" + body.replace('"kind":"control"', '"kind":"strike"') + "]"
    found = tamper(
        filled,
        "UPDATE claim_bodies SET body = replace(body, '\"control\"', '\"strike\"') WHERE number = 3",
        "UPDATE claims SET kind = 'strike' WHERE number = 3",
        f"UPDATE entries SET payload_sha256 = '{sha256(forged)}' WHERE seq = 7",
    )
    assert found == ["entry 7: its hash is wrong"]


def test_only_a_head_noted_elsewhere_shows_that_the_end_was_cut_off(filled: Storeroom) -> None:
    with open_ledger(filled.where) as ledger:
        head = ledger.verify().head
        assert ledger.verify(head).problems == ()
        noted = ledger.head()
        assert noted is not None and noted.sha256 == head
    found = tamper(
        filled,
        "DELETE FROM setbacks",
        "DELETE FROM amendments",
        "DELETE FROM claim_places WHERE number > 2",
        "DELETE FROM claim_bodies WHERE number > 2",
        "DELETE FROM claims WHERE number > 2",
        "DELETE FROM voices WHERE id > 2",
        "DELETE FROM readings WHERE entry = 6",
        "DELETE FROM documents WHERE entry = 5",
        "DELETE FROM entries WHERE seq > 4",
    )
    assert found == []
    with open_ledger(filled.where) as ledger:
        (problem,) = ledger.verify(head).problems
    assert head in problem


def swap(filled: Storeroom) -> None:
    one, two = filled.raw_file(b"raw one"), filled.raw_file(b"raw two")
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)


def remove(filled: Storeroom) -> None:
    for data in (b"raw one", b"raw two"):
        filled.raw_file(data).unlink()


@pytest.mark.parametrize(("harm", "named"), [(swap, "were changed"), (remove, "are gone")])
def test_raw_bytes_that_are_swapped_or_gone_are_named(
    filled: Storeroom, harm: Callable[[Storeroom], None], named: str
) -> None:
    harm(filled)
    first, second = filled.problems()
    assert first.startswith("entry 1: ") and str(filled.raw_file(b"raw one")) in first and named in first
    assert second.startswith("entry 5: ") and named in second
    with open_ledger(filled.where) as ledger, pytest.raises(LedgerBroken, match=named):
        ledger.raw(document().id)


def test_a_damaged_page_of_the_file_is_told_in_one_line(tmp_path: Path) -> None:
    filled = fill(Storeroom(tmp_path / "ledger.db", tmp_path / "ledger.db.raw"))
    path = tmp_path / "ledger.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    try:
        found = filled.problems()
    except LedgerBroken as error:
        found = [str(error)]
    assert found and all("\n" not in line for line in found)


def test_damaged_json_is_told_when_it_is_listed(filled: Storeroom) -> None:
    tamper(filled, "UPDATE claim_bodies SET body = '{' WHERE number = 4")
    with (
        open_ledger(filled.where) as ledger,
        pytest.raises(LedgerBroken, match="a stored Claim cannot be read"),
    ):
        ledger.claims()
