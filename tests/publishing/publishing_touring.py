"""A tour of a whole site: every route that the scripts know, and what of a view may not be there."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from publishing_reading import core_of, piece_of, pieces_of

# What lies in a view that no view makes, and where its links and pictures lead.
FOREIGN = r"""() => {
  const wrong = [];
  const foreign = `main script, iframe, object, embed, base, form[action], [formaction], main meta, main link,
    main style, [srcdoc]`;
  const leads = /^(#|https?:\/\/[^/?#@\s]+([/?#][^\s<>"]*)?$|(\.\.\/)?[\w-]+(\/\d+)?\.html(#.*)?$)/;
  const say = (what, e) => wrong.push(`${what}: ${e.outerHTML.slice(0, 160)}`);
  for (const e of document.querySelectorAll(foreign)) say("foreign", e);
  for (const e of document.querySelectorAll("*")) for (const { name, value } of e.attributes) {
    if (/^on/i.test(name)) say("handler", e);
    const link = /^(xlink:)?href$/i.test(name) && e.closest("main, footer, header");
    if (link && !leads.test(value)) say("address", e);
    if (name === "src" && e.closest("main") && !/^checks\/[\w-]+\.svg$/.test(value)) say("source", e);
  }
  return wrong;
}"""


def route_names() -> set[str]:
    """The names of all routes that the scripts register."""
    scripts = sorted((files("oskil.publishing") / "static" / "js").iterdir(), key=lambda p: p.name)
    words = "\n".join(path.read_text("utf-8") for path in scripts if path.name.endswith(".js"))
    code = "\n".join(line for line in words.splitlines() if not line.strip().startswith("//"))
    return set(re.findall(r'O\.route\("([a-z]*)"', code))


def name_of(route: str) -> str:
    """The name of an address's route."""
    return route.removeprefix("#/").split("?")[0].split("/")[0]


def tour(folder: Path) -> list[str]:
    """An address of every route, and of each filter and kind of entry that leads to another view."""
    core = core_of(folder)
    lists = (
        "claims map places propositions contradictions checks sources forecasts losses coverage corrections"
    )
    found = ["#/", *(f"#/{name}" for name in (*lists.split(), "methods", "notes", "search"))]
    found += [
        "#/search?q=a",
        "#/claims?sort=when&down=1",
        "#/claims?q=arden",
        "#/losses?by=status",
        "#/nonsense",
    ]
    found += ["#/map?embed=1", "#/checks?outcome=all", "#/places?sort=name", "#/contradictions?sides=across"]
    claims, documents = pieces_of(folder, "claims"), pieces_of(folder, "documents")
    found += [f"#/claim/{c['id']}" for c in claims[:2]] + [f"#/document/{d['id']}" for d in documents[-2:]]
    found += [f"#/claims?document={d['id']}" for d in documents[:1]]
    found += [f"#/check/{v['id']}" for v in pieces_of(folder, "verdicts")[:2]]
    found += [
        f"#/place/{i}" for i, n in zip(core["places"]["id"], core["places"]["claims"], strict=True) if n
    ][:2]
    if core["has"]["sources"]:
        found += [
            f"#/source/{quote(s['name'], safe='')}" for s in piece_of(folder / "data" / "sources.js")[:2]
        ]
    if core["has"]["propositions"]["count"]:
        found += ["#/proposition/0"]
    if claims:
        found += [f"#/proposition/of/{claims[0]['id']}"]
    return found
