"""Takes from the ledger what may be shown now, weighs and checks it, and finds what is to be redacted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from oskil.checking.data import EMPTY, Data
from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.publishing import redaction, safety
from oskil.publishing.alongside import alongside
from oskil.publishing.interface import Record, Shown, Stored
from oskil.publishing.material import Material, Read
from oskil.publishing.people import People
from oskil.records import Contradiction, Proposition, Verdict

# Claims from which it pays to use a second process.
MANY = 2000


def gather(
    ledger: Record,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    options: safety.Safety,
    now: dt.datetime,
    data: Data = EMPTY,
    derived: Path | None = None,
) -> tuple[Material, redaction.Redactor]:
    """Take from the ledger what may be shown now, weigh and check it, and find what is to be redacted.

    `derived` is a folder for what was worked out, so that it need not be again the next time.
    """
    stored = list(ledger.documents(latest=False))
    shown = _newest_shown([s for s in stored if not safety.held_back(s, now, options.hours)])
    readings = ledger.readings_of([s.document.id for s in shown])
    read = [Read(s, readings[s.document.id]) for s in shown]
    current = [r for r in read if r.stored.latest]
    many = sum(len(r.reading.claims) for r in current) >= MANY
    pairs = _contradictions(current)
    checked = alongside(partial(_verdicts, current, gazetteer, data, pairs, derived), enough=many)
    people = People(profile, gazetteer, options.keep)
    redactor = redaction.build([(r.stored.document, r.reading) for r in read], people, options.withhold)
    traced = _traced(current, profile)
    material = Material(
        read=read,
        contradictions=pairs,
        verdicts=checked(),
        refusals=ledger.refusals(),
        held=len(stored) - len(shown),
        propositions=traced,
        witnesses=_witnesses(traced),
    )
    return material, redactor


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


def _verdicts(
    read: Sequence[Read],
    gazetteer: Gazetteer,
    data: Data,
    pairs: Sequence[Contradiction],
    derived: Path | None,
) -> Sequence[Verdict]:
    """What the checks say of the claims shown; nothing that is held back is set against them."""
    from oskil.publishing.checked import verdicts

    return verdicts(read, gazetteer, data, pairs, derived)
