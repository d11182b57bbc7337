"""Records as canonical JSON and back, by their declared fields.

Canonical means: keys sorted, no white space, UTF-8 letters as they are, no NaN. The same record
always gives the same bytes, so that its SHA-256 can be computed again. A field that older JSON
lacks takes its default, so that records may grow.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from oskil.errors import LedgerBroken, LedgerError

T = TypeVar("T")
Decoder = Callable[[Any], Any]
# The fields of the kinds of records that were met, and what takes them all at once.
_RECORDS: dict[Any, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}


def sha256(data: str | bytes) -> str:
    """The SHA-256 in hex; text is taken as UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def canonical(value: object) -> str:
    """Canonical JSON of a record or of plain values.

    Raises LedgerError for what JSON or UTF-8 cannot hold: NaN, infinities, lone surrogates.
    """
    try:
        text = _ENCODER.encode(value)
        text.encode()
    except ValueError as error:
        raise LedgerError(f"a record cannot be kept: {error}") from error
    return text


def parse(kind: type[T], text: str) -> T:
    """The record of this kind that canonical JSON holds. Raises LedgerBroken where it holds none."""
    try:
        return decode(kind, json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LedgerBroken(f"a stored {kind.__name__} cannot be read: {error}") from error


def _as_json(value: Any) -> Any:
    """What JSON has no form of, as what it has: a record as a dict, a date as text."""
    # Called by the encoder for nothing else: a ledger encodes many claims, and most values are plain.
    kind: Any = type(value)
    if kind in _RECORDS:
        names, values = _RECORDS[kind]
        return dict(zip(names, values(value), strict=True))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    names = tuple(field.name for field in dataclasses.fields(kind))
    if len(names) > 1:
        _RECORDS[kind] = names, attrgetter(*names)
    return {name: getattr(value, name) for name in names}


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_as_json
)


def decode(kind: type[T], value: Any) -> T:
    """The record of this kind that plain values stand for."""
    declared: Any = kind
    record: T = _decoder(declared)(value)
    return record


@cache
def _decoder(kind: Any) -> Decoder:
    origin, arguments = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (_decoder(a) for a in arguments if a is not types.NoneType)
        if inner is _as_it_is:
            return inner
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _decoder(arguments[0])
        if item is _as_it_is:
            return tuple
        return lambda value: tuple([item(v) for v in value])
    if origin is tuple:
        items = [_decoder(a) for a in arguments]
        return lambda value: tuple([d(v) for d, v in zip(items, value, strict=True)])
    if origin is Mapping:
        return lambda value: types.MappingProxyType(dict(value))
    if kind is dt.date:
        return dt.date.fromisoformat
    if origin is Literal or kind in (str, int, float):
        return _as_it_is
    raise TypeError(f"no way to keep a field of type {kind}")


def _as_it_is(value: Any) -> Any:
    return value


def _record_decoder(kind: Any) -> Decoder:
    decoders = [(name, _decoder(hint)) for name, hint in get_type_hints(kind).items()]
    # Most fields are plain, and listings decode many records: only the others are gone through.
    changed = [(name, decoder) for name, decoder in decoders if decoder is not _as_it_is]

    def record(value: Any) -> Any:
        fields = {**value}
        for name, decoder in changed:
            if name in fields:
                fields[name] = decoder(fields[name])
        return kind(**fields)

    return record
