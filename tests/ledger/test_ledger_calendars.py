"""A seal's proof by calendars: promised, completed, proved by a block's header, and never taken for more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ledger_calendar import HEIGHT, URL, Calendar, header
from ledger_samples import NOON, sample
from typer.testing import CliRunner

from oskil.cli.app import app
from oskil.errors import InputError, LedgerError, OskilError
from oskil.ledger import calendars, sealing
from oskil.ledger.store import open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    text, reading = sample()
    with open_ledger(tmp_path / "ledger.db") as store:
        store.add(text, b"raw", reading, NOON)
    return tmp_path / "ledger.db"


def sealed(ledger: Path, calendar: Calendar, *others: str) -> Path:
    path = ledger.with_name("seal.json")
    with open_ledger(ledger) as store:
        sealing.write(sealing.make(store, ledger.with_name("key.pem")), path, [URL, *others], calendar)
    return path


def told(ledger: Path, seal: Path, *blocks: str) -> str:
    with open_ledger(ledger) as store:
        return sealing.check(store, seal, blocks=blocks).notes[-1]


def test_a_promise_is_pending_until_the_calendar_knows_the_block_and_then_wants_its_header(
    ledger: Path,
) -> None:
    calendar = Calendar()
    seal = sealed(ledger, calendar)
    assert told(ledger, seal) == f"OpenTimestamps: pending at {URL}; ask it (--calendar URL)."
    sealing.complete(seal, [URL], calendar)
    assert "pending" in told(ledger, seal)
    calendar.mined = True
    sealing.complete(seal, [URL + "/"], calendar)
    assert told(ledger, seal) == f"Said to be in Bitcoin block {HEIGHT}; its header proves it (--block HEX)."
    assert told(ledger, seal, calendar.header.hex()) == (
        "In a Bitcoin block of 2024-02-03T22:40:00+00:00, by the header given."
    )
    assert sorted(p.name for p in ledger.parent.glob("seal*")) == ["seal.json", "seal.json.ots"]


def test_a_header_of_another_block_proves_nothing(ledger: Path) -> None:
    calendar = Calendar(mined=True)
    seal = sealed(ledger, calendar)
    sealing.complete(seal, [URL], calendar)
    for wrong in (header(bytes(32)).hex(), header(bytes.fromhex("ab" * 32)).hex()):
        with pytest.raises(InputError, match="leads to no block"):
            told(ledger, seal, wrong)
    with pytest.raises(InputError, match="160 hex digits"):
        told(ledger, seal, "00ff")


def test_a_changed_seal_is_not_what_was_stamped(ledger: Path) -> None:
    seal = sealed(ledger, Calendar())
    seal.write_text(seal.read_text() + "\n")
    with pytest.raises(InputError, match="of something else"):
        told(ledger, seal)


def test_a_calendar_that_the_user_does_not_name_is_not_asked(ledger: Path) -> None:
    calendar = Calendar()
    seal = sealed(ledger, calendar)
    calendar.asked.clear()
    sealing.complete(seal, ["https://other.example.org"], calendar)
    assert calendar.asked == []


def test_nothing_is_written_where_a_calendar_does_not_answer(ledger: Path) -> None:
    def silent(address: str, data: bytes | None) -> bytes | None:
        raise InputError("the calendar cannot be asked", address)

    def garbled(address: str, data: bytes | None) -> bytes | None:
        return b"\xff<html>"

    for ask in (silent, garbled):
        with open_ledger(ledger) as store, pytest.raises(InputError):
            made = sealing.make(store, ledger.with_name("key.pem"))
            sealing.write(made, ledger.with_name("seal.json"), [URL], ask)
        assert not list(ledger.parent.glob("seal*"))


def test_a_damaged_proof_is_one_clear_line(ledger: Path) -> None:
    calendar = Calendar(mined=True)
    seal = sealed(ledger, calendar)
    sealing.complete(seal, [URL], calendar)
    proof = sealing.beside(seal)
    whole, rng = proof.read_bytes(), random.Random(2)
    for length in range(len(whole)):
        proof.write_bytes(whole[:length])
        with pytest.raises(InputError) as caught:
            told(ledger, seal)
        assert "\n" not in str(caught.value)
    for _ in range(300):
        changed = bytearray(whole)
        changed[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        proof.write_bytes(changed)
        try:
            assert "by the header given" not in told(ledger, seal)
        except OskilError as error:
            assert "\n" not in str(error)


def test_there_must_be_a_proof_to_complete_and_headers_want_one(ledger: Path) -> None:
    seal = ledger.with_name("seal.json")
    with open_ledger(ledger) as store:
        sealing.write(sealing.make(store, ledger.with_name("key.pem")), seal)
    with pytest.raises(LedgerError, match="no such file"):
        sealing.complete(seal, [URL], Calendar())
    with pytest.raises(InputError, match="no proof of OpenTimestamps"):
        told(ledger, seal, header(bytes(32)).hex())


def test_without_the_package_it_is_said_and_the_seal_still_holds(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = sealed(ledger, Calendar())
    monkeypatch.setattr(calendars, "installed", lambda: False)
    assert "not looked at" in told(ledger, seal)


def test_a_calendar_stamps_a_file(ledger: Path) -> None:
    found = CliRunner().invoke(app, ["seal", "--calendar", URL, "--ledger", str(ledger)])
    assert found.exit_code == 2
    assert "--output" in found.output
