"""Working without the search for cycles in memory, where hardly any are made and all is kept to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Records of a hundred thousand claims are millions of objects, none of which can go before the page is
    written. Looking through all of them again and again takes a quarter of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
