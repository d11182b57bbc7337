"""The nouns of Oskil, as frozen records. No input or output happens here.

Offsets are half-open code points into `Document.text`. Dates are ISO 8601 strings where they may be
partial ("2022-09" is a month) and `datetime.date` where they are days. Distances are in kilometres,
areas in square kilometres, coordinates in decimal degrees of WGS 84.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Certainty = Literal["asserted", "hedged", "conditional"]
Polarity = Literal["affirmed", "denied"]
Evidence = Literal["footage", "photo", "satellite", "document"]
Outcome = Literal["agrees", "differs", "contradicted", "cannot be checked"]
PartRole = Literal[
    "title", "subhead", "byline", "standfirst", "body", "update", "caption", "embed", "credit", "boilerplate"
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code point offsets into a document's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def inside(self, other: Span) -> bool:
        """Whether this one lies wholly in `other`."""
        return other.start <= self.start and self.end <= other.end


def quotation(text: str, spans: Iterable[Span]) -> str:
    """The words of a claim as they stand: the texts at the spans, joined by a blank, white space folded.

    Whoever makes a claim builds `Claim.quote` with this, and whoever proves one compares with it.
    """
    return " ".join(" ".join(text[s.start : s.end] for s in spans).split())


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document with a role of its own. Parts are in order and do not overlap.

    `by` is the name or handle of who wrote it where that is not the document's author (an embedded
    post), and `via` the platform that carried it ("Twitter").
    """

    start: int
    end: int
    role: PartRole
    by: str | None = None
    via: str | None = None

    @property
    def span(self) -> Span:
        """The part's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the characters that carried it, and where it leads."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or file that came with a post: its path or address, and the SHA-256 of its bytes.

    `sha256` is empty where the bytes are not at hand.
    """

    path: str
    kind: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One revision of one text, as it was read.

    `key` names the text across its revisions (the canonical link; else the file's name); `id` is the
    SHA-256 of key and content, so the same text twice is the same document. `published` is an ISO
    date or date-time with offset; `found` says of each field of the metadata where it came from
    ("published": "meta article:published_time"). `raw_sha256` names the raw bytes kept beside.

    `forwarded_from` is the name of the channel or account whose post this is, word for word; `reply_to` the
    key of the document that it answers; `credits` name the agencies and publishers that it says it is from
    or was written with ("(Reuters)", "AFP contributed reporting", a feed's source). `media` are never shown
    unasked.
    """

    id: str
    key: str
    text: str
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    timezone: str | None = None
    url: str | None = None
    language: str | None = None
    medium: Literal["article", "post", "summary"] = "article"
    retrieved_from: str = ""
    raw_sha256: str = ""
    found: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    forwarded_from: str | None = None
    reply_to: str | None = None
    credits: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()

    @property
    def published_on(self) -> dt.date | None:
        """The day of publication as the outlet's clock has it, or None where it is not known to the day."""
        try:
            return dt.date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None


# "region" and "district" are first- and second-order regions; "historic" is what is no more.
PlaceKind = Literal[
    "settlement",
    "region",
    "country",
    "district",
    "municipality",
    "neighbourhood",
    "historic",
    "river",
    "lake",
    "sea",
    "water",
    "mountain",
    "island",
    "landform",
    "military",
    "airfield",
    "transport",
    "area",
    "spot",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `id` is the GeoNames id; a place that GeoNames ids do not cover has a negative one of our own.
    `lat` and `lon` are degrees; `population` is people, 0 where unknown. `country` is ISO 3166-1
    alpha-2, `region` the gazetteer's code of the first-order region and `district` that of the second-order
    one. `feature` is the GeoNames feature code ("PPLA2", "STM") or a user's own word; empty where unknown.
    """

    id: int
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str
    region: str = ""
    population: int = 0
    district: str = ""
    feature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name in a text, and where it was put.

    `place` is None where it could not be placed; `reason` then says why. `why` says what spoke for
    the choice, in words that can be shown. `relation` is how the text relates its matter to the place
    ("at", "near", "toward", "direction", "northeast of", "outskirts of"); "metonym" where the name stands for
    a government, "demonym" for a country's adjective and "embedded" where it stands in the name of something
    else: nothing takes place there. `confidence` is the probability that the place is the right one, 0..1.
    `radius_km` is how far from the place's point the matter may lie by that relation, None for an area.
    """

    start: int
    end: int
    phrase: str
    place: Place | None = None
    reason: str = ""
    why: str = ""
    relation: str = "at"
    confidence: float = 0.0
    candidates: tuple[int, ...] = ()
    radius_km: float | None = None

    @property
    def span(self) -> Span:
        """The name's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of what is claimed, both inclusive; None where the text leaves it open."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit as CLAIMS.md names units: km, km2, people, item, percent, rank, day, month ...

    `comparator` keeps the words before it ("about", "up to", "more than"). `converted` is a
    conversion that the text gives in brackets: (value, unit), with the unit as pint knows it.
    """

    value: float
    unit: str
    start: int
    end: int
    comparator: str = ""
    converted: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what: the spans of source, cue and content. An empty tuple is an absent
    role.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed proposition: the smallest piece of a text that could be true or false on its own.

    The fields are those of CLAIMS.md. `speaker` None is the outlet's own voice. `relays` run from the
    one nearest to the speaker outwards. `places` are gazetteer ids of settlements, `areas` those of
    regions and countries; `around` are those of `places` that the words are only near, toward, outside or in
    the direction of. `spans` are the characters of the document that `quote` was taken from:
    `quote` is `quotation(document.text, spans)`, letter by letter.
    """

    id: str
    document: str
    quote: str
    spans: tuple[Span, ...]
    kind: str
    speaker: str | None = None
    side: str | None = None
    relays: tuple[str, ...] = ()
    certainty: Certainty = "asserted"
    polarity: Polarity = "affirmed"
    places: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    time: Period | None = None
    holder: str | None = None
    quantities: tuple[Quantity, ...] = ()
    evidence: Evidence | None = None
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()

    @property
    def at(self) -> tuple[int, ...]:
        """The places that the claim is about themselves: a claim near a town says nothing of who holds it."""
        return tuple(p for p in self.places if p not in self.around)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one document. `reader` is its name and version; `reason` says why the
    document was not read.
    """

    document: str
    reader: str
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlArea:
    """A part of a control map. `status` is the map's own word ("occupied", "contested"); `holder` the party's
    id, or None where the map does not say or calls it contested; `wkb` a polygon or multipolygon in WGS 84.
    """

    status: str
    wkb: bytes
    holder: str | None = None
    contested: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMap:
    """Who held what on one day, by one assessor's word. `source` names the file and its hash; `notes` say
    what had to be mended in its shapes.

    A map that draws only what was taken leaves the rest to somebody: `elsewhere` is the party that holds
    what no area covers, in the country `within` (ISO 3166-1 alpha-2) alone; None where the map does not say.
    """

    assessor: str
    day: dt.date
    areas: tuple[ControlArea, ...]
    source: DataSource
    notes: tuple[str, ...] = ()
    elsewhere: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossEntry:
    """One row of a loss list: what was lost, by which side, how, and when the entry was listed.

    `listed` is the day the entry entered the list, `removed` the day it left it, None while it stands.
    `status` is the list's own word ("destroyed", "captured"); `evidence` the address of what it rests on.
    """

    id: str
    side: str
    category: str
    item: str
    status: str
    listed: dt.date
    removed: dt.date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossList:
    """All rows of one loss list as one file has them, in the order of their days."""

    assessor: str
    entries: tuple[LossEntry, ...]
    source: DataSource
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be read, kept with its reason."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class DataSource:
    """The data that a verdict rests on: a name, its version, and the SHA-256 of what was read."""

    name: str
    version: str
    sha256: str


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One thing that the picture of a working draws. `lines` hold points as (longitude, latitude).

    A "point" has one line of one point, an "area" a closed ring for each of its parts (holes are left
    out), a "line" a line for each of its parts. `role` says what it is to the calculation: "place", "line",
    "gained", "before", "contested", "feature".
    """

    kind: Literal["point", "line", "area"]
    role: str
    label: str
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a working's chart; `role` is "stated", "found", "other" or "none" (nothing is recorded)."""

    label: str
    value: float
    role: str = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How a verdict was calculated: its `steps` in sentences, and what a map or a chart of it shows.

    `bars` are in `unit`, in the order in which they are to be drawn.
    """

    steps: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    bars: tuple[Bar, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A calculation about one claim that anyone can run again.

    `stated` is what the text says and `found` what the data say, both in words with units; `value`
    and `low`..`high` are the number found and the range that counts as agreement, in `unit`.
    `reason` says why it came out so, or why it cannot be checked. `method` and `tolerance` are
    sentences. `places` are the gazetteer ids that the working draws a line between. `at` is the
    stretch of the document that states the number, so that nested claims do not get it twice.
    """

    check: str
    claim: str
    outcome: Outcome
    stated: str
    found: str
    reason: str
    method: str
    tolerance: str
    data: tuple[DataSource, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    places: tuple[int, ...] = ()
    at: Span | None = None
    working: Working | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both be true, by their ids, and why not."""

    first: str
    second: str
    reason: str


EdgeReason = Literal["relay", "forward", "wording", "credit", "link", "family", "habit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginEdge:
    """One step back from a claim towards whose word it is, with what shows it.

    `claim` came from `parent`, another claim, or where that was not heard from `name` alone. `through` are
    those who passed it on between the two, nearest to the origin first. `evidence` are the characters of the
    claim's document that show it, and `found` those of the parent's document that they repeat. `note` says it
    in words. `probability` is 1 unless the step rests on habit.
    """

    claim: str
    name: str
    reason: EdgeReason
    parent: str | None = None
    through: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    found: tuple[Span, ...] = ()
    note: str = ""
    probability: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One whose word a proposition is. `claims` are the ids of all that lead to it, the first told first.

    `named` is False where a text names nobody ("officials"): then every text that is no copy has its own.
    """

    name: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]
    side: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What claims say alike: one kind, place and holder, days that all of them cover, numbers that agree.

    `claims` are their ids, the first told first; the id is made of the first one's, so that it stays as more
    join. `period` is what all cover together, None where no day is known. `low` and `high` bound the number
    that all allow, in `unit`; `high` is None where it is open. `outlets`, `origins` and `edges` are filled
    by tracing: who published it, whose word it is, and each step between the two.
    """

    id: str
    kind: str
    polarity: Polarity
    places: tuple[int, ...]
    areas: tuple[int, ...]
    claims: tuple[str, ...]
    holder: str | None = None
    period: Period | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    conditional: bool = False
    outlets: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    edges: tuple[OriginEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class Belief:
    """How surely each party holds a place on a day. `probabilities` are (party or "contested", probability)
    and sum to 1. `basis` says whether they are as known at that day's end or with hindsight.
    """

    place: int
    day: dt.date
    probabilities: tuple[tuple[str, float], ...]
    basis: Literal["as known", "hindsight"] = "hindsight"

    @property
    def likeliest(self) -> tuple[str, float]:
        """The status that is believed most, and how surely."""
        return max(self.probabilities, key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often something came true of how many cases, with the 90 in 100 interval of the share."""

    true: float
    cases: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """What became of a source's own claims. Copies and relays by others are not counted again.

    `gains` are claims of a gain for its own side, `losses` admissions against it, `denials`, `states` what
    it said of who holds a place, `others` gains reported by a source of no side. `delay` is the median of
    days from a change to its first word of it, negative where it was early, None where there is none.
    `silent` counts the losses of its own side that it never told of. `cases` are the ids of the claims, by
    what became of them.
    """

    source: str
    side: str | None
    role: str | None
    claims: int
    gains: Tally
    losses: Tally
    denials: Tally
    states: Tally
    others: Tally
    admits: Tally
    delay: float | None
    cases: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastOutcome:
    """What became of a forecast. `probability` is that of its wording, None where the wording has none;
    `score` its Brier score. `evidence` are ids of the claims that settled it, `because` a sentence.
    """

    claim: str
    outcome: Literal["open", "came true", "did not", "expired", "cannot be told"]
    because: str
    resolved: dt.date | None = None
    probability: float | None = None
    score: float | None = None
    evidence: tuple[str, ...] = ()
