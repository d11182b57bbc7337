"""Changes as they happen, by server-sent events: an event for each new entry of the ledger's log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request
from fastapi.responses import StreamingResponse

from oskil.ledger.stored import LogEntry
from oskil.publishing.api.answers import dumped
from oskil.publishing.api.routes import PROBLEMS
from oskil.publishing.api.serving import Serving

# Seconds between looks at the log, and between signs of life: a proxy closes what is silent for a minute.
_LOOK, _ALIVE = 0.5, 15.0


def router(serving: Serving) -> APIRouter:
    """The one route."""
    routes = APIRouter(prefix="/api", responses=PROBLEMS)
    open_streams: set[int] = set()

    @routes.get(
        "/live",
        summary="New entries of the ledger, as they are recorded",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def live(
        request: Request,
        last_event_id: Annotated[str | None, Header(pattern=r"^[0-9]{1,15}$")] = None,
    ) -> StreamingResponse:
        """Each event's id is the entry's number: a client that names its last one misses nothing."""
        if len(open_streams) >= serving.limits.streams:
            raise HTTPException(503, "too many clients are listening")
        head = await asyncio.to_thread(serving.ledger.head)
        after = int(last_event_id) if last_event_id else head.seq if head else 0

        async def stream() -> AsyncIterator[bytes]:
            open_streams.add(id(request))
            try:
                async for part in _events(serving, request, after):
                    yield part
            finally:
                open_streams.discard(id(request))

        return StreamingResponse(
            stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return routes


async def _events(serving: Serving, request: Request, after: int) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    silent = 0.0
    while not await request.is_disconnected():
        new = await asyncio.to_thread(serving.ledger.log, after)
        for entry in new:
            yield event(entry)
            after = entry.seq
        silent = 0.0 if new else silent + _LOOK
        if silent >= _ALIVE:
            yield b": still here\n\n"
            silent = 0.0
        await asyncio.sleep(_LOOK)


def event(entry: LogEntry) -> bytes:
    """An entry as a server-sent event."""
    data = {
        "seq": entry.seq,
        "kind": entry.kind,
        "recorded_at": entry.recorded_at.isoformat(),
        "sha256": entry.sha256,
        "document": entry.document,
    }
    return f"id: {entry.seq}\nevent: {entry.kind}\ndata: ".encode() + dumped(data) + b"\n\n"
