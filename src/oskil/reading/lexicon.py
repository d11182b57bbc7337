"""The word lists that the rules read with: `data/*.yaml` and the vocabulary of kinds, `vocabulary/*.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from oskil.errors import ProfileError

HERE = Path(__file__).parent


def read_yaml(path: Path) -> Any:
    """Parsed YAML, or a ProfileError that names the file."""
    try:
        return yaml.load(path.read_text("utf8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ProfileError(f"not YAML: {' '.join(str(error).split())}", str(path)) from error


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word. `takes` is clause, noun or any; `stance` is asserted, hedged, forecast or denied."""

    lemma: str
    takes: str
    stance: str


@dataclass(frozen=True, slots=True)
class Words:
    """The closed word classes that the rules look at."""

    cues: dict[str, Cue]
    past_of: dict[str, str]
    finite: frozenset[str]
    bases: frozenset[str]
    auxiliaries: frozenset[str]
    groups: dict[str, frozenset[str]]


def inflect(lemma: str, past: str = "") -> tuple[str, str, str]:
    """Third person, past and -ing form of an English verb; `past` where it is irregular."""
    if re.search(r"[^aeiou]y$", lemma):
        third, regular = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        third = lemma + ("es" if re.search(r"(s|x|z|ch|sh|o)$", lemma) else "s")
        regular = lemma + ("d" if lemma.endswith("e") else "ed")
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    if re.search(r"[^aeiou][aeiou][bdgmnprt]$", lemma) and lemma in DOUBLING:
        regular, stem = lemma + lemma[-1] + "ed", lemma + lemma[-1]
    return third, past or regular, stem + "ing"


DOUBLING = frozenset("admit refer regret stop plan drop permit control".split())


@lru_cache
def words() -> Words:
    """Loads `data/cues.yaml` and `data/words.yaml` once."""
    cues: dict[str, Cue] = {}
    past_of: dict[str, str] = {}
    for entry in read_yaml(HERE / "data" / "cues.yaml")["verbs"]:
        lemma, _, irregular = str(entry["verb"]).partition("/")
        cue = Cue(lemma, entry.get("takes", "clause"), entry.get("stance", "asserted"))
        third, past, ing = inflect(lemma, irregular)
        for form in (lemma, third, past, ing):
            cues[form] = cue
        past_of[lemma] = past
    data = read_yaml(HERE / "data" / "words.yaml")
    groups = {name: frozenset(str(listed).split()) for name, listed in data["groups"].items()}
    finite = set(groups["auxiliaries"])
    bases = set()
    for entry in str(data["verbs"]).split():
        lemma, _, irregular = entry.partition("/")
        third, past, _ = inflect(lemma, irregular)
        finite |= {third, past}
        bases.add(lemma)
    finite |= {form for form, cue in cues.items() if form != cue.lemma and not form.endswith("ing")}
    finite -= groups["noun_like"]
    return Words(cues, past_of, frozenset(finite), frozenset(bases), groups["auxiliaries"], groups)
