"""The application: routes, guards, errors in one line, and the site on top."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import metadata

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from oskil.errors import InputError, LedgerError, OskilError, SourceError
from oskil.publishing.api import live, routes, writing
from oskil.publishing.api.guards import Guard
from oskil.publishing.api.serving import Serving

# Requests that are worked on at one time; others wait in line.
_THREADS = 2

DESCRIPTION = """Who said what of which place and day, on whose word, and whether it holds.

Reading needs no token unless the server is closed; writing does. Every answer has an `ETag`. Claims are the
ledger's own, unredacted: what may be published is on the site and in the exports."""


def create_app(serving: Serving) -> FastAPI:
    """The API over one ledger. It answers no page of another site: there are no CORS headers."""
    app = FastAPI(
        title="Oskil",
        version=metadata.version("oskil"),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        # Their pages would fetch scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=_few_threads,
    )
    app.include_router(routes.router(serving))
    app.include_router(live.router(serving))
    if serving.read is not None and serving.token:
        app.include_router(writing.router(serving.read))
    app.add_exception_handler(OskilError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    if serving.site is not None:
        app.mount("/", StaticFiles(directory=serving.site, html=True), name="site")
    app.add_middleware(Guard, serving=serving)
    return app


@asynccontextmanager
async def _few_threads(app: FastAPI) -> AsyncIterator[None]:
    """Python runs one of them at a time: more did not answer more a second, and made the slowest later."""
    to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield


def _problem(status: int, error: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": error}, status, headers)


async def _ours(request: Request, error: Exception) -> Response:
    if isinstance(error, LedgerError) and error.message.startswith(("no ", "more than one ")):
        return _problem(404, error.message)
    if isinstance(error, (InputError, SourceError)):
        return _problem(422, error.message)
    return _problem(503, str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, str(error.detail), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _problem(422, f"{where}: {first['msg']}")
