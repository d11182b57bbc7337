"""What size a picture says it has, read from its first bytes: a small file may unfold to a huge picture."""

from __future__ import annotations

# Tiles are 256 or 512 pixels wide, twice that for fine screens.
MOST_SIDE = 2048


def size(data: bytes, ext: str) -> tuple[int, int] | None:
    """Width and height in pixels of a `png`, `jpg` or `webp`; None where it is none."""
    return {"png": _png, "jpg": _jpeg, "webp": _webp}[ext](data)


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    # Segments up to the first that starts a frame.
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30 or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    little = int.from_bytes
    if data[12:16] == b"VP8X":
        return little(data[24:27], "little") + 1, little(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = little(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if data[12:16] == b"VP8 ":
        return little(data[26:28], "little") & 0x3FFF, little(data[28:30], "little") & 0x3FFF
    return None
