"""Words that say what kind of thing a name is of, as data: "river", "highway", "річка"."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "layer_words.yaml"


@cache
def class_words() -> frozenset[str]:
    """All of them, as keys, the Cyrillic ones in Latin letters as well."""
    import yaml

    from oskil.places.normalise import key
    from oskil.places.romanise import romanised

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(FILE.read_text(encoding="utf8"), Loader=loader)
    listed = [word.strip() for words in data.values() for word in words.split("|")]
    return frozenset(key(form) for word in listed for form in (word, *romanised(word)))
