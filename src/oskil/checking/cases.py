"""Claims with their documents as cases: each with the data, and the profile of the war it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from oskil import conflict
from oskil.checking.data import Data
from oskil.checking.interface import Case
from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Document, Toponym


def cases(
    claims: Iterable[tuple[Claim, Document]],
    toponyms: Callable[[str], Sequence[Toponym]],
    gazetteer: Gazetteer,
    data: Data,
    profile: ConflictProfile | None = None,
) -> Iterator[Case]:
    """One case a claim. `toponyms` gives the placed names of a document by its id; it is asked once for each.

    Without a `profile`, that of the data holds, else each text has the one that fits it.
    """
    of = cache(toponyms)
    fitting: dict[str, Data] = {}
    for claim, document in claims:
        if document.id not in fitting:
            fits = profile or data.profile or conflict.for_text(document.text)
            fitting[document.id] = replace(data, profile=fits)
        yield Case(claim, document, of(document.id), gazetteer, fitting[document.id])
