"""Whatever is changed behind the ledger's back, the verification names it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, claim, document, sample

from oskil.errors import LedgerBroken
from oskil.ledger.codec import sha256
from oskil.ledger.store import open_ledger
from oskil.records import Reading, Refusal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    text, reading = sample()
    changed = document(TEXT.replace("ours", "lost"))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(text, b"raw one", reading, NOON)
        ledger.refuse(Refusal("a.html", "empty"), NOON)
        ledger.add(
            changed, b"raw two", Reading(changed.id, "rules 1", (claim(changed, "Brod is lost again"),)), NOON
        )
    return tmp_path / "ledger.db"


def problems(path: Path) -> list[str]:
    with open_ledger(path) as ledger:
        return list(ledger.verify().problems)


def tamper(path: Path, *statements: str) -> list[str]:
    """Change the file with its triggers out of the way, as someone who knows it would; and put them back."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    changed = 0
    for statement in statements:
        changed += connection.execute(statement).rowcount
    assert changed, "the tampering must have hit something"
    for _, statement in triggers:
        connection.execute(statement)
    connection.close()
    return problems(path)


def test_an_untouched_ledger_has_no_problems(path: Path) -> None:
    with open_ledger(path) as ledger:
        report = ledger.verify()
    assert (report.entries, report.documents, report.claims, report.problems) == (7, 2, 3, ())


def test_an_empty_ledger_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path / "ledger.db") == []


def test_a_changed_letter_of_a_quotation_is_named(path: Path) -> None:
    found = tamper(path, "UPDATE claims SET body = replace(body, 'Velin', 'Velim')")
    assert "entry 3: the claims of reading 2 were changed" in found
    assert any("its quotation is not at its place" in line for line in found)
    assert len(found) == 2


def test_a_changed_letter_of_a_text_is_named_with_the_quotation_that_it_breaks(path: Path) -> None:
    found = tamper(path, "UPDATE documents SET body = replace(body, 'Velin', 'Velim') WHERE entry = 1")
    assert any("entry 1: document" in line and "was changed" in line for line in found)
    assert any("entry 3: claim" in line and "not at its place" in line for line in found)


CHANGES: list[tuple[str, str]] = [
    ("DELETE FROM entries WHERE seq = 4", "entry 4: gone"),
    ("DELETE FROM entries WHERE seq IN (4, 5)", "entries 4 to 5: gone"),
    ("DELETE FROM entries WHERE seq = 7", "reading 6, which no entry seals"),
    ("UPDATE entries SET recorded_at = '2022-09-01' WHERE seq = 2", "entry 2: its hash is wrong"),
    ("UPDATE entries SET kind = 'rumour' WHERE seq = 4", "entry 4: of an unknown kind, 'rumour'"),
    ("UPDATE entries SET sha256 = previous WHERE seq = 2", "entry 3: does not follow"),
    ("DELETE FROM claims WHERE position = 1", "entry 3: the claims of reading 2 were changed"),
    ("DELETE FROM claims WHERE reading = 6", "entry 7: the claims of reading 6 were changed"),
    ("DELETE FROM readings WHERE entry = 2", "entry 2: its row in readings is gone"),
    ("DELETE FROM documents WHERE entry = 1", "entry 1: its row in documents is gone"),
    ("DELETE FROM refusals", "entry 4: its row in refusals is gone"),
    ("UPDATE refusals SET body = replace(body, 'empty', 'dull')", "entry 4: a refusal was changed"),
    ("UPDATE readings SET body = replace(body, 'rules 1', 'rules 9')", "entry 2: the reading of document"),
    ("UPDATE readings SET reader = 'rules 9'", "the column reader does not match"),
    ("UPDATE documents SET key = 'x' WHERE entry = 1", "the column key does not match"),
    ("UPDATE claims SET kind = 'strike' WHERE position = 1", "the column kind does not match"),
    ("UPDATE claims SET side = 'BB' WHERE position = 1", "the column side does not match"),
    ("UPDATE claims SET voices = 'nobody' WHERE position = 1", "the column voices does not match"),
    ("UPDATE claims SET first_day = '2022-01-01' WHERE position = 1", "the column first_day does not match"),
    ("UPDATE claims SET last_day = 'soon' WHERE position = 1", "a column holds what does not belong there"),
    ("UPDATE claims SET body = '{}' WHERE reading = 6", "entry 7: a stored Claim cannot be read"),
    ("UPDATE claims SET body = x'00ff' WHERE reading = 6", "entry 7"),
    ("UPDATE claim_places SET place = 14 WHERE place = 12", "the index of places of reading 2 was changed"),
    ("DELETE FROM claim_places WHERE place = 90", "the index of places of reading 2 was changed"),
    ("INSERT INTO claim_places VALUES (90, 77, 0)", "rows of claim_places belong to reading 77"),
    ("INSERT INTO refusals VALUES (55, '{}')", "a row of refusals belongs to entry 55, which is no refusal"),
    ("INSERT INTO claims SELECT reading, 9, id, kind, side, voices, first_day, last_day, body FROM claims "
     "WHERE position = 0 AND reading = 2", "entry 3: the claims of reading 2 were changed"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "named"), CHANGES)
def test_every_other_change_of_a_row_is_named(path: Path, statement: str, named: str) -> None:
    found = tamper(path, statement)
    assert any(named in line for line in found), found
    assert all("\n" not in line for line in found)


def test_a_forged_claim_with_its_hash_made_right_breaks_the_chain(path: Path) -> None:
    connection = sqlite3.connect(path)
    (body,) = connection.execute("SELECT body FROM claims WHERE reading = 6").fetchone()
    connection.close()
    forged = "[" + body.replace('"kind":"control"', '"kind":"strike"') + "]"
    found = tamper(
        path,
        "UPDATE claims SET body = replace(body, '\"control\"', '\"strike\"') WHERE reading = 6",
        "UPDATE claims SET kind = 'strike' WHERE reading = 6",
        f"UPDATE entries SET payload_sha256 = '{sha256(forged)}' WHERE seq = 7",
    )
    assert found == ["entry 7: its hash is wrong"]


def test_only_a_head_noted_elsewhere_shows_that_the_end_was_cut_off(path: Path) -> None:
    with open_ledger(path) as ledger:
        head = ledger.verify().head
        assert ledger.verify(head).problems == ()
    found = tamper(
        path,
        "DELETE FROM claims WHERE reading = 6",
        "DELETE FROM readings WHERE entry = 6",
        "DELETE FROM documents WHERE entry = 5",
        "DELETE FROM entries WHERE seq > 4",
    )
    assert found == []
    with open_ledger(path) as ledger:
        (problem,) = ledger.verify(head).problems
    assert head in problem


def raw_file(path: Path, data: bytes) -> Path:
    digest = sha256(data)
    return path.with_name(path.name + ".raw") / digest[:2] / digest[2:]


def swap(path: Path) -> None:
    one, two = raw_file(path, b"raw one"), raw_file(path, b"raw two")
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)


def remove(path: Path) -> None:
    for data in (b"raw one", b"raw two"):
        raw_file(path, data).unlink()


@pytest.mark.parametrize(("harm", "named"), [(swap, "were changed"), (remove, "are gone")])
def test_raw_bytes_that_are_swapped_or_gone_are_named(
    path: Path, harm: Callable[[Path], None], named: str
) -> None:
    harm(path)
    first, second = problems(path)
    assert first.startswith("entry 1: ") and str(raw_file(path, b"raw one")) in first and named in first
    assert second.startswith("entry 5: ") and named in second
    with open_ledger(path) as ledger, pytest.raises(LedgerBroken, match=named):
        ledger.raw(document().id)


def test_a_damaged_page_of_the_file_is_told_in_one_line(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    try:
        found = problems(path)
    except LedgerBroken as error:
        found = [str(error)]
    assert found and all("\n" not in line for line in found)


def test_damaged_json_is_told_when_it_is_listed(path: Path) -> None:
    tamper(path, "UPDATE claims SET body = '{' WHERE reading = 6")
    with open_ledger(path) as ledger, pytest.raises(LedgerBroken, match="a stored Claim cannot be read"):
        ledger.claims()
