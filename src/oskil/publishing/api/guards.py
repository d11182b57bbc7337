"""What stands before the routes: rate, size, names of the host, the token, and headers that forbid."""

from __future__ import annotations

import contextlib
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oskil.publishing.api.serving import Limits, Serving

# Clients whose use is remembered; the one that was silent longest is forgotten first.
_REMEMBERED = 10_000

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    # Beside it, each page has the rest of its policy in itself, as it does where it lies in a folder.
    "Content-Security-Policy": "base-uri 'none'; object-src 'none'; frame-ancestors 'self'",
}


class TooLarge(Exception):
    """The body is over the limit."""


class Buckets:
    """A token bucket a client: `burst` at once, `rate` a second in the long run."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits, self._clock = limits, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Seconds until the client may ask again; 0 lets it through and counts the request."""
        now = self._clock()
        left, since = self._left.pop(client, (float(self._limits.burst), now))
        left = min(self._limits.burst, left + (now - since) * self._limits.rate)
        allowed = left >= 1
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._limits.rate


class Guard:
    """Wraps the application: nothing that is refused here reaches a route."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app, self._serving = app, serving
        self._buckets = Buckets(serving.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused:
            await _answer(send, *refused)
            return
        body = _Body(receive, self._serving.limits.body)
        with contextlib.suppress(TooLarge):
            await self._app(scope, body.receive, _with_headers(send, body))
        if body.over:
            await _answer(send, 413, f"a body has at most {self._serving.limits.body} bytes")

    def _refusal(self, scope: Scope) -> tuple[int, str] | tuple[int, str, dict[str, str]] | None:
        headers = Headers(scope=scope)
        if not self._known_host(headers.get("host", "")):
            return 421, "this server does not answer to that name"
        wait = self._buckets.wait((scope.get("client") or ("unknown",))[0])
        if wait:
            return 429, "too many requests", {"Retry-After": str(max(1, round(wait)))}
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._serving.limits.body:
            return 413, f"a body has at most {self._serving.limits.body} bytes"
        if scope["method"] not in ("GET", "HEAD") or self._serving.closed:
            return self._without_token(scope, headers)
        return None

    def _known_host(self, host: str) -> bool:
        """Whether the request names this server: a page elsewhere could point a name of its own at it."""
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name.lower() in self._serving.hosts

    def _without_token(self, scope: Scope, headers: Headers) -> tuple[int, str, dict[str, str]] | None:
        if scope["method"] == "OPTIONS":
            return None  # the router says that the method is not allowed: there are no cross-origin requests
        token = self._serving.token
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if token and hmac.compare_digest(given.encode("utf-8"), token.encode("utf-8")):
            return None
        return 401, "this takes a token: Authorization: Bearer ...", {"WWW-Authenticate": "Bearer"}


class _Body:
    """Counts what is received; a body may come without saying its length."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._seen = receive, most, 0

    @property
    def over(self) -> bool:
        """Whether more came than is allowed."""
        return self._seen > self._most

    async def receive(self) -> Message:
        """The next message. Raises TooLarge past the limit."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self.over:
            raise TooLarge
        return message


def _with_headers(send: Send, body: _Body) -> Send:
    """Adds the headers; of a body that was too large, whatever the routes made of it is not sent."""

    async def sending(message: Message) -> None:
        if body.over:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


async def _answer(send: Send, status: int, error: str, more: dict[str, str] | None = None) -> None:
    body = json.dumps({"error": error}).encode("utf-8")
    given = {"Content-Type": "application/json", "Content-Length": str(len(body)), **HEADERS, **(more or {})}
    headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
