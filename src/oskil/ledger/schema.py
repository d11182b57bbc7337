"""The tables, for every database that SQLAlchemy speaks to.

`entries` is the log: one row for each thing recorded, chained by hashes. Every other table holds the
canonical JSON of what an entry recorded (`body`), with columns beside it that are derived from that
JSON and serve as indexes. Rows are added and never changed; `sqlite.py` makes the database refuse
anything else. The claims of a reading are recorded by the entry after the reading's own.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()

versions = Table(
    "versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Text, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("payload_sha256", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("documents_by_key", "key", "entry"),
)

readings = Table(
    "readings",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("readings_by_document", "document", "entry"),
)

# first_day and last_day are the earliest and latest date there is where the text leaves an end open,
# and null where there is neither a time nor a day of publication.
claims = Table(
    "claims",
    metadata,
    Column("reading", ForeignKey("readings.entry"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("side", Text),
    Column("voices", Text, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("body", Text, nullable=False),
    Index("claims_by_id", "id"),
    Index("claims_by_kind", "kind"),
    Index("claims_by_side", "side"),
    Index("claims_by_voices", "voices"),
    Index("claims_by_day", "first_day", "last_day"),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("reading", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    ForeignKeyConstraint(["reading", "position"], ["claims.reading", "claims.position"]),
    Index("claim_places_by_claim", "reading", "position"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("entry", ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
