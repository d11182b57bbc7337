// What contradicts what, and the verdicts of the checks.
"use strict";
(function (O) {
  const h = O.h;

  O.contradictionsPage = function () {
    const pairs = O.record.contradictions;
    return { title: "Contradictions", node: h("div", { class: "pairs-page" }, h("h1", {}, "What contradicts what"),
      h("p", { class: "intro" }, pairs.length ? "Two claims that cannot both be true, side by side. Which of them is wrong is not decided here." : "No two claims were found that cannot both be true."),
      h("ol", { class: "pairs" }, pairs.map((pair) => h("li", { class: "pair" },
        half(O.record.claims[pair.first]), h("p", { class: "because" }, h("span", { class: "sign", "aria-hidden": "true" }, "⇄"), h("span", {}, pair.reason)), half(O.record.claims[pair.second]))))) };
  };

  const half = (claim) => h("div", { class: `half ${O.tone(claim.side)}` },
    h("blockquote", { dir: "auto" }, h("a", { href: O.link.claim(claim) }, claim.quote)), O.chain(claim),
    h("p", { class: "meta" }, claim.kind, claim.polarity === "denied" ? ", denied" : "", " · ", O.certainty(claim), claim.time ? ` · ${O.period(claim.time)}` : "", " · ", O.placeLinks(claim)));

  const OUTCOMES = ["contradicted", "differs", "agrees", "cannot be checked"];

  O.checksPage = function (query) {
    const wanted = query.get("outcome");
    const all = O.record.verdicts;
    const shown = all.filter((v) => !wanted || v.outcome === wanted).sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
    return { title: "Checks", node: h("div", { class: "checks-page" }, h("h1", {}, "Checks"),
      h("p", { class: "intro" }, "Figures in the reports, calculated again from data. A verdict is about the figure, not about the war; anyone can repeat it."),
      h("ul", { class: "outcomes", "aria-label": "Verdicts by outcome" }, h("li", {}, h("a", { href: "#/checks", "aria-current": wanted ? null : "true" }, `all ${all.length}`)),
        OUTCOMES.map((o) => h("li", {}, h("a", { href: `#/checks?outcome=${encodeURIComponent(o)}`, class: `badge ${o.replace(/ /g, "-")}`, "aria-current": wanted === o ? "true" : null }, `${O.OUTCOME[o]} ${o} ${all.filter((v) => v.outcome === o).length}`)))),
      h("ol", { class: "checks" }, gathered(shown).map((group) => (group.length > 1 ? folded(group) : verdict(group[0], false)))), shown.length ? null : h("p", { class: "empty" }, "No verdict of this outcome.")) };
  };

  // What cannot be checked in one report, in one way, is one line that opens; the rest stand singly.
  function gathered(verdicts) {
    const groups = new Map();
    verdicts.forEach((v, i) => {
      const key = v.outcome === "cannot be checked" ? `${O.record.claims[v.claim].document} ${v.check}` : `single ${i}`;
      groups.set(key, [...(groups.get(key) || []), v]);
    });
    return [...groups.values()];
  }

  function folded(group) {
    const [v] = group, doc = O.documentOf(O.record.claims[v.claim]);
    return h("li", { class: "check cannot-be-checked folded" }, h("details", {},
      h("summary", {}, h("span", { class: "sign", "aria-hidden": "true" }, O.OUTCOME[v.outcome]), h("strong", {}, ` ${O.plural(group.length, v.check)} cannot be checked`), " in ", O.bdi(doc.title)),
      h("ul", {}, group.map((one) => h("li", {}, h("a", { href: O.link.claim(O.record.claims[one.claim]) }, O.bdi(one.stated)), h("p", { class: "reason" }, O.bdi(one.reason)))))));
  }

  // One verdict with its working open: where a mark in a text leads.
  O.checkPage = function (v) {
    const claim = O.record.claims[v.claim];
    return { title: `Check of ${v.check}`, node: h("div", { class: "checks-page" }, h("h1", {}, `Check: ${v.check}`),
      h("ol", { class: "checks one" }, verdict(v, true)),
      h("p", {}, h("a", { href: O.link.claim(claim) }, "The claim where it stands"), " · ", h("a", { href: "#/checks" }, "All checks"))) };
  };

  function picture(v) {
    return v.picture ? h("p", { class: "picture" }, h("img", { src: `checks/${encodeURIComponent(v.picture)}.svg`, alt: `The working of the check: ${v.found}`, width: 640, height: 420, loading: "lazy" })) : null;
  }

  function verdict(v, open) {
    const claim = O.record.claims[v.claim];
    const places = v.places.map((id) => O.places.get(id)).filter(Boolean);
    return h("li", { class: `check ${v.outcome.replace(/ /g, "-")}` },
      h("p", { class: "outcome" }, h("span", { class: "sign", "aria-hidden": "true" }, O.OUTCOME[v.outcome]), h("strong", {}, v.outcome), h("span", { class: "meta" }, ` · ${v.check}`)),
      h("p", { class: "quote", dir: "auto" }, h("a", { href: O.link.claim(claim) }, claim.quote)),
      h("p", { class: "meta" }, O.by(claim)),
      h("dl", { class: "found" }, h("div", {}, h("dt", {}, "Stated"), h("dd", {}, O.bdi(v.stated))), h("div", {}, h("dt", {}, "Found"), h("dd", {}, O.bdi(v.found)))),
      ruler(v), h("p", { class: "reason" }, O.bdi(v.reason)),
      h("details", { open: open === true }, h("summary", {}, "How it was calculated"), picture(v),
        v.steps.length ? h("ol", { class: "steps" }, v.steps.map((step) => h("li", {}, O.bdi(step)))) : null,
        h("dl", { class: "how" }, h("dt", {}, "Method"), h("dd", {}, v.method), h("dt", {}, "Tolerance"), h("dd", {}, v.tolerance),
          places.length ? [h("dt", {}, "Places"), h("dd", {}, places.map((p, i) => [i ? ", " : null, h("a", { href: O.link.place(p) }, O.bdi(p.name))]))] : null,
          v.data.length ? [h("dt", {}, "Data"), h("dd", {}, v.data.map(([name, version, hash]) => h("p", {}, `${name} ${version}`, hash ? h("code", { class: "hash", title: "SHA-256" }, hash) : null)))] : null)));
  }

  // The range that counts as agreement as a band, and the number found as a point.
  function ruler(v) {
    if (v.value === null || v.low === null || v.high === null || v.unit === "rank") return null;
    const low = Math.min(v.value, v.low), high = Math.max(v.value, v.high), pad = (high - low) * 0.18 || 1;
    const at = (x) => 6 + ((x - low + pad) / (high - low + 2 * pad)) * 308;
    const unit = v.unit ? ` ${v.unit.replace("**2", "²").replace(/_/g, " ")}` : "";
    const round = (x) => Number(x.toPrecision(3)).toLocaleString("en-GB");
    const words = `would agree: ${round(v.low)} to ${round(v.high)}${unit}`;
    const half = words.length * 2.9, middle = Math.min(318 - half, Math.max(2 + half, at((v.low + v.high) / 2)));
    const s = O.s;
    return s("svg", { class: "ruler", viewBox: "0 0 320 44", role: "img", "aria-label": `Found ${round(v.value)}${unit}; ${words}` },
      s("path", { class: "axis", d: "M6 18H314" }), s("rect", { class: "band", x: at(v.low), y: 12, width: Math.max(2, at(v.high) - at(v.low)), height: 12, rx: 2 }),
      s("circle", { class: "point", cx: at(v.value), cy: 18, r: 6 }),
      s("text", { x: middle, y: 40, "text-anchor": "middle" }, words));
  }
})(window.Oskil);
