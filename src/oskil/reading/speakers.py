"""Sources resolved to speakers: names, sides, pronouns and later short forms, over one document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from oskil.conflict.profile import Actor, ConflictProfile
from oskil.reading.lexicon import words
from oskil.reading.roles import Roles, is_role
from oskil.reading.sides import countries_by_form, side_of
from oskil.reading.text import AL
from oskil.records import Span

NAME = re.compile(
    rf"(?:{AL}?[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'\-.]*)(?:\s+(?:[“\"‘][\w\- ]+[”\"’]\s+)?(?:(?:al|el|bin|ibn|van|von"
    r"|de|der|del|of the)\s+)?"
    rf"{AL}?[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'\-.]*)*"
)
ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&.-]{1,9})\)$")
NICKNAME = re.compile(r"\s*[“\"‘][\w\- ]+[”\"’]\s*")
# What no speaker begins with: a demonstrative points to things, a preposition to circumstances.
NO_SPEAKER = re.compile(
    r"(?:such|this|that|these|those|which|what|there|on|in|at|by|of|from|with|for|to|as|than|better"
    r"|more|less)\b",
    re.I,
)
# "the Hague Centre for Strategic Studies" is one name.
OF_A_BODY = re.compile(
    r"(?:[A-Z][\w’'-]*\s+)*(?:Institute|Centre|Center|Council|Office|School|Foundation|Committee|Society|Network"
    r"|Association|Organi[sz]ation|Department|Ministry|Commission|University|Directorate|Agency"
    r"|Fund|Programme|Union)"
    r"\s+(?:for|of|on)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:(?:and|of)\s+(?:the\s+)?)?[A-Z][\w’'-]*)*$"
)
ONE_OF_THEM = re.compile(r"(?:one|another|two|some|several|most|both|each) of (?:them|these|those)", re.I)
# Nouns that stand for a body named before.
GENERIC_BODIES = frozenset(
    "group movement organisation organization agency body outlet channel paper newspaper broadcaster party"
    " front".split()
)
# What a body says in writing: "the report said" after the staff is the staff's.
PAPERS = frozenset("report bulletin summary statement update communique communiqué release dispatch".split())
# Things show something and say nothing: "initial findings suggested".
THING = re.compile(
    r"\b(?:findings|figures|data|results|calculations|indications|imagery|images|footage)$", re.I
)
# "According to the ministry's figures": the ministry's word.
OWNED_THING = re.compile(
    r"(.{3,80}?)[’']s? (?:(?:own|latest|official|preliminary|initial) )?"
    r"(?:findings|figures|data|results|calculations|count|tally|estimates?|records)"
)
SUBJECT_NAME = re.compile(
    # Bounded, so that one endless word costs no more than its length.
    rf"(?<![\w.’'-])((?:[\w.’'-]{{1,40}} ){{0,5}}?{AL}?[A-Z][\w’'-]{{1,40}}"
    rf"(?: {AL}?[A-Z][\w’'-]{{1,40}}){{0,8}})"
    r"(?:,[^,]{3,80},)? (?:has|had|is|was"
    r"|appear\w*|seem\w*|[a-z]+ed|went|came|took|gave|made)\b"
)
ROLE_FIRST = re.compile(
    r"((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+[’']s?) [^,]{3,60}), "
    rf"((?:[A-Z][a-z]{{1,4}}\. ){{0,2}}[A-Z][\w’'-]+(?: {AL}?[A-Z][\w’'-]+){{1,4}})"
)
OFFICE_OF = re.compile(r"\s+(?:of|for|to|at|in|on|from|with)\s.*$")
OFFICE_BEFORE = re.compile(r"[a-z]\s+(?:of|for)\s+(?:the\s+)?$")
ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|one)\s+", re.I)
POST_MODIFIER = re.compile(
    r"(?<=[a-z])\s+(?:[a-z]{3,}ing|reached|contacted|interviewed|stationed|deployed|trapped|that|which|in|at|from|near|on|with|inside|across|along"
    r"|who|familiar|close|based)\b.*$"
)
POSSESSIVE = re.compile(r"[’']s?\b")
TITLES = frozenset(
    "president minister prime defence defense foreign interior general brigadier major colonel"
    " lieutenant captain admiral"
    " marshal sergeant senator governor mayor secretary spokesman spokeswoman spokesperson"
    " chancellor ambassador king prince"
    " sheikh ayatollah pope commander chief commander-in-chief adviser advisor representative"
    " congressman deputy vice mr mrs"
    " ms dr prof professor sir lord lady military missile expert analyst kremlin state head"
    " director commissioner council"
    " commission european security national armed forces".split()
)

RANKS = frozenset(
    "general brigadier major colonel lieutenant captain admiral marshal sergeant commander officer"
    " chief".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source. `kind` is person, body, outlet, crowd or party."""

    name: str
    side: str | None
    kind: str


@dataclass
class Cast:
    """Everyone who has spoken so far in one document, and how later words refer to them."""

    profile: ConflictProfile
    text: str = ""
    last_person: Speaker | None = None
    last_body: Speaker | None = None
    last: Speaker | None = None
    known: dict[str, Speaker] = field(default_factory=dict)
    roles: Roles = field(default_factory=Roles)
    places: Mapping[str, str] = field(
        default_factory=dict
    )  # country by names of places, which are no persons
    called: dict[tuple[str, ...], str] = field(default_factory=dict)  # in the text, by all names

    def resolve(self, phrase: str) -> Speaker | None:
        """The speaker that a source phrase stands for; None where it is a pronoun without anyone before
        it.
        """
        phrase = " ".join(phrase.split())
        if short := ACRONYM.search(phrase):
            speaker = self.resolve(phrase[: short.start()])
            if speaker and speaker.kind != "person":
                self.known[short[1].lower()] = speaker
            return speaker
        if owned := OWNED_THING.fullmatch(phrase):
            phrase = owned[1]
        if NO_SPEAKER.match(phrase) or THING.search(phrase):
            return None
        if ONE_OF_THEM.fullmatch(phrase):
            return self.last
        speaker = self._pronoun(phrase) if _is_pronoun(phrase) else self._named(phrase)
        if speaker:
            self._remember(speaker)
            if not _is_pronoun(phrase):
                self._introduce(phrase, speaker)
        return speaker

    def forget(self) -> None:
        """Nobody is "he", "she" or "it" any more; names and roles stay known."""
        self.last = self.last_person = self.last_body = None

    def _introduce(self, phrase: str, speaker: Speaker) -> None:
        """Who is named by a role can be meant by it later; who has only a role is "he" or "she" too."""
        if speaker.kind == "person":
            self.roles.introduce(phrase, speaker)
        elif is_role(speaker.name):
            self.roles.introduce(speaker.name, speaker)
            self.last_person = speaker

    def _pronoun(self, phrase: str) -> Speaker | None:
        if phrase.lower() in ("he", "she", "i"):
            return self.last_person or self.last
        return self.last_body or self.last

    def _named(self, phrase: str) -> Speaker | None:
        head = POST_MODIFIER.sub("", _name_behind(phrase) or phrase.split(",")[0].strip())
        bare = ARTICLE.sub("", head)
        actor = self.profile.find_actor(bare) or self._actor_within(head)
        if actor:
            return self._from_actor(actor)
        if bare.isupper() and bare.lower() in self.known:
            return self.known[bare.lower()]
        person = self._person(head)
        if person is None or person.lower() in words().groups["speaking_nouns"]:  # "Syrian state TV"
            return self._role(head) or Speaker(bare, self._side(phrase), _kind_of(bare))
        surname = person.split()[-1].lower()
        earlier = self.known.get(person.lower()) or self.known.get(surname)
        if earlier:
            return earlier
        country = countries_by_form().get(person.lower())
        kind = (
            "party"
            if self.profile.party_of(person) or country
            else "person"
            if _is_person(head, person)
            else "body"
        )
        return Speaker(person, self._side(phrase), kind)

    def _side(self, phrase: str) -> str | None:
        """The side that the words tell; officials of a place are its country's: "the mayor of Belgorod"."""
        side = side_of(phrase, self.profile)
        if side is None or side != self.profile.home:
            return side
        named = sorted((n for n in self.places if n in phrase), key=len)
        country = (
            self.places[named[-1]]
            if named and side_of(phrase, replace(self.profile, home=None)) is None
            else ""
        )
        party = next((p.id for p in self.profile.parties if p.country == country), None)
        return party or country or side

    def _actor_within(self, phrase: str) -> Actor | None:
        """The actor whose name ends the phrase ('Ukrainian President Volodymyr Zelensky'), longest first."""
        plain = _plain(phrase)
        low = plain.lower()
        for name, folded, actor in _by_length(self.profile):
            ends = plain.endswith(name) or (" " in name and low.endswith(folded))
            if ends and (len(plain) == len(name) or plain[-len(name) - 1].isspace()):
                return actor
        return None

    def _from_actor(self, actor: Actor) -> Speaker:
        """A person by the full name; a body or outlet by the longest of its names that the text uses."""
        if actor.role == "person":
            return Speaker(actor.names[0], actor.side, actor.role)
        if actor.names not in self.called:  # looked for in the whole text, so once
            used = (n for n in actor.names if n in self.text)
            self.called[actor.names] = max(used, key=len, default=actor.names[0])
        return Speaker(self.called[actor.names], actor.side, actor.role)

    def _person(self, head: str) -> str | None:
        """The capitalised name that ends a phrase, without titles: 'military analyst Rob Lee' gives 'Rob
        Lee'.
        """
        matches = list(NAME.finditer(head))
        if not matches or (len(matches) == 1 and _only_of(head, matches[0].start())):
            return None
        tail = re.sub(r"^\s+of\s+.*$", "", head[matches[-1].end() :])
        chosen = matches[-1] if not tail.strip() else None
        if chosen is None or (len(matches) > 1 and re.search(r"\bof\s+(?:the\s+)?$", head[: chosen.start()])):
            chosen = matches[0] if " of " in head else matches[-1]
            rest = head[chosen.end() :].strip()
            if rest and not rest.startswith(("of ", "in ", "from ")):
                return None
        whole = OF_A_BODY.search(head)
        if whole:
            return ARTICLE.sub("", whole.group())
        name = chosen.group().strip(" ,.")
        parts = POSSESSIVE.sub("", name).split() if name.endswith(("’s", "'s")) else name.split()
        if not _is_person(head, name) and len(parts) > 1:
            return ARTICLE.sub("", name)
        while len(parts) > 1 and (_is_title(parts[0]) or self._is_demonym(parts[0])):
            parts = parts[1:]
        if len(parts) > 2 and parts[0].lower() in words().groups["roles"]:  # "Survivor Terhemba Iormba"
            parts = parts[1:]
        if parts and parts[0].lower() in ("the", "a", "an"):
            parts = parts[1:]
        if not parts or parts[0].lower() in TITLES or (len(parts) == 1 and self._is_adjective(parts[0])):
            return None
        return " ".join(parts)

    def _is_demonym(self, word: str) -> bool:
        plain = POSSESSIVE.sub("", word)
        return self.profile.party_of(plain) is not None or plain.lower() in countries_by_form()

    def _is_adjective(self, word: str) -> bool:
        return "-" in word and self.profile.party_of(word) is not None

    def _role(self, head: str) -> Speaker | None:
        """'the general', 'the soldier': who was introduced so, else whoever spoke last, where the words name
        a role and nobody else.
        """
        if introduced := self.roles.who(head):
            return introduced
        match = re.fullmatch(r"[Tt]he (?:same )?([a-z]+)", head)
        role = match.group(1) if match else ""
        if role in TITLES and self.last_person and self._may_be(role, self.last_person):
            return self.last_person
        body = self.last_body
        if body and (role in GENERIC_BODIES or role in body.name.lower().split()):
            return body
        if role in PAPERS:
            return body or self.last
        singular = role in words().groups["crowd_nouns"] and not role.endswith("s")
        return self.last if singular and self.last and self.last.kind in ("person", "crowd") else None

    def _may_be(self, role: str, person: Speaker) -> bool:
        """Whether "the general" can be who spoke last: by the office that introduced them, or another rank;
        who has none and is on no side is a bystander.
        """
        roles = self.roles.of(person)
        if not roles:
            return person.side is not None
        return role in roles or (role in RANKS and bool(roles & RANKS))

    def _body(self, phrase: str) -> Speaker | None:
        """A body, or a party by its bare name, that the phrase ends with."""
        bare = ARTICLE.sub("", phrase)
        if self.profile.party_of(bare) and " " not in bare:
            return Speaker(bare, self.profile.party_of(bare), "party")
        actor = self._actor_within(phrase)
        return self._from_actor(actor) if actor and actor.role == "body" else None

    def _remember(self, speaker: Speaker) -> None:
        self.last = speaker
        if speaker.kind == "person":
            self.last_person = speaker
            surname = speaker.name.split()[-1].lower()
            for name in (speaker.name.lower(), surname, re.sub(AL, "", surname)):
                self.known[name] = speaker
        else:
            self.last_body = speaker

    def notice(self, sentence: str) -> None:
        """Who is the subject of a sentence in the outlet's own voice can be the next 'he', 'she' or 'it'."""
        for match in SUBJECT_NAME.finditer(sentence):
            person = self._person(match.group(1))
            body = self._body(match.group(1))
            if body:
                self.last_body = body
            if (
                person
                and person not in self.places
                and _is_person(match.group(1), person)
                and (len(person.split()) > 1 or person.lower() in self.known)
            ):
                actor = self.profile.find_actor(person)
                known = self.known.get(person.split()[-1].lower())
                found = (
                    self._from_actor(actor)
                    if actor
                    else known or Speaker(person, side_of(match.group(1), self.profile), "person")
                )
                if found.kind == "person":
                    self._remember(found)
                    self.roles.introduce(match.group(), found)
                    return


def _name_behind(phrase: str) -> str | None:
    """The name in 'the mayor of the port, Adam Issa', where a role comes first."""
    match = ROLE_FIRST.fullmatch(phrase)
    return (
        match.group(2)
        if match and is_role(POST_MODIFIER.sub("", OFFICE_OF.sub("", match.group(1))))
        else None
    )


def _only_of(head: str, name: int) -> bool:
    """Whether the one name of a phrase only tells of what or where somebody is: "the mayor of Izium"."""
    return OFFICE_BEFORE.search(head[:name]) is not None and OF_A_BODY.search(head) is None


def _is_title(word: str) -> bool:
    bare = word.lower().strip(".")
    return bare in TITLES or bare in words().groups["short_titles"]


def _plain(name: str) -> str:
    return NICKNAME.sub(" ", name).replace("’", "'")


@lru_cache(maxsize=16)
def _by_length(profile: ConflictProfile) -> list[tuple[str, str, Actor]]:
    """Every name of every speaker of a profile, also in lower case, the longest first."""
    named = [(_plain(n), a) for a in profile.actors if a.role != "platform" for n in a.names]
    return sorted(((n, n.lower(), a) for n, a in named), key=lambda one: -len(one[0]))


def _is_pronoun(phrase: str) -> bool:
    return phrase.lower() in words().groups["pronouns"]


def _is_person(head: str, name: str) -> bool:
    """A name of two to four capitalised words without a word for a body in it."""
    body = re.search(
        r"\b(?:Staff|Forces?|Ministry|Office|Service|Army|Command|Council|Committee|Institute|Project|Union|Agency|Party"
        r"|Administration|Government|Department|University|News|Media|Group|Board|Court|Police|Commission"
        r"|Brigade|Centre|Center"
        r"|Institution|Network|Observatory|Front|Crescent|Cross|Nations|Organization|Organisation)\b",
        name,
    )
    return body is None and not re.fullmatch(r"[A-Z]{2,6}", name)


def _kind_of(bare: str) -> str:
    tokens = set(bare.lower().split())
    return "crowd" if tokens & words().groups["crowd_nouns"] else "body"


def through(speaker: Speaker, relays: Sequence[str], profile: ConflictProfile) -> Speaker:
    """The speaker as who passes the words on has him: "a military source" of a party's own agency is that
    party's, wherever the places of the text lie.
    """
    outlet = profile.find_actor(relays[0]) if relays else None
    parties = {p.id for p in profile.parties}
    if outlet is None or outlet.side not in parties or speaker.side != profile.home:
        return speaker
    nameless = replace(profile, home=None)
    return replace(speaker, side=outlet.side) if side_of(speaker.name, nameless) is None else speaker


def phrase_of(text: str, span: Span) -> str:
    """The words of a source on one line."""
    return " ".join(text[span.start : span.end].split())
