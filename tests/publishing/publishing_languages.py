"""What the page says in English, found by reading its scripts, and its dictionaries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import oskil
from oskil.checking.units import named
from oskil.conflict.loading import load
from oskil.publishing.weighed.beliefs import NOTE

ROOT = Path(oskil.__file__).parent
SCRIPTS = ROOT / "publishing/static/js"
FRAME = ROOT / "publishing/templates/index.html.j2"
LITERAL = r'"((?:[^"\\]|\\.)*)"'


def dictionary(code: str) -> dict[str, dict[str, Any]]:
    """A language's words and counts. Its file is JSON but for lines of comment and the call around it."""
    lines = (SCRIPTS / f"i18n/{code}.js").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
    return json.loads(text.partition(f'OSKIL_WORDS("{code}",')[2].strip().removesuffix(");"))  # type: ignore[no-any-return]


def calls(source: str, name: str) -> Iterator[list[str]]:
    """The arguments of every call of a function, as they are written."""
    for match in re.finditer(rf"\bO\.{name}\(", source):
        yield arguments(source, match.end())


def arguments(source: str, at: int) -> list[str]:
    """What stands between the bracket that ends before `at` and its partner, cut at the outer commas."""
    found, depth, quote, start = [], 1, "", at
    while depth:
        letter = source[at]
        if quote:
            at += letter == "\\"
            quote = "" if letter == quote else quote
        elif letter in "\"'`":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        if not quote and (depth == 0 or (depth == 1 and letter == ",")):
            found.append(source[start:at].strip())
            start = at + 1
        at += 1
    return found


def table(script: str, name: str, keyed: bool = False) -> set[str]:
    """The strings of a constant: of an object its values, of rows all but addresses.

    Where rows are `keyed`, all but the first of each. Signs without a letter are no words.
    """
    source = (SCRIPTS / f"{script}.js").read_text("utf-8")
    opened = re.search(rf"\b{name} = [\[{{]", source)
    assert opened, f"{script}.js has no constant {name}"
    inside = ", ".join(arguments(source, opened.end()))
    inside = re.sub(LITERAL + r"\s*:", "", inside)
    rows = re.sub(rf"\[\s*{LITERAL}", "", inside) if keyed else inside
    return {word for word in re.findall(LITERAL, rows) if re.search(r"[^\W\d]", word) and word[0] != "#"}


def kinds() -> set[str]:
    return {path.stem for path in (ROOT / "reading/vocabulary").glob("*.yaml")}


def checks() -> set[str]:
    """The names of the checks."""
    return {
        name
        for path in (ROOT / "checking").glob("*.py")
        for name in re.findall(r'^    name = "(\w+)"$', path.read_text("utf-8"), re.M)
    }


def units() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "reading/data/units.yaml").read_text("utf-8"))  # type: ignore[no-any-return]


def comparators() -> set[str]:
    """The English ones; those of other languages stay as the text has them."""
    listed = {" ".join(one.split()) for one in units()["comparators"].split("|")}
    return {one for one in listed if one.isascii()}


def conversions() -> set[str]:
    """The units of figures before they were converted, as the page names them."""
    return {named(one["pint"]) for one in units()["measures"] if "pint" in one}


def measures() -> set[str]:
    counted = set(re.findall(r"(\w+): \"", re.search(r"COUNTED = {(.*)}", text("words"))[1]))  # type: ignore[index]
    short = table("words", "UNITS") - {"%"}
    return short | ({one["unit"] for one in units()["measures"]} - counted - {"km2", "percent"})


def text(script: str) -> str:
    return (SCRIPTS / f"{script}.js").read_text("utf-8")


CERTAINTIES = table("words", "CERTAINTY")
OUTCOMES = {"agrees", "differs", "contradicted", "cannot be checked"}
EVIDENCE = {"footage", "photo", "satellite", "document"}
STANDINGS = {"claimed", "assessed", "contested"}
SIDES = {"independent"} | {party.name for party in load("ukraine-2022").parties}
# What lists of losses call what became of a thing; their kinds stay as the lists have them.
STATUSES = {"destroyed", "damaged", "abandoned", "captured"}
ROLES = {yaml.safe_load((ROOT / "weighing/control/control.yaml").read_text("utf-8"))["told"]["outlet_role"]}

# What a call of O.t that names no string of its own may say: by script and what is written in the call.
KNOWN: dict[tuple[str, str], set[str]] = {
    **{("card", name): kinds() for name in ("claim.kind", "other.kind")},
    ("card", "verdict.outcome"): OUTCOMES,
    ("card", "verdict.check"): checks(),
    ("card", "claim.evidence"): EVIDENCE,
    ("charts", "WORDS[cut.word]"): table("charts", "WORDS"),
    **{("checks", name): OUTCOMES for name in ("o", "v.outcome")},
    **{("checks", name): checks() for name in ("check", "v.check")},
    ("checks", 'v.unit.replace("**2", "²").replace(/_/g, " ")'): measures(),
    ("chrome", "ENGLISH.get(element)"): set(),  # of the frame, read below
    ("chrome", "element.dataset.tLabel"): set(),
    **{("claims", name): kinds() for name in ("O.core.kinds[k]", "claim.kind")},
    **{("claims", name): OUTCOMES for name in ("OUTCOMES[k]", "m")},
    ("claims", "words"): table("claims", "SORTS"),
    ("contradictions", "k"): kinds(),
    **{("coverage", name): table("coverage", "WHAT") for name in ("words", "WHAT[one.what] || one.what")},
    **{("forecasts", name): table("forecasts", "WORDS") for name in ("WORDS[one.outcome]", "WORDS[o]")},
    **{("losses", name): STATUSES for name in ("name", "kind", "state")},
    ("map-legend", "O.core.beliefs.note"): {NOTE},
    ("map-list", "place.kind"): table("store", "KIND"),
    ("map-place", "status"): {"contested"},
    ("map-place", "HOW[place.kind]"): table("map-place", "HOW"),
    ("map", "label"): table("map", "CONTROLS", keyed=True),
    ("methods", "O.core.beliefs.note"): {NOTE},
    ("methods", "term"): table("methods", "TERMS"),
    ("methods", "words"): table("methods", "TERMS") | table("methods", "LIMITS"),
    ("pages", "claim.kind"): kinds(),
    ("places", 'one === "mentioned" ? "nothing" : one'): {"nothing"} | STANDINGS,
    ("places", "SURE[r.inferred.sureness]"): table("places", "SURE"),
    **{("propositions", name): kinds() for name in ("one.kind", "k")},
    ("reports", "O.PART[block.role]"): table("words", "PART"),
    ("reports", "v.check"): checks(),
    ("reports", "v.outcome"): OUTCOMES,
    ("reports", "kind"): kinds(),
    ("sources", "source.role"): ROLES,
    ("sources", "CASES[kind]"): table("sources", "CASES"),
    ("sources", 'BECAME[became] || became || ""'): table("sources", "BECAME"),
    ("sources", "label"): set(),  # a sort of case that the page does not know
    ("sources", "words"): table("sources", "TALLIES", keyed=True),
    ("sources", "told"): table("sources", "TALLIES", keyed=True),
    ("store", "party.name"): SIDES,
    ("store", "side"): SIDES,
    ("words", "q.comparator"): comparators(),
    ("words", "UNITS[q.unit] || q.unit"): measures(),
    ("words", 'q.converted[1].replace(/_/g, " ")'): conversions(),
    ("words", "O.CERTAINTY[certainty] || certainty"): CERTAINTIES,
}


def spoken() -> tuple[set[str], set[tuple[str, str]]]:
    """All that the page can say through O.t, and the calls that name no string and are not known."""
    found, unknown = set(), set()
    for path in sorted(SCRIPTS.glob("*.js")):
        source = path.read_text("utf-8")
        for first, *_ in calls(source, "t"):
            if (path.stem, first) in KNOWN:
                found |= KNOWN[path.stem, first]
            elif first.startswith("`No such"):
                found |= {f"No such {what}" for other in SCRIPTS.glob("*.js") for what in missing(other)}
            elif words := re.findall(LITERAL, first):
                found |= set(words)
            else:
                unknown.add((path.stem, first))
    return found | frame(), unknown


def missing(path: Path) -> list[str]:
    return re.findall(r'O\.missing\("([^"]+)"\)', path.read_text("utf-8"))


def frame() -> set[str]:
    """The words of the page's frame."""
    html = FRAME.read_text("utf-8")
    labels = re.findall(r'data-t-label="([^"]+)"', html)
    return {" ".join(words.split()) for words in re.findall(r"<[^>]* data-t>([^<]+)<", html)} | set(labels)


def nouns() -> set[str]:
    """What is counted."""
    found = table("words", "COUNTED")
    for path in SCRIPTS.glob("*.js"):
        for _, noun in calls(path.read_text("utf-8"), "count"):
            found |= set(re.findall(LITERAL, noun))
    return found
