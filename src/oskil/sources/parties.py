"""The ids of parties for the words by which structured inputs name them."""

from __future__ import annotations

from oskil.conflict import ConflictProfile


def profile_in_use() -> ConflictProfile:
    """The conflict profile of the settings."""
    from oskil import conflict
    from oskil.settings import settings

    return conflict.load(settings().profile)


def party_id(words: str, profile: ConflictProfile) -> str | None:
    """The id of the party that these words name, also where they are the id itself; None for another."""
    words = " ".join(words.split())
    known = next((party.id for party in profile.parties if party.id.lower() == words.lower()), None)
    return known or (profile.party_of(words) if words else None)


def party_words(party: str | None, profile: ConflictProfile) -> str:
    """A party's name with its id, for people: "Russia (RU)"."""
    name = next((p.name for p in profile.parties if p.id == party), None)
    return f"{name} ({party})" if name else (party or "")


def side_of(name: str, profile: ConflictProfile) -> str | None:
    """The side of a speaker that the profile knows, or None."""
    actor = profile.find_actor(name)
    return actor.side if actor else None
