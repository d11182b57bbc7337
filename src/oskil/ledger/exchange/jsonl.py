"""JSON lines: a header, then a line for each entry; raw bytes on a line before their document's."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oskil.errors import InputError
from oskil.ledger.chain import Entry
from oskil.ledger.codec import canonical
from oskil.ledger.exchange.interface import VERSION, Header, Parcel
from oskil.ledger.log import Sealed

MARK = "oskil-ledger"


class JsonLines:
    """One file that any program can read."""

    name = "ledger-jsonl"
    about = "the whole ledger as JSON lines"

    def write(self, header: Header, parcels: Iterator[Parcel], target: Path) -> None:
        """Write the file."""
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(lines(header, parcels, with_raw=True))

    def is_this(self, source: Path) -> bool:
        """Whether its first line is the header."""
        if not source.is_file():
            return False
        with source.open("rb") as file:
            return file.read(len(MARK) + 4).startswith(f'{{"{MARK}"'.encode())

    @contextmanager
    def read(self, source: Path) -> Iterator[tuple[Header, Iterator[Parcel]]]:
        """What the file holds."""
        with source.open(encoding="utf-8") as file:
            yield parsed(file, str(source))


def lines(header: Header, parcels: Iterable[Parcel], *, with_raw: bool) -> Iterator[str]:
    """The lines of an export, with their ends; without the raw bytes where they lie beside it."""
    first = {MARK: header.version, "entries": header.entries, "head": header.head}
    yield json.dumps(first, separators=(",", ":")) + "\n"
    for parcel in parcels:
        if with_raw and parcel.raw is not None:
            digest, data = parcel.raw
            yield f'{{"raw":"{digest}","base64":"{base64.b64encode(data).decode()}"}}\n'
        yield _line(parcel.sealed)


def _line(sealed: Sealed) -> str:
    entry = sealed.entry
    outer = {
        "seq": entry.seq,
        "kind": entry.kind,
        "recorded_at": entry.recorded_at,
        "previous": entry.previous,
        "payload_sha256": entry.payload_sha256,
        "sha256": sealed.sha256,
    }
    # The payload as it was sealed, letter by letter.
    return f'{json.dumps(outer, separators=(",", ":"))[:-1]},"payload":{sealed.payload}}}\n'


def parsed(source: Iterable[str], where: str) -> tuple[Header, Iterator[Parcel]]:
    """The header and what follows. Raises InputError, with the line, for what is not so."""
    numbered = _objects(source, where)
    first = next(numbered, None)
    if first is None or first[1].get(MARK) != VERSION:
        raise InputError("not an export of a ledger, or of a newer Oskil", where)
    try:
        header = Header(int(first[1]["entries"]), str(first[1]["head"]))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("its header lacks the number of entries or the head", where) from error
    return header, _parcels(numbered, where)


def _objects(source: Iterable[str], where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    try:
        for number, line in enumerate(source, 1):
            value = json.loads(line)
            if not isinstance(value, dict):
                raise InputError("not an object", f"{where}, line {number}")
            yield number, value
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number or 1} is cut off or no JSON: {str(error)[:80]}", where) from error


def _parcels(numbered: Iterator[tuple[int, dict[str, Any]]], where: str) -> Iterator[Parcel]:
    raw: tuple[str, bytes] | None = None
    for number, value in numbered:
        try:
            if "raw" in value:
                raw = (str(value["raw"]), base64.b64decode(value["base64"], validate=True))
                continue
            yield Parcel(_sealed(value), raw)
        except (KeyError, TypeError, ValueError, binascii.Error) as error:
            raise InputError(f"line {number} is no entry: {error!r}"[:120], where) from error
        raw = None


def _sealed(value: dict[str, Any]) -> Sealed:
    if not isinstance(value["seq"], int):
        raise TypeError("seq is no number")
    texts = ("kind", "payload_sha256", "previous", "recorded_at")
    entry = Entry(value["seq"], *(str(value[name]) for name in texts))
    return Sealed(entry, str(value["sha256"]), canonical(value["payload"]))
