"""The status page: one file of HTML that asks nobody for anything."""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path

from oskil.sources.watch.status import ORDER, Standing, headline, moment

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#666;--paper:#fff;--line:#ddd}
@media(prefers-color-scheme:dark){:root{--ink:#eee;--soft:#aaa;--paper:#161616;--line:#333}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;
border-bottom:1px solid var(--line);vertical-align:top}th,small{color:var(--soft);font-weight:normal}
.fresh{color:#2e7d32}.late{color:#b26a00}.failing{color:#c62828}.not-asked{color:#6a1b9a}
p.silent{border-left:4px solid #c62828;padding:.3rem .8rem}
p.all{border-left:4px solid #2e7d32;padding:.3rem .8rem}
"""


def write(standings: list[Standing], now: dt.datetime, path: Path) -> None:
    """Write the page, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(html(standings, now), encoding="utf8")
    part.replace(path)


def html(standings: list[Standing], now: dt.datetime) -> str:
    """The page as text: the headline, then the sources, the silent ones first."""
    ordered = sorted(standings, key=lambda one: ORDER.index(one.health))
    silent = any(one.health != "fresh" for one in ordered)
    rows = "\n".join(_row(one) for one in ordered)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sources: fresh, late, failing</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{_STYLE}</style></head><body>
<h1>Sources</h1>
<p class="{"silent" if silent else "all"}">{escape(headline(ordered))}</p>
<table><thead><tr><th>State</th><th>Source</th><th>Why</th><th>Last answer</th><th>Documents</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p><small>As of {moment(now)}. A source is late where its newest document is older than the list
expects.</small></p>
</body></html>
"""


def _row(one: Standing) -> str:
    name = escape(one.watched.name)
    address = escape(one.watched.url or f"t.me/{one.watched.telegram}")
    state = one.health.replace(" ", "-")
    return (
        f'<tr><td class="{state}">{one.health}</td><td>{name}<br><small>{address}</small></td>'
        f"<td>{escape(one.why)}</td><td>{moment(one.state.answered)}</td><td>{one.state.documents:,}</td></tr>"
    )
