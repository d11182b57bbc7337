"""The word lists of `words.yaml`, read once and when first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from oskil.errors import GazetteerError

FILE = Path(__file__).parent / "words.yaml"


@cache
def _lists() -> dict[str, frozenset[str]]:
    try:
        data = yaml.load(
            FILE.read_text(encoding="utf8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
        return {name: frozenset(words.split()) for name, words in data.items()}
    except OSError as error:
        raise GazetteerError(f"the word lists cannot be read: {error.strerror}", str(FILE)) from error
    except (yaml.YAMLError, AttributeError) as error:
        raise GazetteerError(f"the word lists are not well formed: {error}", str(FILE)) from error


@cache
def words(*names: str) -> frozenset[str]:
    """One of the lists, by its name in the file; all words of several."""
    return frozenset().union(*(_lists()[name] for name in names))
