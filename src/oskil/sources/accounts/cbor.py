"""DAG-CBOR and CAR v1, as far as a repository of the AT protocol is made of them (ipld.io/specs)."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oskil.errors import SourceError

_DEEPEST = 100
_LINK = 42  # CBOR's tag for a CID
_CID_BYTES = 36  # version, codec, hash function, length: one byte each; and 32 of SHA-256


@dataclass(frozen=True, slots=True)
class Cid:
    """The name of a block by its content."""

    data: bytes

    def __str__(self) -> str:
        return "b" + base64.b32encode(self.data).decode().lower().rstrip("=")


def blocks(data: bytes, where: str) -> Iterator[tuple[Cid, Any]]:
    """The blocks of a CAR with what each holds. Raises SourceError where it is damaged or cut short."""
    try:
        length, at = _varint(data, 0)
        at += length  # the header names the roots, which are found by their form as well
        while at < len(data):
            length, at = _varint(data, at)
            end = at + length
            if length <= _CID_BYTES or end > len(data):
                raise SourceError(f"it is cut short at byte {at:,}", where)
            yield Cid(data[at : at + _CID_BYTES]), decode(data[at + _CID_BYTES : end])
            at = end
    except (IndexError, ValueError, struct.error, RecursionError) as error:
        raise SourceError(f"not a repository that can be read: {error}", where) from error


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise ValueError("a length that is too long")


def decode(data: bytes) -> Any:
    """What a block holds: dicts, lists, strings, bytes, numbers, Cids."""
    value, end = _item(data, 0, 0)
    if end != len(data):
        raise ValueError("something follows a block's end")
    return value


def _item(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    major, extra = data[at] >> 5, data[at] & 31
    if major == 7:
        return _simple(data, at, extra)
    count, at = _count(data, at + 1, extra)
    if major == 0:
        return count, at
    if major == 1:
        return -1 - count, at
    if major in (2, 3):
        piece = data[at : at + count]
        if len(piece) < count:
            raise ValueError("a string that is cut short")
        return (piece if major == 2 else piece.decode("utf8")), at + count
    return _holder(data, at, depth, major, count)


def _holder(data: bytes, at: int, depth: int, major: int, count: int) -> tuple[Any, int]:
    if major == 6:
        value, at = _item(data, at, depth + 1)
        return (Cid(value[1:]) if count == _LINK and isinstance(value, bytes) else value), at
    if count > len(data):
        raise ValueError("more items than bytes")
    if major == 4:
        items = []
        for _ in range(count):
            value, at = _item(data, at, depth + 1)
            items.append(value)
        return items, at
    pairs = {}
    for _ in range(count):
        key, at = _item(data, at, depth + 1)
        pairs[key], at = _item(data, at, depth + 1)
    return pairs, at


def _count(data: bytes, at: int, extra: int) -> tuple[int, int]:
    if extra < 24:
        return extra, at
    if extra > 27:
        raise ValueError("a length without end, which DAG-CBOR has not")
    size = 1 << (extra - 24)
    return int.from_bytes(data[at : at + size], "big"), at + size


def _simple(data: bytes, at: int, extra: int) -> tuple[Any, int]:
    if extra in (20, 21, 22):
        return {20: False, 21: True, 22: None}[extra], at + 1
    if extra == 27:
        return struct.unpack(">d", data[at + 1 : at + 9])[0], at + 9
    raise ValueError("a value that DAG-CBOR has not")
