"""Making words safe to show: controls made visible, addresses checked, data escaped for a script file."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

# Controls and bidirectional overrides: they can hide words or turn their order round (Unicode TR 36, 3.8).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINES = re.compile("[\u2028\u2029]")
# What no address may hold as it is (RFC 3986, 2; RFC 3987, 4.1): blanks, what ends one in a text, marks that
# nobody sees.
_NO_ADDRESS = re.compile('[\\s<>"`{}|\\\\^\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]')


def visible(text: str) -> str:
    """Replace each control and bidirectional override by U+FFFD, one for one, so that offsets still hold."""
    return _CONTROLS.sub("\ufffd", _LINES.sub(" ", text))


def web_address(url: str | None) -> str | None:
    """The address if it is plain http or https with a host, without credentials and fragment; else None.

    What may not stand in an address is percent-encoded.
    """
    if not url or _CONTROLS.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    address = urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
    return _NO_ADDRESS.sub(lambda found: quote(found.group()), address)


def without_folders(where: str) -> str:
    """An address without credentials and query, or the last name of a path: folders name their owner."""
    if address := web_address(where):
        return address.split("?")[0]
    return where.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def script_json(value: Any) -> str:
    """JSON that may stand in a script: nothing in it can close the element or end a line."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        dumped = dumped.replace(character, f"\\u{ord(character):04x}")
    return dumped
