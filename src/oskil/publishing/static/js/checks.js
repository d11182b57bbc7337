// The verdicts of the checks, and the working of each.
"use strict";
(function (O) {
  const h = O.h, s = O.s, PER = 40;
  const OUTCOMES = ["contradicted", "differs", "agrees", "cannot be checked"];
  const tone = (outcome) => outcome.replace(/ /g, "-");
  const sign = (outcome) => h("span", { class: "sign", "aria-hidden": "true" }, O.OUTCOME[outcome]);

  O.checksPage = async function (parts, query) {
    const title = O.t("Checks"), pieces = O.core.pieces.verdicts, total = O.core.pieces.verdicts.entries, counts = O.core.counts.outcomes;
    const intro = O.t("Figures in the reports, calculated again from data. A verdict is about the figure, not about the war; anyone can repeat it.");
    if (!pieces.count) return O.shown(title, O.sheet("checks", title, null, O.blank(O.t("No figure of these reports could be set against data."))));
    // What could be checked stands first: the rest is mostly many times as long.
    const done = OUTCOMES.slice(0, 3).reduce((sum, o) => sum + (counts[o] || 0), 0), asked = query.get("outcome") || "";
    const wanted = OUTCOMES.includes(asked) ? [asked] : asked === "all" || !done ? null : OUTCOMES.slice(0, 3), check = query.get("check"), page = O.pageNumber(query);
    const keep = wanted || check ? (v) => (!wanted || wanted.includes(v.outcome)) && (!check || v.check === check) : null;
    const shown = await O.pageOfPieces("verdicts", pieces, { page, per: PER, keep });
    const known = check ? null : wanted ? wanted.reduce((sum, o) => sum + (counts[o] || 0), 0) : total;
    const facet = (o) => ({ value: o, words: `${O.OUTCOME[o]} ${O.t(o)}`, count: counts[o] || 0, tone: tone(o) });
    return O.shown(title, O.sheet("checks", title, intro,
      O.facets(O.t("Verdicts by outcome"), [...(done ? [{ value: "", words: O.t("checked"), count: done }] : []), ...OUTCOMES.map(facet), { value: done ? "all" : "", words: O.t("all"), count: total }], asked, (value) => O.hrefWith("checks", query, { outcome: value })),
      check ? h("p", { class: "narrowed" }, O.t("Only of the check: {check}", { check: O.t(check) }), " · ", h("a", { href: O.hrefWith("checks", query, { check: null }) }, O.t("every check"))) : null,
      shown.entries.length ? h("ol", { class: "checks" }, gathered(shown.entries.map((one) => one[1])).map((group) => (group.length > 1 ? folded(group) : verdict(group[0], false, query)))) : O.blank(O.t("No verdict of this outcome.")),
      O.pager({ page, per: PER, shown: shown.entries.length, more: shown.more, total: known, href: (to) => O.hrefWith("checks", query, { page: to }) })));
  };

  // What cannot be checked, one after another in one outlet and in one way, is one line that opens.
  function gathered(verdicts) {
    const groups = [];
    for (const v of verdicts) {
      const last = groups[groups.length - 1];
      const same = last && v.outcome === "cannot be checked" && last[0].outcome === v.outcome && last[0].check === v.check && last[0].claim.outlet === v.claim.outlet;
      same ? last.push(v) : groups.push([v]);
    }
    return groups;
  }

  function folded(group) {
    const [v] = group;
    return h("li", { class: "check cannot-be-checked folded" }, h("details", {},
      h("summary", {}, sign(v.outcome), h("strong", {}, ` ${O.t(v.check)}: ${O.t("{n} cannot be checked", { n: O.number(group.length) })}`), " · ", O.bdi(v.claim.outlet || O.t("outlet not known"))),
      h("ul", {}, group.map((one) => h("li", {}, h("a", { href: O.link.claim(one.claim) }, O.bdi(one.stated)), h("p", { class: "reason" }, O.bdi(one.reason)))))));
  }

  // One verdict with its working open: where a mark in a text leads.
  O.checkPage = async function (parts) {
    const found = await O.find("verdicts", parts[0] || "");
    if (!found) return O.missing("check");
    const claim = await O.claim(found[0]), v = { ...claim.verdicts[found[1]], claim };
    return O.shown(O.t("Check: {check}", { check: O.t(v.check) }), O.sheet("checks", O.t("Check: {check}", { check: O.t(v.check) }), null,
      h("ol", { class: "checks one" }, verdict(v, true)),
      h("p", {}, h("a", { href: O.link.claim(claim) }, O.t("The claim where it stands")), " · ", h("a", { href: "#/checks" }, O.t("All checks")))));
  };

  const picture = (v) => (v.picture ? h("p", { class: "picture" }, h("img", { src: `checks/${encodeURIComponent(v.picture)}.svg`, alt: O.t("The working of the check: {found}", { found: v.found }), width: 640, height: 420, loading: "lazy" })) : null);

  function verdict(v, open, query) {
    const places = v.places.map((id) => O.places.get(id)).filter(Boolean);
    return h("li", { class: `check ${tone(v.outcome)}` },
      h("p", { class: "outcome" }, sign(v.outcome), h("strong", {}, O.t(v.outcome)), h("span", { class: "meta" }, " · ", open ? O.t(v.check) : h("a", { href: O.hrefWith("checks", query, { check: v.check }) }, O.t(v.check)))),
      h("p", { class: "quote", dir: "auto" }, h("a", { href: O.link.claim(v.claim) }, v.claim.quote)),
      h("p", { class: "meta" }, O.saidBy(v.claim)),
      h("dl", { class: "found" }, h("div", {}, h("dt", {}, O.t("Stated")), h("dd", {}, O.bdi(v.stated))), h("div", {}, h("dt", {}, O.t("Found")), h("dd", {}, v.found ? O.bdi(v.found) : "–"))),
      ruler(v), h("p", { class: "reason" }, O.bdi(v.reason)), open ? null : h("p", { class: "meta" }, h("a", { href: O.link.verdict(v) }, O.t("This check alone"))), working(v, open, places));
  }

  const working = (v, open, places) => h("details", { open: open === true }, h("summary", {}, O.t("How it was calculated")), open ? picture(v) : null,
    v.steps.length ? h("ol", { class: "steps" }, v.steps.map((step) => h("li", {}, O.bdi(step)))) : null,
    h("dl", { class: "how" }, h("dt", {}, O.t("Method")), h("dd", {}, O.bdi(v.method)), h("dt", {}, O.t("Tolerance")), h("dd", {}, O.bdi(v.tolerance)),
      places.length ? [h("dt", {}, O.t("Places")), h("dd", {}, places.map((p, i) => [i ? ", " : null, h("a", { href: O.link.place(p) }, O.bdi(p.name))]))] : null,
      v.data.length ? [h("dt", {}, O.t("Data")), h("dd", {}, v.data.map(([name, version, hash]) => h("p", {}, O.bdi(name), ` ${version}`, hash ? h("code", { class: "hash", title: "SHA-256" }, hash) : null)))] : null));

  // The range that counts as agreement as a band, and the number found as a point.
  function ruler(v) {
    if (v.value === null || v.low === null || v.high === null || v.unit === "rank") return null;
    const low = Math.min(v.value, v.low), high = Math.max(v.value, v.high), pad = (high - low) * 0.18 || 1;
    const at = (x) => 6 + ((x - low + pad) / (high - low + 2 * pad)) * 308;
    const unit = v.unit ? ` ${O.t(v.unit.replace("**2", "²").replace(/_/g, " "))}` : "";
    const round = (x) => O.number(Number(x.toPrecision(3)));
    const words = O.t("would agree: {low} to {high}", { low: round(v.low), high: round(v.high) + unit });
    const half = words.length * 2.9, middle = Math.min(318 - half, Math.max(2 + half, at((v.low + v.high) / 2)));
    return s("svg", { class: "ruler", viewBox: "0 0 320 44", role: "img", "aria-label": `${O.t("Found {value}", { value: round(v.value) + unit })}; ${words}` },
      s("path", { class: "axis", d: "M6 18H314" }), s("rect", { class: "band", x: at(v.low), y: 12, width: Math.max(2, at(v.high) - at(v.low)), height: 12, rx: 2 }),
      s("circle", { class: "point", cx: at(v.value), cy: 18, r: 6 }),
      s("text", { x: middle, y: 40, "text-anchor": "middle" }, words));
  }

  O.route("checks", O.checksPage);
  O.route("check", O.checkPage);
})(window.Oskil);
