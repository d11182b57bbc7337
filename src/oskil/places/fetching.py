"""Fetches dumps of GeoNames: resumed where it broke off, proven, and put in place only when whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from oskil.errors import GazetteerError

SITE = "https://download.geonames.org/export/dump/"
_TABLES = ("allCountries", "alternateNamesV2", "admin1CodesASCII", "admin2Codes", "countryInfo", "cities500")
_TEXTS = ("admin1CodesASCII", "admin2Codes", "countryInfo")
LARGEST = 4 << 30
FETCHED = "fetched"  # the folder of what is on its way
# Packed on the way, a file could not be resumed by its bytes.
_ALWAYS = {"User-Agent": "oskil (fetches a gazetteer at its user's request)", "Accept-Encoding": "identity"}
_CHUNK = 1 << 18
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers: its status, its headers in small letters, and the pieces of the body."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


class Network(Protocol):
    """Where files are asked for."""

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Ask once. Raises GazetteerError where there is no answer, also while the pieces are read."""


@dataclass(frozen=True, slots=True)
class HttpNetwork:
    """The real network: HTTPS with certificates proven, redirects followed to HTTPS only."""

    timeout: float = 30.0

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Ask once."""
        import httpx

        try:
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=True, max_redirects=5) as client,
                client.stream("GET", url, headers={**_ALWAYS, **headers}) as answer,
            ):
                if answer.url.scheme != "https":
                    raise GazetteerError(f"sent on to {answer.url}, which is not HTTPS", url)
                lowered = {name.lower(): text for name, text in answer.headers.items()}
                yield Answer(answer.status_code, lowered, answer.iter_raw(_CHUNK))
        except httpx.HTTPError as error:
            raise GazetteerError(f"cannot be fetched: {error or type(error).__name__}", url) from error


@dataclass(slots=True)
class FakeNetwork:
    """A network for tests: files by URL. `breaks` are the numbers of bytes after which answers break off."""

    files: dict[str, bytes] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    ranges: bool = True
    asked: list[Mapping[str, str]] = field(default_factory=list)

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """The file, or what is left of it from the byte asked for."""
        self.asked.append(headers)
        data = self.files.get(url)
        if data is None:
            yield Answer(404, {}, iter(()))
            return
        tag = f'"{hashlib.sha256(data).hexdigest()[:8]}"'
        start = 0
        if self.ranges and headers.get("If-Range") == tag:
            start = int(headers["Range"].removeprefix("bytes=").removesuffix("-"))
        sent = {"etag": tag, "content-length": str(len(data) - start)}
        if start:
            sent["content-range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        yield Answer(206 if start else 200, sent, self._pieces(data[start:]))

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        end = self.breaks.pop(0) if self.breaks else len(data)
        for at in range(0, min(end, len(data)), 7):
            yield data[at : min(at + 7, end)]
        if end < len(data):
            raise GazetteerError("cannot be fetched: the connection broke off", "fake")


def address(code: str) -> str:
    """The address of a dump by its code: a country's two letters, or one of the tables' names; else empty."""
    if re.fullmatch(r"[A-Z]{2}", code):
        return f"{SITE}{code}.zip"
    bare = code.removesuffix(".zip").removesuffix(".txt")
    table = next((name for name in _TABLES if name.lower() == bare.lower()), "")
    return f"{SITE}{table}{'.txt' if table in _TEXTS else '.zip'}" if table else ""


def fetched(
    what: str,
    folder: Path,
    *,
    network: Network | None = None,
    sha256: str | None = None,
    step: Step = lambda told: None,
) -> Path:
    """The file itself where there is one of this name, else the dump of this code, fetched into `folder`.

    Raises GazetteerError where there is neither, the transfer fails, or the hash is not `sha256`.
    """
    file = Path(what)
    if not file.exists():
        url = address(what)
        if not url:
            raise GazetteerError(
                "neither a file nor the code of a dump (UA, allCountries, countryInfo)", what
            )
        file = fetch(url, folder / FETCHED, network or HttpNetwork(), step)
    if sha256:
        _prove(file, sha256)
    return file


def _prove(file: Path, wanted: str) -> None:
    from oskil.places.bounded import sha256_of

    found = sha256_of(file)
    if found != wanted.lower():
        raise GazetteerError(f"its SHA-256 is {found}, and {wanted.lower()} was asked for", str(file))


def fetch(url: str, folder: Path, network: Network, step: Step = lambda told: None) -> Path:
    """Fetch a file. What an earlier attempt got is kept and asked on from, if the server's file is the same.

    The file gets its name only when it is whole: as long as the server said. Raises GazetteerError.
    """
    target = folder / url.rpartition("/")[2]
    part, note = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.json")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with network.get(url, _resuming(part, note)) as answer:
            spent = answer.status == 416
            if not spent:
                _take(answer, url, part, note, step)
        if spent:  # there was nothing left to ask for, or the file has shrunk: from the start
            part.unlink(missing_ok=True)
            with network.get(url, {}) as answer:
                _take(answer, url, part, note, step)
        part.replace(target)
        note.unlink(missing_ok=True)
    except OSError as error:
        raise GazetteerError(f"cannot be written: {error.strerror}", str(target)) from error
    return target


def _resuming(part: Path, note: Path) -> dict[str, str]:
    """The headers that ask for the rest: only of the very file that the part is of (RFC 9110, 13.1.5)."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        tag = json.loads(note.read_text())["etag"]
        size = part.stat().st_size
        if size and tag:
            return {"Range": f"bytes={size}-", "If-Range": str(tag)}
    return {}


def _take(answer: Answer, url: str, part: Path, note: Path, step: Step) -> None:
    if answer.status not in (200, 206):
        raise GazetteerError(f"the server answered {answer.status}", url)
    start = part.stat().st_size if answer.status == 206 else 0
    if start and not answer.headers.get("content-range", "").startswith(f"bytes {start}-"):
        part.unlink()
        raise GazetteerError("the server sent another part than was asked for; try again", url)
    stated = answer.headers.get("content-length", "")
    whole = start + int(stated) if stated.isdecimal() else 0
    if whole > LARGEST:
        raise GazetteerError(f"{whole / 1e9:.1f} GB, larger than any dump", url)
    # A weak tag does not promise the same bytes, and must not be resumed by.
    tag = answer.headers.get("etag", "")
    note.write_text(json.dumps({"etag": "" if tag.startswith("W/") else tag}))
    size = start
    with part.open("ab" if start else "wb") as file:
        for piece in answer.pieces:
            file.write(piece)
            size += len(piece)
            if size > LARGEST:
                raise GazetteerError("larger than any dump", url)
            step(f"{size / 1e6:,.1f} of {whole / 1e6:,.1f} MB" if whole else f"{size / 1e6:,.1f} MB")
    if whole and size != whole:
        raise GazetteerError(f"broke off after {size:,} of {whole:,} bytes; again goes on from there", url)
