"""Answers: in the format asked for, with a tag by which a client need not fetch the same again."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from fastapi import Request, Response

from oskil.publishing.api.serving import Serving

# Bytes of answers that are kept while the ledger stays as it is.
_KEPT = 64_000_000
MEDIA = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
}


class Answers:
    """Makes answers and keeps them until the ledger has a new entry.

    The tag is made from the ledger's head and the address asked for: the same ledger gives the same answer,
    so that a client's tag is checked before anything is looked up.
    """

    def __init__(self, serving: Serving, forget: Callable[[], None]) -> None:
        """`forget` is called when the ledger has a new entry."""
        self._serving, self._forget = serving, forget
        self._head = ""
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def of(self, request: Request, make: Callable[[], bytes], form: str = "json") -> Response:
        """The answer to a request, from `make` where it is not known yet; 304 where the client has it."""
        head = self._serving.ledger.head()
        seal = head.sha256 if head else ""
        asked = f"{request.url.path}?{request.url.query}"
        tag = f'"{hashlib.sha256(f"{seal} {form} {asked}".encode()).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if tag in [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        body = self._known(seal, tag)
        if body is None:
            body = make()
            self._keep(seal, tag, body)
        return Response(body, media_type=MEDIA[form], headers=headers)

    def _known(self, seal: str, tag: str) -> bytes | None:
        with self._lock:
            if seal != self._head:
                self._head, self._size = seal, 0
                self._kept.clear()
                self._forget()
            body = self._kept.get(tag)
            if body is not None:
                self._kept.move_to_end(tag)
            return body

    def _keep(self, seal: str, tag: str, body: bytes) -> None:
        with self._lock:
            if seal != self._head or tag in self._kept or len(body) > _KEPT // 8:
                return
            self._kept[tag] = body
            self._size += len(body)
            while self._size > _KEPT:
                self._size -= len(self._kept.popitem(last=False)[1])


def dumped(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
