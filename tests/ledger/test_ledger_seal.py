"""A seal says where the ledger ended; it is proved offline, and whatever was changed since shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_authority import AT, Authority
from ledger_samples import NOON, document, sample
from ledger_storeroom import Storeroom

from oskil.errors import InputError, LedgerBroken, LedgerError, OskilError
from oskil.ledger import sealing
from oskil.ledger.store import open_ledger
from oskil.records import Reading

URL = "https://stamps.example.org"


@pytest.fixture
def sealed(room: Storeroom, tmp_path: Path) -> tuple[Storeroom, Path]:
    text, reading = sample()
    with open_ledger(room.where) as ledger:
        ledger.add(text, b"raw", reading, NOON)
        sealing.write(sealing.make(ledger, tmp_path / "keys" / "key.pem"), tmp_path / "seal.json")
    return room, tmp_path / "seal.json"


def test_a_seal_holds_while_the_ledger_only_grows(sealed: tuple[Storeroom, Path]) -> None:
    room, path = sealed
    with open_ledger(room.where) as ledger:
        last = ledger.head()
        for n in range(2):
            more = document(f"More {n}.", key=f"more {n}")
            ledger.add(more, b"x", Reading(more.id, "rules 1"), NOON)
            proved = sealing.check(ledger, path)
            assert last is not None and (proved.seal.entries, proved.seal.head) == (last.seq, last.sha256)
            assert f"{3 * (n + 1)} entries since" in proved.notes[0]


def test_a_ledger_whose_end_was_rewritten_or_cut_off_is_found_out(sealed: tuple[Storeroom, Path]) -> None:
    room, path = sealed
    room.tamper("UPDATE entries SET sha256 = payload_sha256 WHERE seq = 3")
    with open_ledger(room.where) as ledger, pytest.raises(LedgerBroken, match="not the one that was sealed"):
        sealing.check(ledger, path)
    room.tamper("DELETE FROM entries WHERE seq = 3")
    with open_ledger(room.where) as ledger, pytest.raises(LedgerBroken, match="this ledger ends at 2"):
        sealing.check(ledger, path)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """A ledger on SQLite and its seal."""
    text, reading = sample()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(text, b"raw", reading, NOON)
        sealing.write(sealing.make(ledger, tmp_path / "key.pem"), tmp_path / "seal.json")
    return tmp_path / "ledger.db", tmp_path / "seal.json"


def _with(**fields: object) -> Callable[[str], str]:
    return lambda text: json.dumps({**json.loads(text), **fields})


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_with(head="0" * 64), "signature is wrong"),
        (_with(entries=2), "signature is wrong"),
        (_with(sealed_at="2020-01-01T00:00:00.000000+00:00"), "signature is wrong"),
        (_with(public_key="00" * 32), "signature is wrong"),
        (_with(public_key="zz"), "not a seal"),
        (_with(signature="00"), "signature is wrong"),
        (_with(timestamp="*"), "not a seal"),
        (_with(timestamp="AAAA"), "no time stamp"),
        (_with(**{"oskil-seal": 2}), "newer Oskil"),
        (lambda text: text[: len(text) // 2], "not a seal"),
        (lambda text: "[" * 100_000, "not a seal"),
        (lambda text: "[]", "not a seal"),
    ],
)
def test_a_seal_that_was_changed_is_refused(
    made: tuple[Path, Path], harm: Callable[[str], str], said: str
) -> None:
    where, path = made
    path.write_text(harm(path.read_text()))
    with open_ledger(where) as ledger, pytest.raises(InputError, match=said) as caught:
        sealing.check(ledger, path)
    assert "\n" not in str(caught.value)


def test_the_key_is_made_once_for_its_owner_alone(made: tuple[Path, Path], tmp_path: Path) -> None:
    where, path = made
    key = tmp_path / "key.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    with open_ledger(where) as ledger:
        again = sealing.make(ledger, key)
        first = sealing.check(ledger, path).seal
        assert again.public_key == first.public_key
        assert sealing.check(ledger, path, signer=first.fingerprint).seal == first
        with pytest.raises(InputError, match="signed by another key"):
            sealing.check(ledger, path, signer="0" * 32)
        with pytest.raises(InputError, match="signed by another key"):
            sealing.check(ledger, path, signer="")
        key.chmod(0o644)
        with pytest.raises(LedgerError, match="others may read this key"):
            sealing.make(ledger, key)
        key.chmod(0o600)
        key.write_text("no key")
        with pytest.raises(LedgerError, match="not a private key"):
            sealing.make(ledger, key)
        with pytest.raises(LedgerError, match="cannot be written"):
            sealing.write(first, path)
    with open_ledger(tmp_path / "empty.db") as empty, pytest.raises(LedgerError, match="empty"):
        sealing.make(empty, tmp_path / "key.pem")


def test_an_authority_stamps_a_seal_and_its_stamp_is_traced_offline(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    where, _ = made
    authority, stranger = Authority(), Authority()
    (tmp_path / "root.pem").write_bytes(authority.root_pem)
    (tmp_path / "other.pem").write_bytes(stranger.root_pem)
    path = tmp_path / "stamped.json"
    with open_ledger(where) as ledger:
        sealing.write(sealing.make(ledger, tmp_path / "key.pem", URL, authority.post), path)
        assert authority.asked == [URL]
        traced = sealing.check(ledger, path, roots=[tmp_path / "root.pem"])
        assert AT.isoformat() in traced.notes[1] and "is trusted" in traced.notes[1]
        assert "not traced" in sealing.check(ledger, path).notes[1]
        with pytest.raises(InputError, match="does not lead to a trusted certificate"):
            sealing.check(ledger, path, roots=[tmp_path / "other.pem"])
        with pytest.raises(InputError, match="no certificates"):
            sealing.check(ledger, path, roots=[path])
        with pytest.raises(InputError, match="has no time stamp"):
            sealing.check(ledger, tmp_path / "seal.json", roots=[tmp_path / "root.pem"])
        # The stamp of one seal is none of another.
        given = json.loads((tmp_path / "seal.json").read_text())
        given["timestamp"] = json.loads(path.read_text())["timestamp"]
        (tmp_path / "mixed.json").write_text(json.dumps(given))
        with pytest.raises(InputError, match="something else"):
            sealing.check(ledger, tmp_path / "mixed.json")


@pytest.mark.parametrize(
    ("authority", "said"), [(Authority(refuses=True), "not today"), (Authority(other=True), "something else")]
)
def test_an_authority_that_refuses_or_errs(
    made: tuple[Path, Path], tmp_path: Path, authority: Authority, said: str
) -> None:
    with open_ledger(made[0]) as ledger, pytest.raises(InputError, match=said):
        sealing.make(ledger, tmp_path / "key.pem", URL, authority.post)


def test_an_authority_of_nonsense_or_none_at_all(made: tuple[Path, Path], tmp_path: Path) -> None:
    with open_ledger(made[0]) as ledger:
        with pytest.raises(InputError, match="no time stamp"):
            sealing.make(ledger, tmp_path / "key.pem", URL, lambda address, request: b"<html>")
        for address in ("http://127.0.0.1:1/", "nowhere", "ftp://x.example"):
            with pytest.raises(OskilError, match="cannot be asked"):
                sealing.make(ledger, tmp_path / "key.pem", address)
