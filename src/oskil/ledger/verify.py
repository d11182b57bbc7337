"""Proving the ledger: every hash computed again, every derived column, every quotation, every raw file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select

from oskil.errors import LedgerBroken
from oskil.ledger import schema
from oskil.ledger.amendment import Amendment
from oskil.ledger.chain import BEFORE_THE_FIRST, Entry
from oskil.ledger.codec import canonical, parse, sha256
from oskil.ledger.database import Database
from oskil.ledger.log import AT_ONCE, BODIES
from oskil.ledger.rows import (
    DocumentEntry,
    Row,
    StandsIn,
    amendment_row,
    claim_row,
    claims_payload,
    document_row,
    names_of,
    place_rows,
    reading_row,
)
from oskil.ledger.stored import VerifyReport
from oskil.records import Claim, Document, Reading, Refusal, quotation


def verify(connection: Connection, database: Database, head: str | None = None) -> VerifyReport:
    """Look at everything that is stored. Raises LedgerBroken only where the tables cannot be read at all."""
    proof = _Proof(connection, database)
    problems = database.damage(connection)
    problems += proof.problems()
    if head is not None and not proof.has(head):
        problems.append(f"the entry with the hash {head} is gone")
    return VerifyReport(
        entries=proof.entries,
        documents=proof.count(schema.documents),
        claims=proof.count(schema.claims),
        problems=tuple(problems),
        head=proof.head,
    )


class _Proof:
    """Goes through the log once, in pieces, beside everything that belongs to it."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._connection = connection
        self._raw = database.raw
        self.entries, self.head = 0, BEFORE_THE_FIRST
        self._last = connection.scalar(select(func.max(schema.entries.c.seq))) or 0
        self._expected, self._newest = 1, ""
        self._document = lru_cache(maxsize=64)(self._load_document)
        self._proved: set[str] = set()
        self._setbacks: set[int] = set()
        self._claims = _Claims(connection)

    def problems(self) -> Iterator[str]:
        """Everything that does not hold, one line each."""
        last = self._last
        for low in range(1, last + 1, AT_ONCE):
            yield from self._piece(low, min(low + AT_ONCE - 1, last))
        yield from self._strays(last)
        yield from self._claims.rest()
        if {row["entry"] for row in self._all(select(schema.setbacks))} != self._setbacks:
            yield "the list of entries whose clock was set back was changed"

    def has(self, head: str) -> bool:
        """Whether an entry has this hash."""
        same = select(schema.entries.c.seq).where(schema.entries.c.sha256 == head).limit(1)
        return head == BEFORE_THE_FIRST or self._connection.scalar(same) is not None

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return self._connection.scalar(select(func.count()).select_from(table)) or 0

    def _piece(self, low: int, high: int) -> Iterator[str]:
        try:
            piece = _Piece(self._connection, low, high, high == self._last)
        except (TypeError, ValueError) as error:
            if low == high:
                self._expected = low + 1
                yield f"entry {low}: a column holds what does not belong there: {error}"
                return
            middle = (low + high) // 2
            yield from self._piece(low, middle)
            yield from self._piece(middle + 1, high)
            return
        for row in piece.log:
            yield from self._chain_problems(row)
            yield from self._entry_problems(row, piece)
        yield from piece.strays()

    def _chain_problems(self, row: Row) -> Iterator[str]:
        seq, expected = row["seq"], self._expected
        if seq != expected:
            yield (
                f"entry {expected}: gone" if seq == expected + 1 else f"entries {expected} to {seq - 1}: gone"
            )
        if row["previous"] != self.head:
            yield f"entry {seq}: does not follow from the entry before it"
        entry = Entry(seq, row["kind"], row["payload_sha256"], row["previous"], row["recorded_at"])
        if entry.seal() != row["sha256"]:
            yield f"entry {seq}: its hash is wrong"
        if entry.recorded_at < self._newest:
            self._setbacks.add(seq)
        self._newest = max(self._newest, entry.recorded_at)
        self.entries += 1
        self.head, self._expected = row["sha256"], seq + 1

    def _entry_problems(self, row: Row, piece: _Piece) -> Iterator[str]:
        seq, kind = row["seq"], row["kind"]
        check: Callable[[int, str, _Piece], Iterator[str]] | None = {
            "document": self._document_problems,
            "reading": self._reading_problems,
            "claims": self._claims_problems,
            "amendment": self._amendment_problems,
            "refusal": self._refusal_problems,
        }.get(kind)
        if check is None:
            yield f"entry {seq}: of an unknown kind, {kind!r}"
            return
        try:
            yield from check(seq, row["payload_sha256"], piece)
        except LedgerBroken as error:
            yield f"entry {seq}: {error}"
        except (TypeError, ValueError) as error:
            yield f"entry {seq}: a column holds what does not belong there: {error}"

    def _document_problems(self, seq: int, digest: str, piece: _Piece) -> Iterator[str]:
        row = piece.take("document", seq)
        where = f"entry {seq}: document {row['id']}"
        if sha256(row["body"]) != digest:
            yield f"{where} was changed"
        entry = parse(DocumentEntry, row["body"])
        yield from _differences(row, document_row(seq, entry, row["body"]), where)
        if entry.raw_sha256 not in self._proved:
            try:
                self._raw.get(entry.raw_sha256)
                self._proved.add(entry.raw_sha256)
            except OSError as error:
                yield f"entry {seq}: the raw bytes of document {row['id']} cannot be read: {error.strerror}"

    def _reading_problems(self, seq: int, digest: str, piece: _Piece) -> Iterator[str]:
        row = piece.take("reading", seq)
        reading = parse(Reading, row["body"])
        where = f"entry {seq}: the reading of document {reading.document}"
        if sha256(row["body"]) != digest:
            yield f"{where} was changed"
        document = self._document(row["document"])
        if document is None or document.id != reading.document:
            yield f"{where}: the column document does not match what was recorded"
        yield from _differences(row, reading_row(seq, row["document"], reading, row["body"]), where)

    def _refusal_problems(self, seq: int, digest: str, piece: _Piece) -> Iterator[str]:
        row = piece.take("refusal", seq)
        if sha256(row["body"]) != digest:
            yield f"entry {seq}: a refusal was changed"
        parse(Refusal, row["body"])

    def _amendment_problems(self, seq: int, digest: str, piece: _Piece) -> Iterator[str]:
        row = piece.take("amendment", seq)
        if sha256(row["body"]) != digest:
            yield f"entry {seq}: an amendment was changed"
        amendment = parse(Amendment, row["body"])
        where = f"entry {seq}: the {amendment.action} of {amendment.noun} {amendment.target}"
        document = self._document(row["document"])
        if document is None or document.id != amendment.document:
            yield f"{where}: the column document does not match what was recorded"
            return
        yield from _differences(row, amendment_row(seq, row["document"], amendment, row["body"]), where)
        found = piece.claims.pop(seq, [])
        wanted = [] if amendment.claim is None else [canonical(amendment.claim)]
        if [claim["body"] for claim in found] != wanted:
            yield f"{where}: the corrected claim was changed"
        stands_in = StandsIn(seq, row["document"], document.published_on, corrected=True)
        yield from self._claims.problems(seq, found, stands_in, document)

    def _claims_problems(self, seq: int, digest: str, piece: _Piece) -> Iterator[str]:
        # The claims of a reading are sealed by the entry after its own.
        reading = seq - 1
        found = piece.claims.pop(reading, [])
        if sha256(claims_payload([row["body"] or "" for row in found])) != digest:
            yield f"entry {seq}: the claims of reading {reading} were changed"
        of = piece.read.get(reading) or self._reads(reading)
        document = None if of is None else self._document(of)
        if of is None or document is None:
            self._claims.skip(found)
            yield f"entry {seq}: the document of these claims is gone"
            return
        yield from self._claims.problems(seq, found, StandsIn(reading, of, document.published_on), document)

    def _reads(self, reading: int) -> int | None:
        table = schema.readings
        found = self._connection.scalar(select(table.c.document).where(table.c.entry == reading))
        return None if found is None else int(found)

    def _strays(self, last: int) -> Iterator[str]:
        for kind, table in BODIES.items():
            beyond = or_(table.c.entry > last, table.c.entry < 1)
            for row in self._all(select(table.c.entry).where(beyond)):
                yield _stray(table, row["entry"], kind)
        column = schema.claims.c.reading
        for row in self._all(select(column).where(or_(column > last, column < 1)).distinct()):
            yield _stray_claims(row["reading"])

    def _load_document(self, entry: int) -> Document | None:
        table = schema.documents
        rows = self._all(select(table.c.body).where(table.c.entry == entry))
        return parse(DocumentEntry, rows[0]["body"]).document if rows else None

    def _all(self, query: Any) -> list[Row]:
        return [row._asdict() for row in self._connection.execute(query)]


class _Piece:
    """A piece of the log with all rows that belong to its entries.

    Raises ValueError where a column holds what its type does not know.
    """

    def __init__(self, connection: Connection, low: int, high: int, final: bool) -> None:
        def rows(query: Any) -> list[Row]:
            return [row._asdict() for row in connection.execute(query)]

        log = schema.entries
        self.log = rows(select(log).where(log.c.seq.between(low, high)).order_by(log.c.seq))
        self._of: dict[str, dict[int, Row]] = {
            kind: {row["entry"]: row for row in rows(select(table).where(table.c.entry.between(low, high)))}
            for kind, table in BODIES.items()
        }
        self.read = {row["entry"]: row["document"] for row in self._of["reading"].values()}
        claims, bodies = schema.claims, schema.claim_bodies
        sealing = {row["seq"] for row in self.log if row["kind"] == "claims"}
        # A reading whose claims the next piece seals is left to it, and the first entry's to this one.
        first = low - 1 if low in sealing else low
        query = (
            select(claims, bodies.c.body)
            .outerjoin(bodies, bodies.c.number == claims.c.number)
            .where(claims.c.reading.between(first, high))
            .order_by(claims.c.reading, claims.c.number)
        )
        self.claims: dict[int, list[Row]] = defaultdict(list)
        for row in rows(query):
            self.claims[row["reading"]].append(row)
        if high in self.read and not final:
            self.claims.pop(high, None)

    def take(self, kind: str, seq: int) -> Row:
        """The row that an entry sealed; each is taken once."""
        row = self._of[kind].pop(seq, None)
        if row is None:
            raise LedgerBroken(f"its row in {BODIES[kind].name} is gone")
        return row

    def strays(self) -> Iterator[str]:
        """The rows that no entry of the log has taken."""
        for kind, rows in self._of.items():
            for entry in rows:
                yield _stray(BODIES[kind], entry, kind)
        for reading in self.claims:
            yield _stray_claims(reading)


class _Claims:
    """Proves claims one after the other, and the tables that are ordered otherwise beside them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._number = 0
        self._voice = 0
        table = schema.voices
        self._voices = {row.id: row.names for row in connection.execute(select(table))}
        places = schema.claim_places
        in_order = select(places.c.number, places.c.place).order_by(places.c.number, places.c.place)
        self._places = iter(connection.execute(in_order, execution_options={"yield_per": 5000}))
        self._next: Any = next(self._places, None)

    def problems(
        self, seq: int, found: Sequence[Row], stands_in: StandsIn, document: Document
    ) -> Iterator[str]:
        """What does not hold of the claims that one entry sealed."""
        for row in found:
            number = row["number"]
            where = f"entry {seq}: claim {row['id']}"
            places = self._places_of(number)
            if row["body"] is None:
                yield f"{where}: its row in claim_bodies is gone"
                continue
            claim = parse(Claim, row["body"])
            if not _quotes(document, claim):
                yield f"{where}: its quotation is not at its place"
            self._number += 1
            if number != self._number:
                yield f"{where}: the column number does not match what was recorded"
                self._number = number
            expected = claim_row(number, stands_in, self._voice_of(row, claim), claim)
            yield from _differences(row, expected, where)
            if places != [place["place"] for place in place_rows(number, claim)]:
                yield f"{where}: the index of places was changed"

    def skip(self, found: Sequence[Row]) -> None:
        """Pass over claims that cannot be proved."""
        for row in found:
            self._number = row["number"]
            self._places_of(row["number"])

    def rest(self) -> Iterator[str]:
        """What of the other tables belongs to no claim."""
        if self._next is not None:
            yield f"rows of claim_places belong to claim number {self._next.number}, which no entry seals"
        if self._voice != len(self._voices):
            yield "rows of voices belong to no claim"
        count = select(func.count())
        claims = self._connection.scalar(count.select_from(schema.claims))
        if claims != self._connection.scalar(count.select_from(schema.claim_bodies)):
            yield "rows of claim_bodies belong to no claim"

    def _places_of(self, number: int) -> list[int]:
        found = []
        while self._next is not None and self._next.number <= number:
            # One of a number passed over belongs to nothing; it is found at this claim, as one too many.
            found.append(self._next.place)
            self._next = next(self._places, None)
        return found

    def _voice_of(self, row: Row, claim: Claim) -> int:
        voice = int(row["voices"])
        if voice > self._voice:
            self._voice += 1
        return voice if voice <= self._voice and self._voices.get(voice) == names_of(claim) else -1


def _stray(table: Table, entry: int, kind: str) -> str:
    return f"a row of {table.name} belongs to entry {entry}, which is no {kind}"


def _stray_claims(reading: int) -> str:
    return f"rows of claims belong to reading {reading}, which no entry seals"


def _quotes(document: Document, claim: Claim) -> bool:
    end = len(document.text)
    inside = all(0 <= span.start <= span.end <= end for span in claim.spans)
    return inside and claim.quote == quotation(document.text, claim.spans)


def _differences(stored: Row, expected: Row, where: str) -> Iterator[str]:
    for column, value in expected.items():
        if stored[column] != value:
            yield f"{where}: the column {column} does not match what was recorded"
