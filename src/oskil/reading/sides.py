"""Which side a speaker is on, as far as the words tell."""

from __future__ import annotations

import re
from functools import lru_cache

from oskil.conflict.countries import Country, countries
from oskil.conflict.profile import ConflictProfile
from oskil.reading.lexicon import words


@lru_cache
def countries_by_form() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for country in countries().values():
        for form in (*country.forms, *country.demonyms, *country.capital_metonyms):
            index.setdefault(form.lower(), country)
    return index


def side_of(phrase: str, profile: ConflictProfile) -> str | None:
    """The party that the words of a source belong to or are aligned with, as far as the words tell.

    'Russian-installed regional authorities' are aligned with RU; analysts and monitors are independent;
    the officials of a country that is no party have its ISO code.
    """
    plain = phrase.replace("’", "'")
    low = plain.lower()
    tokens = re.findall(r"[\w'\-]+", low)
    # An aligned form ("Moscow-installed", "pro-Kremlin") outweighs a plain name beside it.
    aligned = [profile.party_of(t) for t in tokens if "-" in t]
    aligned += [_aligned(t, profile) for t in tokens if "-" in t]
    if any(aligned):
        return next(a for a in aligned if a)
    if set(tokens) & (words().groups["analysts"] | words().groups["independents"]) or "united nations" in low:
        return "independent"
    for size in (3, 2, 1):
        for k in range(len(tokens) - size + 1):
            form = re.sub(r"'s?$", "", " ".join(tokens[k : k + size]))
            party = profile.party_of(form)
            if party:
                return party
            country = countries_by_form().get(form)
            if country:
                return country.iso
    if re.search(r"\b(?:EU|European)\b", plain):
        return "EU"
    # "the ministry", "state television": those of the country that the text is about, where it is about one.
    return profile.home if set(tokens) & words().groups["state_words"] else None


def _aligned(word: str, profile: ConflictProfile) -> str | None:
    """'pro-X' and 'X-installed' for the name X of a party, whatever the profile lists."""
    match = re.fullmatch(
        r"pro-(\w+)|(\w+)-(?:installed|appointed|backed|imposed|aligned|controlled|affiliated|led)", word
    )
    return profile.party_of(match.group(1) or match.group(2)) if match else None
