"""Abbreviations of regions that stand after a town: "Paris, Ky.", "Dallas, TX"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from oskil.errors import GazetteerError
from oskil.places.interface import Gazetteer
from oskil.records import Place

FILE = Path(__file__).parent / "abbreviations.yaml"


@cache
def regions() -> Mapping[str, tuple[str, str]]:
    """Country and name of a region by its abbreviation, written without blanks. Raises GazetteerError."""
    try:
        data = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return {short: (iso, name) for iso, listed in data.items() for short, name in listed.items()}
    except (OSError, yaml.YAMLError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(f"the abbreviations cannot be read: {reason}", str(FILE)) from error


def dotted(text: str, start: int, end: int) -> int:
    """Where a word that ends before a full stop really ends: behind it, where both are an abbreviation.

    "Ky." counts after a comma, a bracket or a party's letter; "W.Va." anywhere.
    """
    if end - start == 1 and text[start : start + 5] == "W.Va.":
        return start + 5
    led = text[start - 1 : start] in ("(", "-") or text[max(0, start - 2) : start] == ", "
    return end + 1 if led and text[start : end + 1] in regions() else end


def abbreviated(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The region that a stretch abbreviates. Capitals without full stops only after a comma: ", TX"."""
    short = text[start:end].replace(" ", "")
    known = regions().get(short)
    if known is None or ("." not in short and text[max(0, start - 2) : start] != ", "):
        return ()
    iso, name = known
    return tuple(p for p in gazetteer.search(name) if p.kind == "region" and p.country == iso)
