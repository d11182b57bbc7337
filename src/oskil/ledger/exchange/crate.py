"""An RO-Crate: one zip file with the log, the raw bytes, a seal, and a description that others' tools read.

RO-Crate 1.1: https://w3id.org/ro/crate/1.1. Nothing is unpacked by its name in the zip: the log says which
raw bytes there must be, and each is proved by its hash.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oskil.errors import InputError, LedgerBroken
from oskil.ledger.codec import sha256
from oskil.ledger.exchange.interface import Header, Parcel
from oskil.ledger.exchange.jsonl import lines, parsed

LOG, SEAL, DESCRIPTION = "ledger.jsonl", "seal.json", "ro-crate-metadata.json"
# The zip format's earliest date: what was packed when is no part of a ledger.
_DATE = (1980, 1, 1, 0, 0, 0)
# JSON shrinks to a tenth or so; deflate's utmost is a thousandth, and only a bomb comes near it.
_MOST_SWOLLEN = 400
_LARGEST_RAW = 2**30


class Crate:
    """One file to hand on. `seal` is the text of a seal to go with it."""

    name = "ro-crate"
    about = "the whole ledger as an RO-Crate, one zip file with raw bytes and seal"

    def __init__(self, seal: str | None = None) -> None:
        self._seal = seal

    def write(self, header: Header, parcels: Iterator[Parcel], target: Path) -> None:
        """Write the file."""
        with target.open("xb") as file, zipfile.ZipFile(file, "w") as crate:
            raws: list[tuple[str, int]] = []
            # Zip writes one member at a time, and the log is as long as the ledger: it goes to a file first.
            import tempfile

            with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as log:
                log.writelines(lines(header, _apart(parcels, crate, raws), with_raw=False))
                log.seek(0)
                with crate.open(_member(LOG), "w", force_zip64=True) as member:
                    while piece := log.read(2**20):
                        member.write(piece.encode())
            if self._seal is not None:
                crate.writestr(_member(SEAL), self._seal)
            described = json.dumps(_description(header, raws, self._seal is not None), indent=2)
            crate.writestr(_member(DESCRIPTION), described)

    def is_this(self, source: Path) -> bool:
        """Whether it is a zip file."""
        return source.is_file() and zipfile.is_zipfile(source)

    @contextmanager
    def read(self, source: Path) -> Iterator[tuple[Header, Iterator[Parcel]]]:
        """What the file holds."""
        try:
            with zipfile.ZipFile(source) as crate:
                if LOG not in crate.namelist():
                    raise InputError(f"a zip file without {LOG} is no export of a ledger", str(source))
                info = crate.getinfo(LOG)
                if info.file_size > _MOST_SWOLLEN * max(info.compress_size, 10_000):
                    raise InputError(f"{LOG} in it swells beyond measure", str(source))
                with crate.open(LOG) as member, io.TextIOWrapper(member, encoding="utf-8") as log:
                    header, parcels = parsed(log, f"{source}, {LOG}")
                    yield header, _together(parcels, crate)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise InputError(f"the zip file is damaged: {str(error)[:100]}", str(source)) from error


def seal_in(source: Path) -> str | None:
    """The text of the seal in a crate, or None where it has none. Raises InputError for no crate."""
    try:
        with zipfile.ZipFile(source) as crate:
            return crate.read(SEAL).decode() if SEAL in crate.namelist() else None
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError(f"the zip file is damaged: {str(error)[:100]}", str(source)) from error


def raw_member(digest: str) -> str:
    """The name of raw bytes in the zip."""
    return f"raw/{digest[:2]}/{digest[2:]}"


def _apart(
    parcels: Iterator[Parcel], crate: zipfile.ZipFile, raws: list[tuple[str, int]]
) -> Iterator[Parcel]:
    for parcel in parcels:
        if parcel.raw is not None:
            digest, data = parcel.raw
            crate.writestr(_member(raw_member(digest)), data)
            raws.append((digest, len(data)))
        yield parcel


def _together(parcels: Iterator[Parcel], crate: zipfile.ZipFile) -> Iterator[Parcel]:
    seen: set[str] = set()
    for parcel in parcels:
        raw = None
        if parcel.sealed.entry.kind == "document":
            digest = str(json.loads(parcel.sealed.payload).get("raw_sha256"))
            if digest not in seen:
                seen.add(digest)
                raw = (digest, _raw(crate, digest))
        yield Parcel(parcel.sealed, raw)


def _raw(crate: zipfile.ZipFile, digest: str) -> bytes:
    try:
        info = crate.getinfo(raw_member(digest))
    except KeyError as error:
        raise LedgerBroken("the raw bytes are not in the crate", digest) from error
    if info.file_size > _LARGEST_RAW:
        raise InputError(f"a member of the zip file is over {_LARGEST_RAW:,} bytes", info.filename)
    data = crate.read(info)
    if sha256(data) != digest:
        raise LedgerBroken("raw bytes do not have the hash that they are named by", digest)
    return data


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _description(header: Header, raws: list[tuple[str, int]], sealed: bool) -> dict[str, Any]:
    files = [
        {
            "@id": LOG,
            "@type": "File",
            "name": "The log: every entry with what it sealed, one JSON object a line",
            "encodingFormat": "application/x-ndjson",
        }
    ]
    if sealed:
        files.append(
            {
                "@id": SEAL,
                "@type": "File",
                "name": "A signed statement of the last entry's hash",
                "encodingFormat": "application/json",
            }
        )
    files += [
        {"@id": raw_member(digest), "@type": "File", "contentSize": str(size), "sha256": digest}
        for digest, size in raws
    ]
    about = f"{header.entries} entries; the last one's hash is {header.head}"
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": DESCRIPTION,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": "A ledger of claims",
                "description": f"A ledger written by Oskil: {about}. `oskil import` takes it in.",
                "identifier": header.head,
                "hasPart": [{"@id": file["@id"]} for file in files],
            },
            *files,
        ],
    }
