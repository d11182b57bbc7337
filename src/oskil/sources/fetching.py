"""The network: one page at a time, within limits of time, size and redirects, from public addresses only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from oskil.errors import AddressRefused, OskilError, SourceError
from oskil.sources.addresses import Checked, Resolver, check, resolve
from oskil.sources.intake import LARGEST, too_large
from oskil.sources.interface import Raw

if TYPE_CHECKING:
    import httpx

AGENT = "oskil (reads single articles and feeds at its user's request)"
NONE: Mapping[str, str] = {}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two pieces, and for everything; bytes (decoded); redirects."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 45.0
    size: int = LARGEST
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered: its status, the bytes where there are any, and what it said of asking again.

    `etag` and `modified` are to be sent with the next request; `wait` are the seconds that it asks for.
    """

    status: int
    raw: Raw | None = None
    etag: str = ""
    modified: str = ""
    wait: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FakeFetcher:
    """A network for tests: pages by URL. What is not in it is not found."""

    pages: Mapping[str, bytes | Raw | OskilError] = field(default_factory=dict)

    def get(self, url: str) -> Raw:
        """The page, or the error, that was put there for this URL."""
        page = self.pages.get(url)
        if isinstance(page, OskilError):
            raise page
        if page is None:
            raise SourceError("the server answered 404 Not Found", url)
        return page if isinstance(page, Raw) else Raw(where=url, data=page, media_type="text/html", url=url)


@dataclass(frozen=True, slots=True)
class HttpFetcher:
    """The real network. Redirects are checked like the first URL; connections go to the checked address.

    Because the address that was checked is the one that is connected to, a name that changes its
    address in between gains nothing. Proxies of the environment are not used, as they would look
    names up again themselves.
    """

    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    resolver: Resolver = resolve

    def get(self, url: str) -> Raw:
        """The bytes at `url`. Raises SourceError, or AddressRefused where it is not asked for."""
        answer = self.ask(url)
        if answer.raw is None:
            raise SourceError(f"the server answered {answer.status} {answer.reason}".strip(), url)
        return answer.raw

    def ask(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """What the server answers to these headers, whatever its status. Raises as `get` does."""
        return _within(self.limits.total, url, lambda: self._follow(url, headers))

    def _follow(self, url: str, headers: Mapping[str, str]) -> Answer:
        import httpx

        deadline = time.monotonic() + self.limits.total
        at = url
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        try:
            with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
                for _ in range(self.limits.redirects + 1):
                    checked = check(at, allow_private=self.allow_private, resolver=self.resolver)
                    answer = self._ask(client, checked, url, deadline, headers)
                    if isinstance(answer, Answer):
                        return answer
                    at = urljoin(at, answer)
        except httpx.HTTPError as error:
            raise SourceError(_told(error), url) from error
        raise AddressRefused(f"more than {self.limits.redirects} redirects", url)

    def _ask(
        self, client: httpx.Client, checked: Checked, first: str, deadline: float, more: Mapping[str, str]
    ) -> Answer | str:
        """One request: the answer, or where the server redirects to."""
        import httpx

        url = httpx.URL(checked.url)
        own = {"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "gzip"}
        request = client.build_request(
            "GET",
            url.copy_with(host=checked.address, fragment=None),
            headers={**own, **more},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        answer = client.send(request, stream=True)
        try:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return answer.headers["location"]
            data = self._body(answer, first, deadline) if answer.status_code == 200 else None
        finally:
            answer.close()
        media = answer.headers.get("content-type", "").partition(";")[0].strip().lower() or None
        encoding = answer.charset_encoding
        wait = answer.headers.get("retry-after", "")
        return Answer(
            status=answer.status_code,
            raw=None
            if data is None
            else Raw(where=first, data=data, media_type=media, url=checked.url, encoding=encoding),
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
            wait=float(wait) if wait.isdigit() else None,
            reason=answer.reason_phrase,
        )

    def _body(self, answer: httpx.Response, where: str, deadline: float) -> bytes:
        stated = answer.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > self.limits.size:
            raise too_large(int(stated), self.limits.size, where)
        pieces, size = [], 0
        for piece in answer.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > self.limits.size:
                raise too_large(None, self.limits.size, where)
            if time.monotonic() > deadline:
                raise _too_slow(self.limits.total, where)
        return b"".join(pieces)


def _within(seconds: float, where: str, work: Callable[[], Answer]) -> Answer:
    """Do the work on a thread of its own: no slow name server or dripping head outlasts the deadline."""
    done: list[Answer] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # handed to the caller, which raises it
            failed.append(error)

    worker = threading.Thread(target=run, daemon=True, name="oskil-fetch")
    worker.start()
    worker.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise _too_slow(seconds, where)
    return done[0]


def _too_slow(seconds: float, where: str) -> SourceError:
    return SourceError(f"not complete within {seconds:g} seconds", where)


def _told(error: httpx.HTTPError) -> str:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection: {error}"
    return f"the transfer failed: {error}"
