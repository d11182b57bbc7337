"""Parquet: a folder with the entries, the raw bytes, and a flat table of claims to look at.

`entries.parquet` and `raw.parquet` are the ledger, and all that is taken in again. `claims.parquet` is drawn
from them, for DuckDB, pandas and the like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oskil.errors import InputError
from oskil.ledger.chain import Entry
from oskil.ledger.exchange.interface import VERSION, Header, Parcel
from oskil.ledger.log import Sealed

if TYPE_CHECKING:
    import pyarrow as pa

# Rows, and bytes, that are written as one group.
_ROWS, _BYTES = 5000, 64 * 2**20
_MARK = b"oskil-ledger"


class Parquet:
    """Three tables in a folder."""

    name = "ledger-parquet"
    about = "the whole ledger as a folder of Parquet tables"

    def write(self, header: Header, parcels: Iterator[Parcel], target: Path) -> None:
        """Write the folder."""
        schemas = _schemas(header)
        target.mkdir(parents=True)
        with ExitStack() as held:
            tables = {name: held.enter_context(_Table(target, name, s)) for name, s in schemas.items()}
            for parcel in parcels:
                _put(parcel, tables)

    def is_this(self, source: Path) -> bool:
        """Whether it is a folder with such entries."""
        return (source / "entries.parquet").is_file()

    @contextmanager
    def read(self, source: Path) -> Iterator[tuple[Header, Iterator[Parcel]]]:
        """What the folder holds."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with ExitStack() as held:
                entries, raws = (
                    held.enter_context(pq.ParquetFile(source / f"{name}.parquet"))
                    for name in ("entries", "raw")
                )
                yield _header(entries, source), _read(entries, raws)
        except (pa.ArrowException, OSError, KeyError, TypeError) as error:
            raise InputError(
                f"cannot be read as Parquet: {str(error).splitlines()[0][:100]}", str(source)
            ) from error


class _Table:
    """A file that rows are added to."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
        self._schema = schema
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, row: dict[str, Any], size: int) -> None:
        self._rows.append(row)
        self._size += size
        if len(self._rows) >= _ROWS or self._size >= _BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._size = [], 0


def _schemas(header: Header) -> dict[str, pa.Schema]:
    import pyarrow as pa

    text, names = pa.string(), pa.list_(pa.string())
    about = {_MARK: json.dumps([header.version, header.entries, header.head]).encode()}
    entry = [
        (name, text) for name in ("kind", "recorded_at", "previous", "payload_sha256", "sha256", "payload")
    ]
    plain = (
        "id",
        "document",
        "quote",
        "kind",
        "speaker",
        "side",
        "certainty",
        "polarity",
        "holder",
        "evidence",
    )
    ids = [(name, pa.list_(pa.int64())) for name in ("places", "areas", "around")]
    return {
        "entries": pa.schema([("seq", pa.int64()), *entry], metadata=about),
        "raw": pa.schema([("sha256", text), ("bytes", pa.large_binary()), ("seq", pa.int64())]),
        "claims": pa.schema(
            [
                ("entry", pa.int64()),
                *((name, text) for name in plain),
                ("relays", names),
                *ids,
                ("first_day", text),
                ("last_day", text),
                ("claim", text),
            ]
        ),
    }


def _put(parcel: Parcel, tables: dict[str, _Table]) -> None:
    sealed, entry = parcel.sealed, parcel.sealed.entry
    if parcel.raw is not None:
        digest, data = parcel.raw
        tables["raw"].add({"sha256": digest, "bytes": data, "seq": entry.seq}, len(data))
    row = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    tables["entries"].add({**row, "sha256": sealed.sha256, "payload": sealed.payload}, len(sealed.payload))
    if entry.kind == "claims":
        for claim in json.loads(sealed.payload):
            tables["claims"].add(_flat(entry.seq, claim), 1000)


def _flat(seq: int, claim: dict[str, Any]) -> dict[str, Any]:
    time = claim.get("time") or {}
    whole = json.dumps(claim, ensure_ascii=False, sort_keys=True)
    days = {"first_day": time.get("first"), "last_day": time.get("last")}
    return {**claim, "entry": seq, **days, "claim": whole}


def _header(entries: Any, source: Path) -> Header:
    version, count, head = json.loads((entries.schema_arrow.metadata or {}).get(_MARK, b"[0, 0, 0]"))
    if version != VERSION:
        raise InputError("not an export of a ledger, or of a newer Oskil", str(source))
    return Header(int(count), str(head))


def _read(entries: Any, raws: Any) -> Iterator[Parcel]:
    beside = (row for batch in raws.iter_batches(batch_size=16) for row in batch.to_pylist())
    raw = next(beside, None)
    for batch in entries.iter_batches(batch_size=1000):
        for row in batch.to_pylist():
            with_it = None
            if raw is not None and raw["seq"] == row["seq"]:
                with_it = (raw["sha256"], raw["bytes"])
                raw = next(beside, None)
            entry = Entry(*(row[name] for name in Entry.__dataclass_fields__))
            yield Parcel(Sealed(entry, row["sha256"], row["payload"]), with_it)
