"""The tables, for every database that SQLAlchemy speaks to.

`entries` is the log: one row for each thing recorded, chained by hashes. `documents`, `readings`,
`claim_bodies`, `amendments` and `refusals` hold the canonical JSON of what an entry recorded (`body`).
Everything else is derived from those and serves to find them by: it can be worked out anew, and a
verification does so. Rows are added and never changed; `sqlite.py` and `postgres.py` make the database
refuse anything else. The claims of a reading are recorded by the entry after the reading's own.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, Table, Text

SCHEMA_VERSION = 3

metadata = MetaData()

# By code points everywhere: PostgreSQL would otherwise order and search by the rules of some language.
Letters = Text().with_variant(Text(collation="C"), "postgresql")

versions = Table(
    "versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Letters, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Letters, nullable=False),
    Column("payload_sha256", Letters, nullable=False),
    Column("previous", Letters, nullable=False),
    Column("sha256", Letters, nullable=False),
    Column("recorded_at", Letters, nullable=False),
    Index("entries_by_time", "recorded_at", "seq"),
)

# The entries whose clock stood behind that of an entry before them. Mostly there is none, and what was
# known at a time is then all entries up to one of them.
setbacks = Table(
    "setbacks",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
)

documents = Table(
    "documents",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("id", Letters, nullable=False, unique=True),
    Column("key", Letters, nullable=False),
    Column("body", Letters, nullable=False),
    Index("documents_by_key", "key", "entry"),
)

# `document` is the document's entry.
readings = Table(
    "readings",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("document", ForeignKey("documents.entry"), nullable=False),
    Column("reader", Letters, nullable=False),
    Column("body", Letters, nullable=False),
    Index("readings_by_document", "document", "entry"),
)

# Every different `voices` (speaker and relays, without case), numbered as they came.
voices = Table(
    "voices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("names", Letters, nullable=False, unique=True),
)

# `number` counts all claims as they were recorded. `reading` is the entry of the reading, or of the
# correction (`corrected`) that a claim stands in; `document` the entry of its document. first_day and
# last_day are the earliest and latest date there is where the text leaves an end open, and null where
# there is neither a time nor a day of publication; `node` is theirs (see `days.py`).
claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("reading", ForeignKey("entries.seq"), nullable=False),
    Column("document", ForeignKey("documents.entry"), nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("id", Letters, nullable=False),
    Column("kind", Letters, nullable=False),
    Column("side", Letters),
    Column("voices", ForeignKey("voices.id"), nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("node", Integer),
    Index("claims_by_reading", "reading", "number"),
    Index("claims_by_id", "id", "number"),
    Index("claims_by_kind", "kind", "number"),
    Index("claims_by_kind_and_side", "kind", "side", "number"),
    Index("claims_by_side", "side", "number"),
    Index("claims_by_voices", "voices", "number"),
    Index("claims_by_first_day", "node", "first_day", "number"),
    Index("claims_by_last_day", "node", "last_day", "number"),
    Index("claims_by_kind_and_days", "kind", "node", "last_day", "number"),
)

# Apart from the columns to find them by, so that looking through many claims touches little.
claim_bodies = Table(
    "claim_bodies",
    metadata,
    Column("number", ForeignKey("claims.number"), primary_key=True, autoincrement=False),
    Column("body", Letters, nullable=False),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("number", ForeignKey("claims.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Corrections and withdrawals. `target` is the id of a claim or a document, `document` that document's entry.
amendments = Table(
    "amendments",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("action", Letters, nullable=False),
    Column("noun", Letters, nullable=False),
    Column("target", Letters, nullable=False),
    Column("document", ForeignKey("documents.entry"), nullable=False),
    Column("body", Letters, nullable=False),
    Index("amendments_by_target", "target", "entry"),
    Index("amendments_by_document", "document", "entry"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("body", Letters, nullable=False),
)
