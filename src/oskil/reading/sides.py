"""Which side a speaker is on, as far as the words tell."""

from __future__ import annotations

import re
from functools import lru_cache

from oskil.conflict.countries import Country, countries
from oskil.conflict.profile import ConflictProfile
from oskil.reading.lexicon import words

# Offices and services of a state that only several words tell: "committee" alone may be anyone's.
STATE_PHRASE = re.compile(
    r"\b(?:air|task|border|defen[cs]e|coast|national) (?:force|guard|command)s?\b"
    r"|\bin-chief\b"
    r"|\b(?:district|village|town|provincial|regional|county|municipal|civil defen[cs]e) "
    r"(?:\w+ ){0,2}(?:chief|committee|department|administrat\w+|council|head|commissioner|office)\b"
    r"|\b(?:health|customs|immigration) (?:officer|official|department|service)s?\b"
    r"|\b(?:army|mechani[sz]ed|motori[sz]ed|tank|airborne|marine|assault) "
    r"(?:brigade|battalion|division|regiment)\b"
)

# Bodies of a trade, which bear their country's name.
PROFESSION = re.compile(
    r"\b(?:Doctors|Medical|Lawyers|Journalists|Teachers|Women)\b.*\b(?:Network|Union|Syndicate|Association)\b"
)
# An envoy is of who sent him: "Iran's ambassador to the UN Security Council".
WHERE_SENT = re.compile(r"\b(ambassador|envoy|representative|mission|delegate)s? (?:to|at|with) [^,]*", re.I)
OPEN_SOURCE = re.compile(r"\bopen[- ]source\b|\bosint\b")
ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S.", which is "US"
# Offices that take two words to tell: the staff of an army and none of a hospital, a rank before a name.
STATE_OFFICE = re.compile(
    r"\b(?:[Gg]eneral|[Jj]oint) [Ss]taff\b"
    r"|\b(?:[Nn]ational|[Ss]tate)(?:-run)? (?:broadcaster|television|radio|TV|news|media|agency|newspaper)\b"
    r"|\b(?:Brigadier|General|Colonel|Admiral|Brig|Gen|Col)\.? (?:[A-Z][\w'.-]*\s*)+$"
)


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
    plain = ABBREVIATED.sub(lambda m: m.group().replace(".", ""), phrase.replace("’", "'"))
    plain = WHERE_SENT.sub(r"\1", plain)
    low = plain.lower()
    tokens = re.findall(r"[\w'\-]+", low)
    bare = {re.sub(r"'s?$", "", t) for t in tokens}
    # An aligned form ("Moscow-installed", "pro-Kremlin") outweighs a plain name beside it.
    aligned = [profile.party_of(t) for t in tokens if "-" in t]
    aligned += [_aligned(t, profile) for t in tokens if "-" in t]
    if any(aligned):
        return next(a for a in aligned if a)
    secret = "intelligence" in bare and not OPEN_SOURCE.search(low)  # a service of a state
    known = words().groups["analysts"] | words().groups["independents"]
    if (bare - {"intelligence"} if secret else bare) & known or "united nations" in low:
        return "independent"
    if PROFESSION.search(plain):
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
    return profile.home if _of_a_state(bare, plain) else None


def _of_a_state(bare: set[str], plain: str) -> bool:
    """Whether the words are of a state's office, service or unit, which no rebel body is called by."""
    known = bool(bare & words().groups["state_words"]) or STATE_OFFICE.search(plain) is not None
    return known or STATE_PHRASE.search(plain.lower()) is not None


def _aligned(word: str, profile: ConflictProfile) -> str | None:
    """'pro-X' and 'X-installed' for the name X of a party or a country, whatever the profile lists."""
    match = re.fullmatch(
        r"pro-(\w+)|(\w+)-(?:installed|appointed|backed|imposed|aligned|controlled|affiliated|led)", word
    )
    if match is None:
        return None
    name = match.group(1) or match.group(2)
    country = countries_by_form().get(name)
    return profile.party_of(name) or (country.iso if country else None)
