// What contradicts what: two claims side by side that cannot both be true.
"use strict";
(function (O) {
  const h = O.h, PER = 20;

  const half = (claim) => h("div", { class: `half ${O.tone(claim.side)}` },
    h("blockquote", { dir: "auto" }, h("a", { href: O.link.claim(claim) }, claim.quote)), O.briefMeta(claim));

  const pair = ({ first, second, reason }) => h("li", { class: "pair" }, half(first),
    h("p", { class: "because" }, h("span", { class: "sign", "aria-hidden": "true" }, "⇄"), h("span", {}, O.bdi(reason))), half(second));

  const SIDES = {
    across: (p) => (p.first.side || "") !== (p.second.side || "") && p.first.side && p.second.side,
    within: (p) => p.first.side && p.first.side === p.second.side,
  };

  O.contradictionsPage = async function (parts, query) {
    const title = O.t("Contradictions"), pieces = O.core.pieces.contradictions, total = O.core.pieces.contradictions.entries;
    const heading = O.t("What contradicts what");
    if (!pieces.count) return O.shown(title, O.sheet("pairs", heading, null, O.blank(O.t("No two claims were found that cannot both be true."))));
    const page = O.pageNumber(query), kind = query.get("kind"), sides = query.get("sides");
    const keep = kind || SIDES[sides] ? (p) => (!kind || p.first.kind === kind || p.second.kind === kind) && (!SIDES[sides] || SIDES[sides](p)) : null;
    const shown = await O.pageOfPieces("contradictions", pieces, { page, per: PER, keep });
    const go = (change) => { location.hash = O.hrefWith("contradictions", query, change); };
    return O.shown(title, O.sheet("pairs", heading,
      O.t("Two claims that cannot both be true, side by side: {pairs}. Which of them is wrong is not decided here.", { pairs: O.count(total, "pair") }),
      h("form", { class: "filters few", "aria-label": O.t("Filter the list"), onsubmit: (e) => e.preventDefault() },
        O.choice(O.t("Kind"), "kind", [["", O.t("every kind")], ...O.core.kinds.map((k) => [k, O.t(k)])], kind, (value) => go({ kind: value })),
        O.choice(O.t("Sides"), "sides", [["", O.t("any")], ["across", O.t("between two sides")], ["within", O.t("within one side")]], sides, (value) => go({ sides: value }))),
      shown.entries.length ? h("ol", { class: "pairs" }, shown.entries.map(([, one]) => pair(one))) : O.blank(O.t("No pair fits these filters.")),
      O.pager({ page, per: PER, shown: shown.entries.length, more: shown.more, total: keep ? null : total, href: (to) => O.hrefWith("contradictions", query, { page: to }) })));
  };

  O.route("contradictions", O.contradictionsPage);
})(window.Oskil);
