"""OpenTimestamps: that a file existed before a Bitcoin block, by calendar servers that anyone may ask.

A calendar takes a hash and promises to put it into a block ("pending"); some hours later it knows the way
from the hash to a block ("complete"). The proof is a file of the standard form (`.ots`), which other programs
read too. Whoever has the header of that block needs nobody's word. The network is a function handed in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from oskil.errors import InputError

# Posts the bytes, or asks where there are none; None is the answer that there is nothing (404).
Ask = Callable[[str, bytes | None], bytes | None]
_LARGEST = 10_000  # bytes of an answer, as in the calendars' own client
_HEADER = 80  # bytes of a block's header
_TYPE = "application/vnd.opentimestamps.v1"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a proof says: the calendars that promised, the blocks that it names, and when the block was made
    whose header was given (UTC), which the proof leads to.
    """

    pending: tuple[str, ...]
    blocks: tuple[int, ...]
    at: dt.datetime | None = None


def installed() -> bool:
    """Whether the package is there."""
    from importlib.util import find_spec

    return find_spec("opentimestamps") is not None


def begin(data: bytes, calendars: Sequence[str], ask: Ask) -> bytes:
    """A proof of the data with each calendar's promise; its hash alone is sent. Raises InputError."""
    core = _core(calendars[0])
    digest = hashlib.sha256(data).digest()
    stamp = core.Timestamp(digest)
    for calendar in calendars:
        answer = ask(f"{calendar.rstrip('/')}/digest", digest)
        stamp.merge(_answered(core, answer, digest, calendar))
    return _written(core.DetachedTimestampFile(core.OpSHA256(), stamp))


def complete(proof: bytes, calendars: Sequence[str], ask: Ask, where: str) -> bytes:
    """The proof with what these calendars have come to know since. Calendars that the proof names, and the
    user does not, are not asked. Raises InputError.
    """
    core = _core(where)
    detached = _read(core, proof, where)
    asked = [calendar.rstrip("/") for calendar in calendars]
    for node in list(_nodes(detached.timestamp)):
        for one in list(node.attestations):
            if not isinstance(one, core.PendingAttestation) or one.uri.rstrip("/") not in asked:
                continue
            address = f"{one.uri.rstrip('/')}/timestamp/{node.msg.hex()}"
            answer = ask(address, None)
            if answer is not None:
                node.merge(_answered(core, answer, node.msg, address))
    return _written(detached)


def look(proof: bytes, data: bytes, where: str, headers: Sequence[bytes] = ()) -> Standing:
    """How a proof of the data stands. `headers` are those of Bitcoin's blocks, 80 bytes each, to be trusted.

    Raises InputError for what is no proof, a proof of something else, and headers that it does not lead to.
    """
    core = _core(where)
    detached = _read(core, proof, where)
    if detached.file_hash_op(data) != detached.file_digest:
        raise InputError("the proof is of something else", where)
    pending, blocks, times = [], [], []
    for node in _nodes(detached.timestamp):
        for one in node.attestations:
            if isinstance(one, core.PendingAttestation):
                pending.append(one.uri)
            if isinstance(one, core.BitcoinBlockHeaderAttestation):
                blocks.append(one.height)
                times += [_time(header) for header in headers if _root(header) == node.msg]
    if headers and not times:
        raise InputError("the proof leads to no block whose header was given", where)
    return Standing(tuple(sorted(pending)), tuple(sorted(blocks)), min(times, default=None))


def header_of(text: str) -> bytes:
    """A block's header from its 160 hex digits. Raises InputError."""
    try:
        header = bytes.fromhex(text)
    except ValueError:
        header = b""
    if len(header) != _HEADER:
        raise InputError("a block's header is 160 hex digits", text[:20])
    return header


def _root(header: bytes) -> bytes:
    # https://developer.bitcoin.org/reference/block_chain.html: version 4, block before 32, root 32, time 4.
    return header[36:68]


def _time(header: bytes) -> dt.datetime:
    return dt.datetime.fromtimestamp(int.from_bytes(header[68:72], "little"), dt.UTC)


def _nodes(stamp: Any) -> Iterator[Any]:
    yield stamp
    for after in stamp.ops.values():
        yield from _nodes(after)


def _read(core: Any, proof: bytes, where: str) -> Any:
    try:
        return core.DetachedTimestampFile.deserialize(core.BytesDeserializationContext(proof))
    except (core.DeserializationError, ValueError) as error:
        raise InputError(f"not a proof of OpenTimestamps: {str(error)[:80]}", where) from error


def _answered(core: Any, answer: bytes | None, digest: bytes, where: str) -> Any:
    try:
        return core.Timestamp.deserialize(core.BytesDeserializationContext(answer or b""), digest)
    except (core.DeserializationError, ValueError) as error:
        raise InputError(f"the calendar's answer is none: {str(error)[:80]}", where) from error


def _written(detached: Any) -> bytes:
    from opentimestamps.core.serialize import BytesSerializationContext

    context = BytesSerializationContext()
    detached.serialize(context)
    written: bytes = context.getbytes()
    return written


@dataclass(frozen=True, slots=True)
class _Core:
    """What is used of the package, which is an extra."""

    Timestamp: Any
    DetachedTimestampFile: Any
    OpSHA256: Any
    PendingAttestation: Any
    BitcoinBlockHeaderAttestation: Any
    BytesDeserializationContext: Any
    DeserializationError: Any


def _core(where: str) -> _Core:
    try:
        from opentimestamps.core import notary, op, serialize, timestamp
    except ImportError as error:
        raise InputError("OpenTimestamps needs its package: install oskil[opentimestamps]", where) from error
    return _Core(
        timestamp.Timestamp,
        timestamp.DetachedTimestampFile,
        op.OpSHA256,
        notary.PendingAttestation,
        notary.BitcoinBlockHeaderAttestation,
        serialize.BytesDeserializationContext,
        serialize.DeserializationError,
    )


def ask(address: str, data: bytes | None) -> bytes | None:
    """The network: one request over HTTP(S), without redirects. Raises InputError."""
    import httpx

    method = "GET" if data is None else "POST"
    try:
        with httpx.stream(method, address, content=data, headers={"Accept": _TYPE}, timeout=20) as response:
            if response.status_code == 404 and data is None:
                return None
            response.raise_for_status()
            found = b""
            for piece in response.iter_bytes():
                found += piece
                if len(found) > _LARGEST:
                    raise InputError("the calendar's answer is too long", address)
            return found
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(f"the calendar cannot be asked: {str(error)[:120]}", address) from error
