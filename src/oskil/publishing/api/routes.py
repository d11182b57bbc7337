"""The questions that can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import metadata
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as PathField

from oskil.ledger.filters import ClaimFilter
from oskil.publishing.api import models
from oskil.publishing.api.answers import Answers, dumped
from oskil.publishing.api.listings import Listings, document_head, features
from oskil.publishing.api.serving import Serving
from oskil.publishing.json_records import place_record

_DEFAULT_PAGE = 50
# No database keeps a NUL, and no name holds one.
_TEXT = r"^[^\x00]*$"

Id = Annotated[
    str, PathField(pattern=r"^[0-9a-f]{6,64}$", description="An id, or its beginning.", examples=["6ed2a65a"])
]
# Ids of places fit a signed column of four bytes.
PlaceId = Annotated[int, PathField(ge=-(2**31), lt=2**31, examples=[703656])]
Cursor = Annotated[
    str | None, Query(pattern=r"^[0-9]{1,12}$", description="`next` of the page before this one.")
]
Form = Annotated[Literal["json", "jsonl", "geojson"], Query(alias="format")]


def _words(example: str) -> Any:
    return Query(max_length=200, pattern=_TEXT, examples=[example])


def _day(example: str) -> Any:
    return Query(examples=[example])


PROBLEMS: dict[int | str, dict[str, Any]] = {
    n: {"model": models.Problem} for n in (401, 404, 413, 421, 422, 429)
}


def router(serving: Serving) -> APIRouter:
    """All routes that read."""
    routes = APIRouter(prefix="/api", responses=PROBLEMS)
    listings = Listings(serving)
    answers = Answers(serving, listings.forget)
    _about(routes, serving, answers)
    _claims(routes, serving, answers, listings)
    _documents(routes, serving, answers, listings)
    _places(routes, serving, answers, listings)
    return routes


def _about(routes: APIRouter, serving: Serving, answers: Answers) -> None:
    @routes.get("/about", response_model=models.About, summary="What is served")
    def about(request: Request) -> Response:
        def make() -> bytes:
            head = serving.ledger.head()
            source = serving.gazetteer.source
            return dumped(
                {
                    "version": metadata.version("oskil"),
                    "entries": head.seq if head else 0,
                    "head": head.sha256 if head else None,
                    "gazetteer": {"name": source.name, "version": source.version, "sha256": source.sha256},
                    "kinds": dict(serving.kinds),
                }
            )

        return answers.of(request, make)


def _claims(routes: APIRouter, serving: Serving, answers: Answers, listings: Listings) -> None:
    most = serving.limits.page

    @routes.get("/claims", response_model=models.ClaimPage, summary="Claims, filtered and paged")
    def claims(
        request: Request,
        place: Annotated[int | None, Query(ge=-(2**31), lt=2**31, examples=[703656])] = None,
        speaker: Annotated[str | None, _words("ganchev")] = None,
        kind: Annotated[str | None, _words("control")] = None,
        side: Annotated[str | None, _words("RU")] = None,
        since: Annotated[dt.date | None, _day("2022-09-08")] = None,
        until: Annotated[dt.date | None, _day("2022-09-12")] = None,
        document: Annotated[str | None, Query(pattern=r"^[0-9a-f]{6,64}$", examples=["b18a1d04"])] = None,
        as_known_on: Annotated[dt.date | None, _day("2022-09-20")] = None,
        limit: int = Query(min(_DEFAULT_PAGE, most), ge=1, le=most),
        cursor: Cursor = None,
        form: Form = "json",
    ) -> Response:
        """`format=jsonl` gives a claim a line, `format=geojson` a feature a claim. The page after this one
        begins at `next`, which JSON lines have no room for: take larger pages of them, or filter."""
        _possible(serving, kind, since, until)
        wanted = ClaimFilter(
            places=(place,) if place is not None else (),
            speaker=speaker,
            kind=kind,
            side=listings.side(side),
            since=since,
            until=until,
            document=document,
            as_known_on=as_known_on,
            limit=limit + 1,
            after=int(cursor or 0),
        )
        return answers.of(request, lambda: _page_of_claims(listings, wanted, form), form)

    @routes.get("/claims/{claim_id}", response_model=models.Claim, summary="One claim")
    def claim(request: Request, claim_id: Id) -> Response:
        def make() -> bytes:
            return dumped(next(listings.records([serving.ledger.claim(claim_id)])))

        return answers.of(request, make)


def _possible(serving: Serving, kind: str | None, since: dt.date | None, until: dt.date | None) -> None:
    """Raises a 422 for what nothing can answer, so that an empty page is never a slip of the pen."""
    if kind is not None and kind not in serving.kinds:
        raise HTTPException(422, f"there is no such kind; there are {', '.join(sorted(serving.kinds))}")
    if since and until and since > until:
        raise HTTPException(422, f"since {since} is later than until {until}")


def _page_of_claims(listings: Listings, wanted: ClaimFilter, form: str) -> bytes:
    most = (wanted.limit or 1) - 1
    records, stored = listings.claims(wanted)
    after = str(stored[most - 1].number) if len(stored) > most else None
    records = records[:most]
    if form == "jsonl":
        return b"".join(dumped(record) + b"\n" for record in records)
    if form == "geojson":
        return dumped(features(records, listings.points(stored[:most])) | {"next": after})
    return dumped({"claims": records, "next": after})


def _documents(routes: APIRouter, serving: Serving, answers: Answers, listings: Listings) -> None:
    @routes.get("/documents", response_model=models.DocumentPage, summary="Documents, paged")
    def documents(
        request: Request,
        latest: bool = True,
        limit: Annotated[int, Query(ge=1, le=200)] = _DEFAULT_PAGE,
        cursor: Cursor = None,
    ) -> Response:
        def make() -> bytes:
            offset = int(cursor or 0)
            found = listings.documents(latest, limit + 1, offset)
            after = str(offset + limit) if len(found) > limit else None
            return dumped({"documents": found[:limit], "next": after})

        return answers.of(request, make)

    @routes.get("/documents/{document_id}", response_model=models.DocumentText, summary="One document")
    def document(request: Request, document_id: Id) -> Response:
        def make() -> bytes:
            stored = serving.ledger.document(document_id)
            wanted = ClaimFilter(document=stored.document.id, latest=False)
            records, _ = listings.claims(wanted)
            return dumped(document_head(stored) | {"text": stored.document.text, "claims": records})

        return answers.of(request, make)


def _places(routes: APIRouter, serving: Serving, answers: Answers, listings: Listings) -> None:
    @routes.get("/places", response_model=models.Places, summary="Places by name, in any script")
    def places(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, pattern=_TEXT, examples=["Куп'янськ"])],
    ) -> Response:
        return answers.of(request, lambda: dumped({"places": listings.places(name)}))

    @routes.get("/places/{place_id}", response_model=models.PlaceAccount, summary="What is said of a place")
    def place(request: Request, place_id: PlaceId) -> Response:
        """Claims about the place, as many as a page holds, and the pairs of them that cannot both be true."""
        found = serving.gazetteer.get(place_id)
        if found is None:
            raise HTTPException(404, "no place of the gazetteer has this id")
        return answers.of(request, _account(listings, place_id, serving.limits.page, place_record(found)))


def _account(listings: Listings, place_id: int, most: int, place: dict[str, Any]) -> Callable[[], bytes]:
    from oskil.weighing.contradictions import find

    def make() -> bytes:
        records, stored = listings.claims(ClaimFilter(places=(place_id,), limit=most))
        pairs = find([s.claim for s in stored])
        shown = [{"first": p.first, "second": p.second, "reason": p.reason} for p in pairs]
        return dumped({"place": place, "claims": records, "contradictions": shown})

    return make
