"""Writing the page: one folder that opens from the file system or a web host and asks nobody for anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from oskil.checking.data import EMPTY, Data
from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.publishing import folder as folders
from oskil.publishing import page as pages
from oskil.publishing import pieces, redaction, safety, weighed
from oskil.publishing.folder import CORE
from oskil.publishing.interface import Record, Shown, Stored
from oskil.publishing.material import Material, Read
from oskil.publishing.people import People
from oskil.publishing.text import visible
from oskil.records import Contradiction, Proposition, Verdict

# Reports on one page without scripts, and pairs that contradict each other on the first.
PLAIN = 200

STYLES = ("oskil", "map", "pages")
# Scripts in the order in which they are loaded.
SCRIPTS = (
    "dom",
    "i18n",
    "words",
    "store",
    "router",
    "table",
    "card",
    "reports",
    "claims",
    "atlas-signs",
    "atlas-said",
    "atlas-belief",
    "atlas-view",
    "atlas-areas",
    "atlas-ground",
    "atlas",
    "sketch",
    "time",
    "story",
    "map-legend",
    "map-list",
    "map-place",
    "map",
    "pages",
    "charts",
    "contradictions",
    "checks",
    "sources",
    "propositions",
    "forecasts",
    "losses",
    "coverage",
    "methods",
    "search",
    "places",
    "menu",
    "chrome",
)


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
) -> Path:
    """Write the page of a ledger into `folder` and return the file to open.

    A page is a draft unless `final`. `delay_hours` holds younger documents back (None: the rules' own
    delay), `protect` names parties whose places are shown on a coarser grid, `withhold` and `keep` add
    names to redact and to leave; `now` is the moment of publication; `data` are what the checks look at
    beside the gazetteer, and `given` what is shown beside the texts. Raises PublishError where the
    folder holds something else, cannot be written, or would still show a name that is to be withheld.
    """
    options = safety.Safety(
        final=final,
        delay_hours=delay_hours,
        protect=tuple(protect),
        withhold=tuple(withhold),
        keep=tuple(keep),
    )
    moment = now or dt.datetime.now(dt.UTC)
    material, redactor = gather(ledger, gazetteer, profile, options, moment, data)
    page = pages.build(material, gazetteer, profile, options, redactor)
    page.record["meta"] = _meta(title, profile, gazetteer, options, moment)
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
    return folders.write(_files(page, basis), Path(folder), redactor)


def gather(
    ledger: Record,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    options: safety.Safety,
    now: dt.datetime,
    data: Data = EMPTY,
) -> tuple[Material, redaction.Redactor]:
    """Take from the ledger what may be shown now, weigh and check it, and find what is to be redacted."""
    stored = list(ledger.documents(latest=False))
    shown = _newest_shown([s for s in stored if not safety.held_back(s, now, options.hours)])
    readings = ledger.readings_of([s.document.id for s in shown])
    read = [Read(s, readings[s.document.id]) for s in shown]
    current = [r for r in read if r.stored.latest]
    people = People(profile, gazetteer, options.keep)
    redactor = redaction.build([(r.stored.document, r.reading) for r in read], people, options.withhold)
    traced = _traced(current, profile)
    material = Material(
        read=read,
        contradictions=_contradictions(current),
        verdicts=_verdicts(current, gazetteer, data),
        refusals=ledger.refusals(),
        held=len(stored) - len(shown),
        propositions=traced,
        witnesses=_witnesses(traced),
    )
    return material, redactor


def _files(page: pages.Page, basis: weighed.Basis) -> Iterator[tuple[str, str]]:
    """Every file of a page by name, but those that all pages have."""
    layout, found = basis.layout, weighed.weigh(basis)
    made = weighed.pieces(basis, found)
    yield from _plain(page)
    if page.record["meta"]["draft"]:
        yield "robots.txt", "User-agent: *\nDisallow: /\n"
    for name, picture in page.pictures.items():
        yield f"checks/{name}.svg", picture
    record = weighed.joined(basis, found, pieces.cut(layout, page.texts))
    for name, piece in chain(record, made.items()):
        yield f"data/{name}.js", pieces.script(name, piece)
    beliefs = weighed.core_beliefs(basis, found)
    core = pieces.core.piece(layout, pages.counts(page.record), weighed.has(made), beliefs)
    yield CORE, pieces.script("core", core)
    yield "index.html", _render("index.html.j2", meta=page.record["meta"], scripts=SCRIPTS, styles=STYLES)


def text_length(text: Mapping[str, Any]) -> int:
    """The characters of a document's text as the page has it."""
    return sum(len(words) for block in text["blocks"] for words, _ in block["pieces"])


def _plain(page: pages.Page) -> Iterator[tuple[str, str]]:
    """The record without scripts: a list of the reports, and pages of some of them each."""
    shown = [d for d in page.record["documents"] if d["latest"]]
    cut = [shown[start : start + PLAIN] for start in range(0, len(shown), PLAIN)] or [[]]
    names = ["plain.html", *(f"plain/{number}.html" for number in range(1, len(cut)))]
    for number, (name, documents) in enumerate(zip(names, cut, strict=True)):
        home = "" if number == 0 else "../"
        yield (
            name,
            _render(
                "plain.html.j2",
                meta=page.record["meta"],
                record=page.record,
                texts=page.texts,
                documents=documents,
                pairs=page.record["contradictions"][:PLAIN] if number == 0 else [],
                home=home,
                others=names if len(names) > 1 else [],
                number=number,
            ),
        )


def _render(name: str, **values: Any) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("oskil.publishing"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name).render(**values)


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


def _newest_shown(stored: Iterable[Stored]) -> list[Stored]:
    """The documents with `latest` set anew: of each text the newest revision that may be shown."""
    kept = list(stored)
    newest: dict[str, int] = {}
    for one in kept:
        newest[one.document.key] = max(newest.get(one.document.key, one.revision), one.revision)
    return [
        Shown(one.document, one.recorded_at, one.revision, one.revision == newest[one.document.key])
        for one in kept
    ]


def _contradictions(read: Sequence[Read]) -> Sequence[Contradiction]:
    from oskil.weighing import contradictions

    documents = [r.stored.document for r in read]
    days = {d.id: day for d in documents if (day := d.published_on) is not None}
    return contradictions.find([c for r in read for c in r.reading.claims], days)


def _traced(read: Sequence[Read], profile: ConflictProfile) -> Sequence[Proposition]:
    """All propositions with their outlets and origins; nothing held back is counted."""
    from oskil.weighing import origins, propositions

    claims, documents = [c for r in read for c in r.reading.claims], [r.stored.document for r in read]
    met = propositions.group(claims, documents)
    return origins.traced(met, claims, documents, origins.Names(profile))


def _witnesses(traced: Sequence[Proposition]) -> Mapping[str, Proposition]:
    """What two outlets or more have published, by each of its claims."""
    widest = sorted(traced, key=lambda p: len(p.outlets))
    return {claim: p for p in widest if len(p.outlets) > 1 for claim in p.claims}


def _verdicts(read: Iterable[Read], gazetteer: Gazetteer, data: Data) -> Sequence[Verdict]:
    """What the checks say of the claims shown; nothing that is held back is set against them."""
    from oskil import checking
    from oskil.checking.cases import cases
    from oskil.checking.others import Others

    shown = list(read)
    claims = [(claim, r.stored.document) for r in shown for claim in r.reading.claims]
    toponyms = {r.stored.document.id: r.reading.toponyms for r in shown}
    seen = replace(data, others=Others(claims))
    return checking.run(cases(claims, toponyms.__getitem__, gazetteer, seen))
