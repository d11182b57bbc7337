"""Which places a proposition is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oskil.conflict.profile import ConflictProfile
from oskil.reading.clauses import Proposition
from oskil.reading.voices import Voice
from oskil.records import Document, Span, Toponym

BACK_REFERENCE = re.compile(
    r"\b(?:the|this|that) (?:same )?(?:town|city|village|settlement|suburb|hamlet|port)(?:'s|’s)?\b"
    r"(?! of [A-Z])|\bthere\b(?! (?:is|are|was|were|has|have|will)\b)"
    r"|\b(?:in )?this area\b",
    re.I,
)
# "It lies 40 km south of X": the subject is the town last spoken of, beside what the fact names.
TOWN_ITSELF = re.compile(
    r"It (?:once |now |still |also )?"
    r"(?:lies|stands|sits|straddles|sheltered|had been the|was the|is the|has a population)\b"
)
# "Dessie, 13 km to the northwest": measured from the town spoken of before.
MEASURED = re.compile(
    r"\b(?:km|kilomet(?:re|er)s?|miles?) (?:away|to the (?:north|south|east|west)[\w-]*(?! of\b)\b)", re.I
)
REFERENCE_POINT = re.compile(r"[\s,]*(?:near|toward|towards|close to|outside)\s+[A-Z]")
# "driving on X", "pushing for X", "threatening X": whoever does so is not there yet. Who retreats to X, or
# "до X", has not left X.
NOT_YET_AT = re.compile(
    r"\b(?:(?:driv(?:e|es|ing)|drove|march(?:es|ed|ing)?|advanc(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|converg\w+"
    r"|clos(?:e|es|ed|ing) in|bear(?:s|ing)? down|bore down)(?: (?:north|south|east|west)\w*)? (?:up)?on"
    r"|(?:push(?:es|ed|ing)?|mak(?:e|es|ing)|made|head(?:s|ed|ing)?|rac(?:e|es|ed|ing)|bound) for"
    r"|(?:advancing|moving|marching|heading|inching|edging|closer|nearer|en route|on (?:the|their|its) way"
    r"|on the (?:road|highway)) to"
    r"|threaten(?:s|ed|ing)?(?: to (?:take|seize|encircle|surround|cut off|overrun|enter|reach))?|threat to"
    r"|within (?:artillery |striking |firing )?(?:range|reach|sight|distance) of"
    r"|(?:retreat\w*|withdr[ae]w\w*|f[ea]ll(?:ing|s)? back|pull(?:s|ed|ing)? (?:back|out)|fled|flee\w*)"
    r"(?: [\w’'-]+){0,4}? (?:to|towards?)"
    r"|(?:відступ|відійш|відход|втек|отступ|отош|отход|бежа)\w*(?: [\w’'-]+){0,4}? (?:до|к|ко))"
    r"\s+(?:the (?:city|town|village|port|capital) of )?$",
    re.I,
)
# Names of one list stand in one relation: "driving on X and Y".
LISTED = re.compile(r"(?:\s*,\s*|\s*,?\s+and\s+|\s+or\s+)$")
# "hours before talks in X", "on the eve of a summit in X": the venue only dates what is told.
VENUE = re.compile(
    r"\b(?:before|after|during|ahead of|amid|eve of|days? of|the (?:very )?days?|hours? of|as|while)\b"
    r"[^.;]{0,40}?\b(?:talks|negotiations|summit|conference|rounds?|formats?|meetings?|forum)\b"
    r"(?: \w+){0,3} (?:in|at)\s+$"
)
# "Moscow ordered", "Russian troops", "Ohio State University": nothing takes place there.
NOT_THERE = frozenset(("metonym", "demonym", "embedded"))
NESTED = frozenset(("relative", "apposition", "parenthesis"))
# Relations that put a claim at the place itself; with any other it is somewhere by it.
MOST = 0.7  # share of a text's settlements in the country that it is about
AT = frozenset(("", "at", "in"))
LOOK_BACK = 60  # characters before a name in which such words are sought


@dataclass(frozen=True, slots=True)
class Context:
    """What the fields are taken from: the document, the conflict and the place names of the text.

    `toponyms` are in order, so that those of a stretch are found without a look at all of them.
    """

    document: Document
    profile: ConflictProfile
    toponyms: Sequence[Toponym]
    countries: Mapping[int, str | None] = field(init=False, repr=False, compare=False)  # of places named

    def __post_init__(self) -> None:
        of = {t.place.id: t.place.country for t in self.toponyms if t.place}
        object.__setattr__(self, "countries", of)

    def within(self, span: Span) -> Iterator[Toponym]:
        """The place names that lie wholly in a stretch, in order."""
        first, last = (bisect_left(self.toponyms, at, key=_start) for at in (span.start, span.end))
        return (t for t in self.toponyms[first:last] if t.end <= span.end)

    def before(self, position: int) -> Iterator[Toponym]:
        """The place names that end before a position, the last first."""
        last = bisect_left(self.toponyms, position, key=_start)
        return (t for k in range(last - 1, -1, -1) if (t := self.toponyms[k]).end <= position)


@dataclass(frozen=True, slots=True)
class About:
    """Gazetteer ids: of settlements, of those that the words are only by, of regions and countries."""

    places: tuple[int, ...]
    around: tuple[int, ...]
    areas: tuple[int, ...]


def about_places(
    context: Context, p: Proposition, voice: Voice, frame: Span | None, nested: Sequence[Span]
) -> About:
    """The places that the proposition is about: what it names, else what its words point back to."""
    text, span = context.document.text, p.span
    inside = [t for t in context.within(span) if not _elsewhere(t, span, nested)]
    named = [t for t in inside if _is_about(text, t) and not _is_venue(text, span, t)]
    if p.anchor and p.role in NESTED:
        anchored = _anchored(context, p.anchor)
        if anchored and not named and MEASURED.search(text, span.start, span.end):
            named = _last_before(context, anchored[0].start, voice, frame)
        named = [*anchored, *named]
    named = _not_yet_there(text, named)
    by = [t for t in named if t.relation not in AT]
    if not named and BACK_REFERENCE.search(text[span.start : span.end]):
        named = _last_before(context, span.start, voice, frame)
    if TOWN_ITSELF.match(text, span.start):
        named = [*_last_before(context, span.start, voice, frame), *named]
    areas = [t for t in inside if t.place and t.place.kind != "settlement" and t.relation not in NOT_THERE]
    places = _ids(named)
    there = set(_ids([t for t in named if t.relation in AT]))
    return About(places, tuple(i for i in _ids(by) if i not in there), _ids(areas))


def _not_yet_there(text: str, named: Sequence[Toponym]) -> list[Toponym]:
    """The names with "toward" for those that words of movement, or of threat, only aim at."""
    out: list[Toponym] = []
    for one in named:
        last = out[-1] if out else None
        listed = last is not None and last.end < one.start and LISTED.fullmatch(text[last.end : one.start])
        aimed = NOT_YET_AT.search(text[max(0, one.start - LOOK_BACK) : one.start])
        carried = listed and last is not None and last.relation == "toward"
        out.append(replace(one, relation="toward") if one.relation in AT and (aimed or carried) else one)
    return out


def at_home(
    profile: ConflictProfile, toponyms: Sequence[Toponym], outlet: str | None = None
) -> ConflictProfile:
    """The profile at home in the country that most settlements of the text lie in: "the ministry" of a text
    on one country is that country's, whoever else is named in it. Where the profile has parties and no home
    of its own, the home is the party whose country it is; that of an outlet of one of the parties is its own.
    """
    if profile.home and profile.parties:
        return profile
    told_by = profile.find_actor(outlet) if outlet else None
    if told_by and told_by.side in {p.id for p in profile.parties}:
        return replace(profile, home=told_by.side)
    settled = [t.place.country for t in toponyms if t.place and t.place.kind == "settlement"]
    if not settled:
        return profile
    country, times = Counter(settled).most_common(1)[0]
    if times < MOST * len(settled):
        return profile
    if not profile.parties:
        return replace(profile, home=country)
    party = next((p.id for p in profile.parties if p.country == country), None)
    return replace(profile, home=party) if party else profile


def home_of(context: Context, about: About) -> str | None:
    """The party whose country all the places lie in, where there is one."""
    ids = {*about.places, *about.areas}
    countries = {context.countries[i] for i in ids if i in context.countries}
    parties = [p.id for p in context.profile.parties if p.country in countries]
    return parties[0] if len(parties) == len(countries) == 1 else None


def _ids(toponyms: Sequence[Toponym]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(t.place.id for t in toponyms if t.place))


def _start(toponym: Toponym) -> int:
    return toponym.start


def _elsewhere(toponym: Toponym, span: Span, nested: Sequence[Span]) -> bool:
    """Whether the name stands in a fact of its own inside the proposition."""
    return any(toponym.span.inside(n) for n in nested if n != span)


def _is_about(text: str, toponym: Toponym) -> bool:
    if toponym.place is None or toponym.place.kind != "settlement" or toponym.relation in NOT_THERE:
        return False
    # "northeast of X near Y": X only says where Y is.
    directed = toponym.relation.endswith(" of")
    return not (directed and REFERENCE_POINT.match(text[toponym.end : toponym.end + 40]))


def _is_venue(text: str, span: Span, toponym: Toponym) -> bool:
    return VENUE.search(text[max(span.start, toponym.start - 2 * LOOK_BACK) : toponym.start]) is not None


def _anchored(context: Context, anchor: Span) -> list[Toponym]:
    """The settlement named last before a nested fact, within its sentence: the fact is about it itself."""
    before = [t for t in context.within(anchor) if t.place]
    while len(before) > 1 and before[-1].place and before[-1].place.kind == "region":
        before.pop()  # "the plant at Votkinsk in Udmurtia, 1,200 km from the border"
    last = before[-1:] if before and before[-1].place and before[-1].place.kind == "settlement" else []
    return [replace(t, relation="at") for t in last]


def _last_before(context: Context, position: int, voice: Voice, frame: Span | None) -> list[Toponym]:
    """What "the town" points back to: the settlement named last, not where the speaker sits."""
    text = context.document.text
    contents = voice.said.content if voice.said else ()

    def framed(toponym: Toponym) -> bool:
        return bool(frame and toponym.span.inside(frame)) and not any(
            toponym.span.inside(c) for c in contents
        )

    # In the paragraph where one is named there, else in all before it; one that a claim is at goes first.
    paragraph = text.rfind("\n\n", 0, position)
    last: Toponym | None = None
    for one in context.before(position):
        if not _is_about(text, one) or framed(one):
            continue
        if last and one.end <= paragraph < last.end:
            break
        last = last or one
        if one.relation in AT:
            return [replace(one, relation="at")]
    return [replace(last, relation="at")] if last else []
