"""Pictures of workings as SVG files: a map for what is geometric, a chart for a series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from oskil.publishing.safety import snap
from oskil.records import Bar, Shape, Working

Words = Callable[[str], str]

_WIDE, _HIGH, _EDGE = 640.0, 420.0, 34.0
_PAPER, _INK, _MUTED = "#fcfbf8", "#1c1f22", "#5b6168"
# Okabe and Ito's palette, darkened where it stands on paper; told apart by pattern and label too.
_FILL = {"before": "#b5470833", "gained": "#0a62a088", "contested": "#7a620044"}
_STROKE = {
    "before": "#b54708",
    "gained": "#0a62a0",
    "contested": "#7a6200",
    "feature": "#1f6f8f",
    "line": "#1c1f22",
}
_BAR = {"stated": "#b54708", "found": "#0a62a0", "other": "#8f9aa3", "none": "#d5d0c4"}
_MOST_BARS, _LABELS = 140, 9


def draw(working: Working, words: Words, grid: float) -> str | None:
    """The picture of a working, None without anything to draw. `words` redacts; points lie on the grid."""
    drawn = [shape for shape in working.shapes if shape.kind != "point"]
    if drawn:
        return _map(working.shapes, words, grid)
    if working.bars:
        return _chart(working.bars[:_MOST_BARS], words(working.unit), words)
    return None


def _svg(inner: str, label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {_HIGH:g}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{_text(label)}</title>'
        f'<rect width="{_WIDE:g}" height="{_HIGH:g}" fill="{_PAPER}"/>{inner}</svg>\n'
    )


def _text(words: str) -> str:
    return escape(words, {'"': "&quot;"})


def _map(shapes: tuple[Shape, ...], words: Words, grid: float) -> str:
    moved = [(shape, [[_snapped(p, grid) for p in line] for line in shape.lines]) for shape in shapes]
    # The place, the line and what was gained make the frame; the ground before is cut by it.
    framing = [lines for shape, lines in moved if shape.role != "before"] or [lines for _, lines in moved]
    at = _projection([point for lines in framing for line in lines for point in line])
    inner, labels = [], []
    for shape, lines in moved:
        paths = " ".join(_path(line, at, closed=shape.kind == "area") for line in lines)
        stroke = _STROKE.get(shape.role, _INK)
        if shape.kind == "point":
            x, y = at(lines[0][0])
            inner.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_INK}"/>')
            labels.append(_label(x + 9, y + 4, words(shape.label)))
        elif shape.kind == "area":
            fill = _FILL.get(shape.role, "#8884")
            inner.append(f'<path d="{paths}" fill="{fill}" stroke="{stroke}" stroke-width="1.2"/>')
        else:
            inner.append(f'<path d="{paths}" fill="none" stroke="{stroke}" stroke-width="2.4"/>')
    key = [(shape.role, words(shape.label)) for shape in shapes if shape.kind != "point"]
    title = "; ".join(words(shape.label) for shape in shapes)
    clip = f'<clipPath id="c"><rect width="{_WIDE:g}" height="{_HIGH:g}"/></clipPath>'
    body = (
        f'{clip}<g clip-path="url(#c)">{"".join(inner)}</g>{"".join(labels)}{_key(key)}{_scale(at)}{_north()}'
    )
    return _svg(body, title)


_At = Callable[[tuple[float, float]], tuple[float, float]]


def _snapped(point: tuple[float, float], grid: float) -> tuple[float, float]:
    return snap(point[0], grid), snap(point[1], grid)


class _Projection:
    """Degrees to pixels, with one scale for both axes at the middle latitude."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self.middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        self.narrow = max(0.1, math.cos(math.radians(self.middle[1])))
        wide = max(max(xs) - min(xs), 0.25) * self.narrow
        high = max(max(ys) - min(ys), 0.2)
        self.scale = min((_WIDE - 4 * _EDGE) / wide, (_HIGH - 4 * _EDGE) / high)

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        x = _WIDE / 2 + (point[0] - self.middle[0]) * self.narrow * self.scale
        y = _HIGH / 2 - (point[1] - self.middle[1]) * self.scale
        return max(-4e3, min(4e3, x)), max(-4e3, min(4e3, y))


def _projection(points: list[tuple[float, float]]) -> _Projection:
    return _Projection(points)


def _path(line: list[tuple[float, float]], at: _At, *, closed: bool) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(p) for p in line))
    return f"M{steps}{'Z' if closed else ''}"


def _label(x: float, y: float, words: str) -> str:
    halo = f'stroke="{_PAPER}" stroke-width="4" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}" {halo}>{_text(words)}</text>'


def _key(entries: list[tuple[str, str]]) -> str:
    rows = []
    for number, (role, words) in enumerate(dict.fromkeys(entries)):
        y = 22 + 19 * number
        fill = _FILL.get(role, "none")
        stroke = _STROKE.get(role, _INK)
        rows.append(f'<rect x="12" y="{y - 10}" width="18" height="12" fill="{fill}" stroke="{stroke}"/>')
        rows.append(_label(36, y, words))
    return "".join(rows)


def _scale(at: _Projection) -> str:
    """A bar of a round number of kilometres, about a fifth of the picture's width."""
    pixels_per_km = at.scale / 111.2
    wanted = _WIDE / 5 / pixels_per_km
    step = 10 ** math.floor(math.log10(wanted))
    km = max(n * step for n in (1, 2, 5) if n * step <= wanted)
    x, y = _WIDE - 14, _HIGH - 16
    return (
        f'<path d="M{x - km * pixels_per_km:.1f} {y}H{x}" stroke="{_INK}" stroke-width="3"/>'
        f'<text x="{x}" y="{y - 7}" text-anchor="end" fill="{_INK}">{km:g} km</text>'
    )


def _north() -> str:
    return f'<text x="{_WIDE - 14:g}" y="22" text-anchor="end" fill="{_MUTED}">north is up</text>'


def _chart(bars: tuple[Bar, ...], unit: str, words: Words) -> str:
    top, foot = _EDGE + 14, _HIGH - _EDGE - 44
    low, high = min(0.0, *(bar.value for bar in bars)), max(0.0, *(bar.value for bar in bars))
    span = (high - low) or 1.0
    step = (_WIDE - 2 * _EDGE) / len(bars)
    zero = foot - (0.0 - low) / span * (foot - top)
    drawn = []
    for number, bar in enumerate(bars):
        x = _EDGE + number * step
        y = foot - (bar.value - low) / span * (foot - top)
        # A bar of nothing is a dash on the axis, so that a day without entries is seen to be one.
        height = max(abs(zero - y), 1.5)
        box = f'x="{x + step * 0.12:.1f}" y="{min(y, zero):.1f}" width="{step * 0.76:.1f}"'
        told = f"<title>{_text(words(bar.label))}: {bar.value:g}</title>"
        drawn.append(f'<rect {box} height="{height:.1f}" fill="{_BAR.get(bar.role, _INK)}">{told}</rect>')
    drawn += _bar_labels(bars, step, foot, words)
    axis = f'<path d="M{_EDGE} {zero:.1f}H{_WIDE - _EDGE}" stroke="{_INK}"/>'
    head = f'<text x="{_EDGE}" y="22" fill="{_INK}">{_text(unit)}</text>'
    most = f'<text x="{_EDGE - 4}" y="{top + 4:.1f}" text-anchor="end" fill="{_MUTED}">{high:g}</text>'
    return _svg("".join((*drawn, axis, head, most if high else "")), f"{unit}: {len(bars)} bars")


def _bar_labels(bars: tuple[Bar, ...], step: float, foot: float, words: Words) -> Iterator[str]:
    every = max(1, math.ceil(len(bars) / _LABELS))
    for number, bar in enumerate(bars):
        x = _EDGE + (number + 0.5) * step
        if number % every == 0 or bar.role == "stated":
            yield (
                f'<text transform="translate({x:.1f} {foot + 16:.1f}) rotate(24)" font-size="11" '
                f'fill="{_MUTED}">{_text(words(bar.label))}</text>'
            )
        if len(bars) <= 2 * _LABELS:
            yield (
                f'<text x="{x:.1f}" y="{_EDGE + 8:.1f}" text-anchor="middle" font-size="11" '
                f'fill="{_BAR.get(bar.role, _INK) if bar.role != "none" else _MUTED}">{bar.value:g}</text>'
            )
