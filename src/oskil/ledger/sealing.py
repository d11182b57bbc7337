"""Seals of a ledger: made with the user's key, and proved against the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from oskil.errors import InputError, LedgerBroken, LedgerError
from oskil.ledger import calendars, seal, timestamp
from oskil.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Proved:
    """A seal that holds, and what else is to be said of it, a line each."""

    seal: seal.Seal
    notes: tuple[str, ...] = ()


def key_file() -> Path:
    """Where the user's key is, or will be."""
    from platformdirs import user_config_dir

    return Path(user_config_dir("oskil")) / "seal-key.pem"


def make(
    ledger: Ledger, key: Path, authority: str | None = None, post: timestamp.Post = timestamp.post
) -> seal.Seal:
    """Seal the ledger's end, and have an authority stamp the seal. Raises LedgerError, InputError."""
    last = ledger.head()
    if last is None:
        raise LedgerError("the ledger is empty", ledger.where)
    made = seal.make(last, key, dt.datetime.now(dt.UTC))
    if authority is None:
        return made
    return replace(made, timestamp=timestamp.ask(made.signed, authority, post))


def write(made: seal.Seal, path: Path, asked: Sequence[str] = (), ask: calendars.Ask = calendars.ask) -> None:
    """Write a seal to a file that is not there yet, and beside it a proof by the calendars that are asked.

    Nothing is written where a calendar does not answer. Raises LedgerError, InputError.
    """
    data = made.text().encode()
    proof = calendars.begin(data, asked, ask) if asked else None
    _put(path, data)
    if proof is not None:
        _put(beside(path), proof)


def beside(path: Path) -> Path:
    """Where the proof of OpenTimestamps of a seal's file is."""
    return path.with_name(path.name + ".ots")


def _put(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LedgerError(f"the seal cannot be written: {reason}", str(path)) from error


def check(
    ledger: Ledger,
    path: Path,
    signer: str | None = None,
    roots: Sequence[Path] = (),
    blocks: Sequence[str] = (),
) -> Proved:
    """Prove the seal in a file: its signature, its time stamps, and that the ledger holds what it sealed.

    `roots` are files of certificates, `blocks` headers of Bitcoin's blocks in hex, that are trusted.

    Raises InputError where the seal itself does not hold, LedgerBroken where the ledger is another one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        trusted = [root.read_bytes() for root in roots]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text in UTF-8"
        raise InputError(
            f"cannot be read: {reason.lower()}", str(getattr(error, "filename", path))
        ) from error
    found = seal.read(text, str(path))
    if signer is not None and not (len(signer) >= 16 and found.fingerprint.startswith(signer.lower())):
        raise InputError(f"signed by another key: {found.fingerprint}", str(path))
    _compare(ledger, found)
    notes = _notes(ledger, found, trusted, str(path))
    return Proved(found, (*notes, *_proof_notes(path, [calendars.header_of(block) for block in blocks])))


def complete(path: Path, asked: Sequence[str], ask: calendars.Ask = calendars.ask) -> None:
    """Ask the calendars of the proof beside a seal whether it is in a block by now, and keep what they know.

    Raises InputError, LedgerError.
    """
    proof = beside(path)
    try:
        before = proof.read_bytes()
        after = calendars.complete(before, asked, ask, str(proof))
        if after != before:
            new = proof.with_name(proof.name + ".new")
            new.write_bytes(after)
            new.replace(proof)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LedgerError(f"the proof cannot be read or kept: {reason}", str(proof)) from error


def _proof_notes(path: Path, headers: Sequence[bytes]) -> list[str]:
    proof = beside(path)
    if not proof.exists():
        if headers:
            raise InputError("there is no proof of OpenTimestamps beside the seal", str(proof))
        return []
    if not headers and not calendars.installed():
        return [f"{proof.name} was not looked at: that needs oskil[opentimestamps]."]
    try:
        found = calendars.look(proof.read_bytes(), path.read_bytes(), str(proof), headers)
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or str(error)).lower()}", str(proof)) from error
    named = ", ".join(f"{height}" for height in found.blocks)
    if found.at is not None:
        return [f"In a Bitcoin block of {found.at.isoformat(timespec='seconds')}, by the header given."]
    if found.blocks:
        return [f"Said to be in Bitcoin block {named}; its header proves it (--block HEX)."]
    return [
        f"OpenTimestamps: pending at {', '.join(found.pending) or 'no calendar'}; ask it (--calendar URL)."
    ]


def _compare(ledger: Ledger, found: seal.Seal) -> None:
    there = ledger.log(found.entries - 1, 1) if found.entries > 0 else []
    if not there or there[0].seq != found.entries:
        last = ledger.head()
        ends = last.seq if last else 0
        raise LedgerBroken(f"entry {found.entries} was sealed; this ledger ends at {ends}", ledger.where)
    if there[0].sha256 != found.head:
        raise LedgerBroken(f"entry {found.entries} is not the one that was sealed", ledger.where)


def _notes(ledger: Ledger, found: seal.Seal, trusted: Sequence[bytes], where: str) -> list[str]:
    last = ledger.head()
    since = (last.seq if last else 0) - found.entries
    notes = [f"The ledger holds it, and {since} entries since; `oskil verify` proves what lies before."]
    if found.timestamp is None:
        if trusted:
            raise InputError("the seal has no time stamp", where)
        return notes
    stamped = timestamp.look(found.timestamp, found.signed, where, trusted)
    known = (
        "by an authority that is trusted" if stamped.trusted else "not traced to a certificate (--trust FILE)"
    )
    return [*notes, f"Stamped at {stamped.at.isoformat(timespec='seconds')}, {known}."]
