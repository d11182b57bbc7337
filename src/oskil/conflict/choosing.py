"""Which war a text is about: a profile that fits it, or a plain one made of the countries that it names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from oskil.conflict.countries import countries
from oskil.conflict.loading import available, load, world_actors
from oskil.conflict.profile import ConflictProfile, Party

LEADS = 2  # times as often as the next is a country named that a text is about alone
WORLD = (-180.0, -90.0, 180.0, 90.0)
ENOUGH = (
    2  # a profile is chosen where at least two of its parties are named, and no country outside more often
)


def for_text(text: str) -> ConflictProfile:
    """The shipped profile whose parties the text names most; else `plain(text)`.

    A profile fits where two of its parties are named and one of its countries is the most named of all:
    a report on Sudan that mentions Russia and Ukraine in passing is not about the war in Ukraine.
    """
    named = Counter(_country_words(text))
    fitting = []
    for name in available():
        profile = load(name)
        times = [count for p in profile.parties if (count := len(_names_of(p).findall(text)))]
        if len(times) >= min(ENOUGH, len(profile.parties)) and _leads(profile, named):
            fitting.append((sum(times), profile.id, profile))
    return max(fitting)[2] if fitting else plain(named)


def plain(named: Counter[str]) -> ConflictProfile:
    """A profile without parties of its own: sides are ISO codes, and the countries most named are where
    it is.
    """
    leading = named.most_common(3)
    alone = len(leading) == 1 or (len(leading) > 1 and leading[0][1] >= LEADS * leading[1][1])
    return ConflictProfile(
        id="plain",
        name="No profile",
        timezone="UTC",
        bbox=WORLD,
        countries=tuple(iso for iso, _ in leading),
        parties=(),
        actors=world_actors(),
        home=leading[0][0] if alone else None,
    )


@cache
def _names_of(party: Party) -> re.Pattern[str]:
    longest_first = sorted(party.forms, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def _leads(profile: ConflictProfile, named: Counter[str]) -> bool:
    inside = max((named[iso] for iso in profile.countries), default=0)
    outside = max((n for iso, n in named.items() if iso not in profile.countries), default=0)
    return inside >= outside or sum(named[iso] for iso in profile.countries) >= 2 * outside


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, str]]:
    by_form = {
        form: country.iso for country in countries().values() for form in (*country.forms, *country.demonyms)
    }
    longest_first = sorted(by_form, key=len, reverse=True)
    # Most words begin with none of their letters, and need not be held against each of hundreds of forms.
    letters = "".join(map(re.escape, sorted({form[0] for form in by_form})))
    return re.compile(rf"\b(?=[{letters}])(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), by_form


def _country_words(text: str) -> list[str]:
    pattern, by_form = _forms()
    return [by_form[m.group()] for m in pattern.finditer(text)]
