"""The shapes of answers, for the OpenAPI description; the keys are those of `--format json`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Claim(BaseModel):
    """One attributed proposition with its document."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "id": "6ed2a65a...",
                "quote": "The town is under our control",
                "kind": "control",
                "speaker": "Vitaly Ganchev",
                "side": "RU",
                "relays": ["Telegram"],
                "certainty": "asserted",
                "polarity": "affirmed",
                "places": [703656],
                "place_names": ["Kupiansk"],
                "holder": "RU",
                "first": "2022-09-08",
                "last": "2022-09-08",
                "outlet": "The Donets Courier",
                "document": "b18a1d...",
            }
        },
    )
    id: str
    quote: str
    kind: str
    speaker: str | None
    side: str | None
    relays: list[str]
    certainty: Literal["asserted", "hedged", "conditional"]
    polarity: Literal["affirmed", "denied"]
    places: list[int]
    document: str


class ClaimPage(BaseModel):
    """Some claims, and the cursor of those that follow; null at the end."""

    claims: list[Claim]
    next: str | None = Field(description="Give it as `cursor` to get the claims that follow.")


class Place(BaseModel):
    """A place of the gazetteer; degrees of WGS 84, people."""

    model_config = ConfigDict(extra="allow")
    id: int
    name: str
    kind: str
    lat: float
    lon: float
    country: str
    region: str
    population: int


class Places(BaseModel):
    """The places that bear a name, most populous first."""

    places: list[Place]


class PlaceAccount(BaseModel):
    """A place and the pairs of claims about it that cannot both be true."""

    model_config = ConfigDict(extra="allow")
    place: Place
    claims: list[Claim]
    contradictions: list[dict[str, Any]]


class DocumentHead(BaseModel):
    """A document without its text."""

    model_config = ConfigDict(extra="allow")
    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    revision: int
    latest: bool
    recorded_at: str


class DocumentPage(BaseModel):
    """Some documents, and the cursor of those that follow."""

    documents: list[DocumentHead]
    next: str | None


class DocumentText(DocumentHead):
    """A document with its text, on which the spans of its claims count code points."""

    text: str
    claims: list[Claim]


class About(BaseModel):
    """What is served: the ledger's head, the gazetteer, the kinds of claim."""

    model_config = ConfigDict(extra="allow")
    version: str
    entries: int
    head: str | None
    kinds: dict[str, str]


class NewText(BaseModel):
    """A text to be read and stored. `name` tells it from other texts; the same name with another text is a
    revision."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "courier-2022-09-08",
                "text": "The army said on Thursday that it had retaken Balakliya.",
                "outlet": "The Donets Courier",
                "published": "2022-09-08",
            }
        },
    )
    name: str = Field(min_length=1, max_length=500)
    text: str = Field(min_length=1)
    title: str | None = Field(default=None, max_length=1000)
    outlet: str | None = Field(default=None, max_length=300)
    published: str | None = Field(default=None, max_length=40)
    url: str | None = Field(default=None, max_length=2000)
    language: str | None = Field(default=None, max_length=20)


class Stored(BaseModel):
    """What storing did: "new", "revision" or "known", and how many claims were read."""

    status: Literal["new", "revision", "known"]
    document: str
    claims: int


class Problem(BaseModel):
    """Why there is no answer."""

    error: str
