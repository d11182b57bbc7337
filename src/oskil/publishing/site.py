"""Writing the page: one folder that opens from the file system or a web host and asks nobody for anything.

The folder is written beside its place and then swapped in, so that a reader never meets half a page
and a full disk leaves the old one standing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from oskil.checking.data import EMPTY, Data
from oskil.conflict.profile import ConflictProfile
from oskil.errors import PublishError
from oskil.places.interface import Gazetteer
from oskil.publishing import page as pages
from oskil.publishing import redaction, safety
from oskil.publishing.interface import Record, Shown, Stored
from oskil.publishing.material import Material, Read
from oskil.publishing.people import People
from oskil.publishing.text import script_json, visible
from oskil.records import Contradiction, Proposition, Verdict

# The file that lists every other one with its SHA-256, and by which a folder is known for a page of ours.
MANIFEST = "files.sha256"

# Scripts in the order in which they are loaded.
SCRIPTS = (
    "dom",
    "words",
    "store",
    "card",
    "reports",
    "claims",
    "shapes",
    "sketch",
    "map",
    "pairs",
    "notes",
    "router",
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
) -> Path:
    """Write the page of a ledger into `folder` and return the file to open.

    A page is a draft unless `final`. `delay_hours` holds younger documents back (None: the rules' own
    delay), `protect` names parties whose places are shown on a coarser grid, `withhold` and `keep` add
    names to redact and to leave; `now` is the moment of publication; `data` are what the checks look at
    beside the gazetteer. Raises PublishError where the
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
    return write(page, Path(folder))


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
    read = [Read(s, ledger.reading(s.document.id)) for s in shown]
    current = [r for r in read if r.stored.latest]
    people = People(profile, gazetteer, options.keep)
    redactor = redaction.build([(r.stored.document, r.reading) for r in read], people, options.withhold)
    material = Material(
        read=read,
        contradictions=_contradictions(current),
        verdicts=_verdicts(current, gazetteer, data),
        refusals=ledger.refusals(),
        held=len(stored) - len(shown),
        witnesses=_witnesses(current, profile),
    )
    return material, redactor


def write(page: pages.Page, folder: Path) -> Path:
    """Write the files of a page beside `folder` and swap them in."""
    if folder.exists() and not (folder.is_dir() and (_is_page(folder) or not any(folder.iterdir()))):
        raise PublishError(
            "there is something here that is not a page of Oskil; nothing was touched", str(folder)
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".oskil-", dir=folder.parent) as beside:
            fresh = Path(beside) / "page"
            _write_files(page, fresh)
            _swap(fresh, folder, Path(beside) / "old")
    except OSError as error:
        raise PublishError(f"the page cannot be written: {error.strerror or error}", str(folder)) from error
    return folder / "index.html"


def _swap(fresh: Path, folder: Path, aside: Path) -> None:
    """Put `fresh` where `folder` is; where that fails, the old one is put back."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise


def _write_files(page: pages.Page, fresh: Path) -> None:
    with as_file(files("oskil.publishing") / "static") as static:
        shutil.copytree(static, fresh)
    texts = {
        "index.html": _render("index.html.j2", page),
        "plain.html": _render("plain.html.j2", page),
        "data/record.js": f"window.OSKIL_RECORD = {script_json(page.record)};\n",
    }
    for name, document in page.documents.items():
        texts[f"data/document-{name}.js"] = f"window.OSKIL_DOCUMENT({script_json(document)});\n"
    if page.record["meta"]["draft"]:
        texts["robots.txt"] = "User-agent: *\nDisallow: /\n"
    texts |= {f"checks/{name}.svg": picture for name, picture in page.pictures.items()}
    for name, text in texts.items():
        if found := page.redactor.leaks(text):
            raise PublishError(
                f"{len(found)} withheld names would still stand in {name}; nothing was written"
            )
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    _write_manifest(fresh)


def _write_manifest(folder: Path) -> None:
    lines = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        lines.append(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        )
    (folder / MANIFEST).write_text("".join(lines), "utf-8", newline="\n")


def _is_page(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and (folder / "data" / "record.js").is_file()


def _render(name: str, page: pages.Page) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("oskil.publishing"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name).render(
        record=page.record,
        meta=page.record["meta"],
        counts=pages.counts(page.record),
        texts=page.documents,
        scripts=SCRIPTS,
    )


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


def _witnesses(read: Sequence[Read], profile: ConflictProfile) -> Mapping[str, Proposition]:
    """What two outlets or more have published, by each of its claims; nothing held back is counted."""
    from oskil.weighing import origins, propositions

    claims, documents = [c for r in read for c in r.reading.claims], [r.stored.document for r in read]
    met = propositions.group(claims, documents)
    traced = origins.traced(met, claims, documents, origins.Names(profile))
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
