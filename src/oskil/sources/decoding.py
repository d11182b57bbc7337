"""Bytes to characters, by what is declared and what holds, never by replacing what does not fit."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from oskil.errors import SourceError
from oskil.sources.interface import Raw

LONGEST_LINE = 1_000_000  # bytes; no article has such a paragraph, and dumps of data do

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^<>]{0,100}?encoding=[\"']([A-Za-z0-9_.-]{2,40})",
    re.I,
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_HIGH = re.compile(rb"[\x80-\xff]")
# Curly quotes, dashes, the ellipsis and the hard space of Windows-1252, alone in an otherwise plain text.
_WINDOWS_SIGNS = re.compile(rb"[\x85\x91-\x97\xa0]")
_SAMPLE = 60_000  # bytes that a legacy encoding is told from
_ENOUGH = 24  # bytes above ASCII, before an undeclared legacy encoding is guessed at


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding they were in, and how that was known."""

    text: str
    encoding: str
    how: str


def decode(raw: Raw, *, longest_line: int | None = LONGEST_LINE) -> Decoded:
    """The characters of `raw`. Raises SourceError, with the byte offset, where some cannot be told."""
    decoded = _decode(raw)
    nul = decoded.text.find("\x00")
    if nul >= 0:
        at = len(decoded.text[:nul].encode(decoded.encoding, "surrogatepass"))
        raise SourceError(f"NUL at byte {at}: this is not a text", raw.where)
    if longest_line is not None:
        _check_lines(raw, longest_line)
    return decoded


def _decode(raw: Raw) -> Decoded:
    data = raw.data
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _strict(data, name, raw.where)
            return Decoded(text.removeprefix("\ufeff"), name, "byte order mark")
    wide = _wide(data)
    if wide:
        return Decoded(_strict(data, wide, raw.where), wide, "every second byte is NUL")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "it decodes as such")
    except UnicodeDecodeError as error:
        return _legacy(raw, error)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"broken {encoding.upper()} at byte {error.start}: {error.reason}", where
        ) from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the NULs beside plain letters."""
    head = data[:4000]
    if len(head) < 8 or b"\x00" not in head:
        return None
    odd, even = head[1::2].count(0) * 2 / len(head), head[::2].count(0) * 2 / len(head)
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _legacy(raw: Raw, error: UnicodeDecodeError) -> Decoded:
    """A text that is not UTF-8: in the encoding it declares, or in one that its bytes leave no doubt of."""
    declared = declared_encoding(raw)
    if declared and codecs.lookup(declared).name not in ("utf-8", "ascii"):
        how = "declared by the server" if raw.encoding else "declared in the page"
        return Decoded(_strict(raw.data, declared, raw.where), declared, how)
    high = _HIGH.findall(raw.data[: 4 * _SAMPLE])
    broken = SourceError(f"broken UTF-8 at byte {error.start}: {error.reason}", raw.where)
    if declared or 2 * len(_MULTIBYTE.findall(raw.data[: 4 * _SAMPLE])) > len(high) / 2:
        raise broken from error
    if all(_WINDOWS_SIGNS.fullmatch(byte) for byte in high):
        return Decoded(_strict(raw.data, "cp1252", raw.where), "cp1252", "its only signs are Windows quotes")
    guess = _guess(raw.data) if len(high) >= _ENOUGH else None
    if guess is None:
        raise broken from error
    return Decoded(_strict(raw.data, guess, raw.where), guess, "charset-normalizer, from the bytes")


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], enable_fallback=False).best()
    return best.encoding if best else None


def declared_encoding(raw: Raw) -> str | None:
    """The encoding that the server or the page's head declares, if Python knows it."""
    found = _DECLARED.search(raw.data[:4000])
    in_page = (found[1] or found[2]).decode("ascii") if found else None
    for name in (raw.encoding, in_page):
        if name:
            try:
                return codecs.lookup(name).name
            except LookupError:
                continue
    return None


def _check_lines(raw: Raw, longest: int) -> None:
    start, number = 0, 1
    data = raw.data
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > longest:
            told = (
                f"line {number} is {end - start:,} bytes long, and no line of a text may be over {longest:,}"
            )
            raise SourceError(told, raw.where)
        start, number = end + 1, number + 1
