"""The one thing that can be written: a text, which is read and stored. It takes the token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from oskil.ledger.stored import Added
from oskil.publishing.api import models
from oskil.publishing.api.routes import PROBLEMS
from oskil.sources.interface import Hints


def router(read: Callable[[str, str, Hints], Added]) -> APIRouter:
    """The route that stores a text by `read`, which is given its name, the text and what is stated of it."""
    routes = APIRouter(prefix="/api", responses=PROBLEMS)

    @routes.post("/documents", response_model=models.Stored, status_code=201, summary="Read and store a text")
    def store(new: models.NewText) -> dict[str, Any]:
        hints = Hints(
            outlet=new.outlet,
            published=new.published,
            url=new.url,
            language=new.language,
            title=new.title,
        )
        added = read(new.name, new.text, hints)
        return {"status": added.status, "document": added.document_id, "claims": added.claims}

    return routes
