"""Writing the page: one folder that opens from the file system or a web host and asks nobody for anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from oskil.checking.data import EMPTY, Data
from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.publishing import folder as folders
from oskil.publishing import html, pieces, safety, tiles, weighed
from oskil.publishing import page as pages
from oskil.publishing.alongside import alongside
from oskil.publishing.folder import CORE
from oskil.publishing.gathering import MANY, gather
from oskil.publishing.interface import Record
from oskil.publishing.memory import uncollected
from oskil.publishing.text import visible


@uncollected()
def publish(
    ledger: Record,
    gazetteer: Gazetteer,
    folder: Path,
    *,
    profile: ConflictProfile,
    final: bool = False,
    title: str | None = None,
    delay_hours: float | None = None,
    protect: Sequence[str] = (),
    withhold: Sequence[str] = (),
    keep: Sequence[str] = (),
    now: dt.datetime | None = None,
    data: Data = EMPTY,
    given: weighed.Given | None = None,
    basemap: Path | None = None,
    derived: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write the page of a ledger into `folder` and return the file to open.

    A page is a draft unless `final`. `delay_hours` holds younger documents back (None: the rules' own
    delay), `protect` names parties whose places are shown on a coarser grid, `withhold` and `keep` add
    names to redact and to leave; `now` is the moment of publication; `data` are what the checks look at
    beside the gazetteer, and `given` what is shown beside the texts; `basemap` is a PMTiles file, and
    `tell` hears what was taken of it and how many files stay as they were; `derived` is a folder for what was
    worked out, so that it need not be again the next time. Raises PublishError where the folder holds
    something else, cannot be written, or would still show a name that is to be withheld, and InputError for
    a bad base map.
    """
    options = safety.Safety(
        final=final,
        delay_hours=delay_hours,
        protect=tuple(protect),
        withhold=tuple(withhold),
        keep=tuple(keep),
    )
    moment = now or dt.datetime.now(dt.UTC)
    material, redactor = gather(ledger, gazetteer, profile, options, moment, data, derived)
    ground = weighed.Ground(material=material, gazetteer=gazetteer, profile=profile)
    inferring = alongside(partial(weighed.inferring, ground), enough=len(ground.claims) >= MANY)
    page = pages.build(material, gazetteer, profile, options, redactor)
    page.record["meta"] = _meta(title, profile, gazetteer, options, moment)
    west, south, east, north = page.record["frame"]
    base = tiles.read(basemap, (west, south, east, north)) if basemap else None
    basis = weighed.Basis(
        layout=pieces.Layout(page.record, [text_length(text) for text in page.texts]),
        material=material,
        gazetteer=gazetteer,
        profile=profile,
        options=options,
        redactor=redactor,
        now=moment,
        given=given or weighed.Given(),
    )

    def found() -> weighed.Weighed:
        # The days of the page are those of its words as they are shown, which redaction may take out.
        same = (ground.first, ground.days) == (basis.first, basis.days)
        return inferring() if same else weighed.inferring(basis)

    made = folders.write(_files(page, basis, base, found), Path(folder), redactor, tell)
    if base:
        tell(base.summary)
    return made


def _files(
    page: pages.Page,
    basis: weighed.Basis,
    base: tiles.BaseMap | None,
    inferring: Callable[[], weighed.Weighed],
) -> Iterator[folders.File | folders.Apart]:
    """Every file of a page by name, but those that all pages have. What is inferred, which takes its time
    in another process, is asked for last.
    """
    layout = basis.layout
    yield folders.Apart(partial(html.plain, page), enough=len(layout.claims) >= MANY)
    if page.record["meta"]["draft"]:
        yield "robots.txt", "User-agent: *\nDisallow: /\n"
    for name, picture in page.pictures.items():
        yield f"checks/{name}.svg", picture
    met = weighed.met(basis, weighed.Weighed())
    certain = weighed.certain(basis, met) | (base.layers if base else {})
    record = weighed.joined(basis, met, pieces.without_places(layout, page.texts))
    yield from _scripts(chain(record, certain.items()))
    found = inferring()
    inferred = weighed.inferred(basis, found)
    yield from _scripts(chain(weighed.joined(basis, found, pieces.places.pieces(layout)), inferred.items()))
    made = certain | inferred
    beliefs = weighed.core_beliefs(basis, found)
    has = {**weighed.has(made), "basemap": _about(base, basis) if base else None}
    core = pieces.core.piece(layout, pages.counts(page.record), has, beliefs)
    if base:
        yield from base.files.items()
    yield CORE, pieces.script("core", core)
    yield "index.html", html.index(page.record["meta"])


def _scripts(made: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for name, piece in made:
        yield f"data/{name}.js", pieces.script(name, piece)


def _about(base: tiles.BaseMap, basis: weighed.Basis) -> dict[str, Any]:
    """What the core tells of the base map; its makers' words are shown as those of others are."""
    return {**base.about, "attribution": basis.words(base.about["attribution"])}


def text_length(text: Mapping[str, Any]) -> int:
    """The characters of a document's text as the page has it."""
    return sum(len(words) for block in text["blocks"] for words, _ in block["pieces"])


def _meta(
    title: str | None,
    profile: ConflictProfile,
    gazetteer: Gazetteer,
    options: safety.Safety,
    now: dt.datetime,
) -> dict[str, Any]:
    return {
        "title": visible(title or profile.name),
        "draft": not options.final,
        "published": now.astimezone(dt.UTC).isoformat(timespec="minutes"),
        "version": metadata.version("oskil"),
        "delay": options.hours,
        "grid": safety.rules().grid_degrees,
        "protected_grid": safety.rules().protected_grid_degrees,
        "protect": list(options.protect),
        "gazetteer": [gazetteer.source.name, gazetteer.source.version, gazetteer.source.sha256],
    }
