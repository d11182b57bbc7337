"""Who was introduced by which role: "Adam Issa, a councillor" is "the councillor" from then on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oskil.reading.lexicon import words

if TYPE_CHECKING:
    from oskil.reading.speakers import Speaker

WORD = re.compile(r"[^\W\d_][\w’'-]*")
REFERRING = re.compile(
    r"(?:the|this|that|his|her|its|their)\s+(?:same\s+)?((?:[\w’'-]+\s+){0,3})([a-z-]+)", re.I
)


@dataclass
class Roles:
    """The roles of one document by their noun, each with the words that introduced who has it."""

    known: dict[str, list[tuple[frozenset[str], Speaker]]] = field(default_factory=dict)

    def introduce(self, phrase: str, speaker: Speaker) -> None:
        """Every role that the phrase names is the speaker's from now on."""
        said = frozenset(plain(w) for w in WORD.findall(phrase))
        for role in said & words().groups["roles"]:
            self.known.setdefault(role, []).append((said, speaker))

    def who(self, phrase: str) -> Speaker | None:
        """Whom "the councillor", "the army spokesman" points back to: the latest whose introduction has all
        of its words; None where there is none or the words point to no role.
        """
        match = REFERRING.fullmatch(phrase)
        if match is None:
            return None
        wanted = {plain(w) for w in match.group(1).split()}
        found = self.known.get(match.group(2).lower(), [])
        return next((speaker for said, speaker in reversed(found) if wanted <= said), None)

    def of(self, speaker: Speaker) -> frozenset[str]:
        """The roles that a speaker was introduced by."""
        return frozenset(r for r, known in self.known.items() if any(s == speaker for _, s in known))


def plain(word: str) -> str:
    """A word in lower case without a possessive."""
    return re.sub(r"[’']s?$", "", word.lower())


def is_role(bare: str) -> bool:
    """Whether a phrase without its article is one person's role and nothing else: "rebel spokesman"."""
    last = bare.split()[-1:]
    return bool(last) and last[0].lower() in words().groups["roles"]
