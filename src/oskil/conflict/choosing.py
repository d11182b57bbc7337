"""Which war a text is about: a profile that fits it, or a plain one made of the countries that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from oskil.conflict.countries import countries
from oskil.conflict.loading import available, load, world_actors
from oskil.conflict.profile import ConflictProfile, Party

LEADS = 2  # times as often as the next is a country named that a text is about alone
WORLD = (-180.0, -90.0, 180.0, 90.0)
ENOUGH = (
    2  # a profile is chosen where at least two of its parties are named, and no country outside more often
)
SHORT = 600  # characters of a post, which may have room for one party alone
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_STEM = 4  # letters that a stem in Cyrillic has at least; a shorter word stands as it is
_VOWELS = "аеиіоуыюяїєйь"


def for_text(text: str) -> ConflictProfile:
    """The shipped profile whose parties the text names most; else `plain(text)`.

    A profile fits where two of its parties are named and one of its countries is the most named of all:
    a report on Sudan that mentions Russia and Ukraine in passing is not about the war in Ukraine. A post is
    short: there one party is enough where no country outside is named. One in Cyrillic says "ours" and "the
    enemy": none is needed where the letters are those of one of the countries.
    """
    named = Counter(_country_words(text))
    fitting = []
    for name in available():
        profile = load(name)
        times = [count for p in profile.parties if (count := len(_names_of(p).findall(text)))]
        if len(times) >= min(_enough(profile, named, text), len(profile.parties)) and _leads(profile, named):
            fitting.append((sum(times), profile.id, profile))
    return max(fitting)[2] if fitting else plain(named)


def _enough(profile: ConflictProfile, named: Counter[str], text: str) -> int:
    """How many parties of a profile a text must name."""
    cyrillic = text.strip() and 2 * len(_CYRILLIC.findall(text)) >= sum(map(str.isalpha, text))
    if cyrillic and any(letter in text for letter in profile.letters):
        return 0
    short = cyrillic or len(text) <= SHORT
    return 1 if short and not set(named) - set(profile.countries) else ENOUGH


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
    return re.compile(r"\b(?:" + "|".join(map(_open, longest_first)) + r")\b")


def _open(form: str) -> str:
    """A pattern for a name: in Cyrillic in whatever case it stands, and with a capital or without."""
    if not _CYRILLIC.match(form):
        return re.escape(form)
    words = (re.escape(_stem(w)) + r"\w*" if len(w) > _STEM else re.escape(w) for w in form.split())
    return "(?i:" + r"\s+".join(words) + ")"


def _stem(word: str) -> str:
    return word[:-1] if word[-1] in _VOWELS else word


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


@cache
def _inflected() -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of countries in Cyrillic, in whatever case they stand: a pattern, and countries by stem."""
    names = {form: c.iso for c in countries().values() for form in c.forms if _CYRILLIC.match(form)}
    stems = {_stem(name): iso for name, iso in names.items() if len(_stem(name)) >= _STEM}
    longest_first = sorted(stems, key=len, reverse=True)
    # An ending of one letter at least: "Дані" is "data", "Данії" is Denmark's.
    return re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\w+"), stems


def _country_words(text: str) -> Iterator[str]:
    pattern, by_form = _forms()
    yield from (by_form[m.group()] for m in pattern.finditer(text))
    if _CYRILLIC.search(text):
        endings, by_stem = _inflected()
        yield from (by_stem[m.group(1)] for m in endings.finditer(text) if m.group() not in by_form)
