"""JSON read piece by piece: an export of gigabytes never stands in memory as a whole."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from oskil.errors import SourceError

PIECE = 1 << 18  # bytes read at a time
LONGEST = 32 << 20  # characters of one value; a message with all its fields has a few thousand
DEEPEST = 64

Path = tuple[str, ...]
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Value:
    """A value, its path (an item of a list is "[]"), and the characters it was written with."""

    path: Path
    value: Any
    source: str


def values(stream: BinaryIO, where: str, into: Callable[[Path], bool], *, skip: str = "") -> Iterator[Value]:
    """Every value in a JSON text, in order, where objects and lists whose path is `into` are gone into.

    `skip` are characters before the JSON text (an assignment of JavaScript). Raises SourceError, naming the
    last path reached, where the text is cut short or no JSON; what came before has been given by then.
    """
    text = _Text(stream, where)
    text.skip(skip)
    yield from _walk(text, (), into)
    text.path = ()
    if text.peek():
        raise text.broken("something follows the end")


class _Text:
    """The characters of a stream, of which those already read are let go."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        # What is there is taken before a damaged end is met.
        self._read, self._where = getattr(stream, "read1", stream.read), where
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._buffer, self._at, self._ended = "", 0, False
        self.path: Path = ()
        self.count = 0

    def skip(self, words: str) -> None:
        """Pass over these characters where the text begins with them."""
        while len(self._buffer) < len(words) and self._more(PIECE):
            pass
        if words and self._buffer.startswith(words):
            self._at = len(words)

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(PIECE):
                return ""

    def take(self, wanted: str) -> str:
        """Read the next character, which must be one of these."""
        found = self.peek()
        if not found:
            raise self.cut_short()
        if found not in wanted:
            raise self.broken(f"{found!r} where {' or '.join(wanted)} is needed")
        self._at += 1
        return found

    def value(self) -> tuple[Any, str]:
        """Read one value as a whole; also the characters it was written with."""
        if not self.peek():
            raise self.cut_short()
        size = PIECE
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended or self._buffer[end - 1] in '"}]':
                    source = self._buffer[self._at : end]
                    self._at = end
                    return found, source
            except json.JSONDecodeError as error:
                if self._ended:
                    raise self._refused(error) from error
            except RecursionError as error:
                raise self.broken("nested too deeply") from error
            if len(self._buffer) - self._at > LONGEST:
                raise self.broken(f"a value of more than {LONGEST >> 20} MB, or no JSON")
            self._more(size)
            size *= 2

    def _refused(self, error: json.JSONDecodeError) -> SourceError:
        # A text that stops within a value fails at its end, or at the beginning of its last string.
        near_end = error.pos >= len(self._buffer.rstrip()) or error.msg.startswith("Unterminated")
        return self.cut_short() if near_end else self.broken(error.msg)

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        try:
            data = self._read(size)
            piece = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self.broken(f"broken UTF-8: {error.reason}") from error
        except (OSError, EOFError) as error:
            raise self.broken(f"cannot be read on: {error}") from error
        self._ended = not data
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        return True

    def cut_short(self) -> SourceError:
        """The refusal of a text that ends too early."""
        return self.broken("it is cut short")

    def broken(self, reason: str) -> SourceError:
        """A refusal that names the place."""
        spot = "/".join(self.path) or "its beginning"
        number = f", after {self.count:,} items" if self.count else ""
        return SourceError(f"not complete JSON at {spot}{number}: {reason}", self._where)


def _walk(text: _Text, path: Path, into: Callable[[Path], bool]) -> Iterator[Value]:
    text.path = path
    opens = text.peek()
    if opens not in ("{", "[") or len(path) > DEEPEST or not into(path):
        value, source = text.value()
        yield Value(path, value, source)
        return
    text.take("{[")
    closes = "}" if opens == "{" else "]"
    first = True
    while True:
        if first and text.peek() == closes:
            text.take(closes)
            return
        step = "[]"
        if opens == "{":
            step, _ = text.value()
            text.take(":")
            if not isinstance(step, str):
                raise text.broken("a key that is no string")
        yield from _walk(text, (*path, step), into)
        text.path = path
        text.count += opens == "["
        first = False
        if text.take("," + closes) == closes:
            return
