// Forecasts and stated intentions: what became of them, and how good each speaker's were.
"use strict";
(function (O) {
  const h = O.h, PER = 40;
  const OUTCOMES = ["came true", "did not", "open", "expired", "cannot be told"];
  const SIGN = { "came true": "✓", "did not": "✕", open: "…", expired: "–", "cannot be told": "?" };
  const WORDS = { "came true": "came true", "did not": "did not come true", open: "still open", expired: "its time ran out untold", "cannot be told": "cannot be told" };
  const tone = (outcome) => `forecast-${outcome.replace(/ /g, "-")}`;

  const speaker = (one) => one.claim.speaker || one.claim.outlet || "";
  const scored = (list) => list.filter((one) => one.score !== null && one.score !== undefined);
  const mean = (list) => (list.length ? list.reduce((sum, one) => sum + one.score, 0) / list.length : null);

  function speakers(all) {
    const found = new Map();
    for (const one of all) {
      if (!found.has(speaker(one))) found.set(speaker(one), []);
      found.get(speaker(one)).push(one);
    }
    const of = (list, outcome) => list.filter((one) => one.outcome === outcome).length;
    return [...found].map(([name, list]) => ({
      name, side: list[0].claim.side, count: list.length, came: of(list, "came true"), not: of(list, "did not"),
      left: list.length - of(list, "came true") - of(list, "did not"), score: mean(scored(list)), scored: scored(list).length,
    }));
  }

  const number = (name, words) => ({ name, words, start: "down", key: (r) => r[name], cell: (r) => O.number(r[name]) });

  const columns = (query) => [
    { name: "name", words: O.t("Who foretold"), key: (r) => r.name.toLowerCase(), cell: (r) => [h("a", { class: "name", href: O.hrefWith("forecasts", query, { speaker: r.name, sort: null, down: null }) }, O.bdi(r.name || O.t("outlet not known"))), r.side ? h("span", { class: "meta block" }, O.side(r.side)) : null] },
    number("count", O.t("Forecasts")), number("came", O.t("Came true")), number("not", O.t("Did not")), number("left", O.t("Not settled")),
    { name: "score", words: O.t("Mean score"), key: (r) => r.score, cell: (r) => (r.score === null ? "–" : [O.number(r.score), h("span", { class: "meta" }, ` ${O.t("of {scored}", { scored: O.number(r.scored) })}`)]) },
  ];

  function line(one) {
    return h("li", { class: `line forecast ${O.tone(one.claim.side)}` },
      h("p", { class: `fate ${tone(one.outcome)}` }, h("span", { class: "sign", "aria-hidden": "true" }, SIGN[one.outcome]), h("strong", {}, O.t(WORDS[one.outcome])), O.dayWords(one.resolved) ? h("span", { class: "meta" }, ` · ${O.dayWords(one.resolved)}`) : null),
      h("a", { class: "quote", href: O.link.claim(one.claim), dir: "auto" }, one.claim.quote), O.briefMeta(one.claim),
      h("p", { class: "because" }, O.bdi(one.because), "."),
      one.probability === null || one.probability === undefined ? null : h("p", { class: "chance meta" }, O.chart.scale(one.probability, O.t("Probability of its words: {p}", { p: O.percent(one.probability) })), h("span", {}, O.t("its words say {p}", { p: O.percent(one.probability) })),
        one.score === null || one.score === undefined ? null : h("span", {}, ` · ${O.t("Brier score {score}", { score: O.number(one.score) })}`)),
      one.evidence && one.evidence.length ? h("details", { class: "evidence" }, h("summary", {}, O.t("What settled it: {claims}", { claims: O.count(one.evidence.length, "claim") })), h("ol", { class: "claim-list" }, one.evidence.map((claim) => O.briefLine(claim)))) : null);
  }

  O.forecastsPage = async function (parts, query) {
    const title = O.t("Forecasts"), all = O.core.has.forecasts ? await O.piece("forecasts") : [];
    if (!all.length) return O.shown(title, O.sheet("forecasts", title, null, O.blank(O.t("Nobody foretold here who would hold a place."))));
    const wanted = OUTCOMES.includes(query.get("outcome")) ? query.get("outcome") : null, who = query.get("speaker"), page = O.pageNumber(query);
    const of = (outcome) => all.filter((one) => one.outcome === outcome).length;
    const shown = all.filter((one) => (!wanted || one.outcome === wanted) && (!who || speaker(one) === who));
    const cut = shown.slice((page - 1) * PER, page * PER), score = mean(scored(all));
    return O.shown(title, O.sheet("forecasts", title,
      O.t("Forecasts and stated intentions stay open until it is believed who holds the place, or until their time runs out. What their words say is put as a probability; the Brier score is its squared distance from what happened: 0 is best, 1 worst, and always saying “half” gets 0.25."),
      O.facets(O.t("Forecasts by what became of them"), [{ value: "", words: O.t("all"), count: all.length }, ...OUTCOMES.map((o) => ({ value: o, words: `${SIGN[o]} ${O.t(WORDS[o])}`, count: of(o), tone: tone(o) }))], wanted, (value) => O.hrefWith("forecasts", query, { outcome: value })),
      who ? h("p", { class: "narrowed" }, O.t("Only of"), " ", O.bdi(who), " · ", h("a", { href: O.hrefWith("forecasts", query, { speaker: null }) }, O.t("everybody"))) : h("section", { class: "speakers" }, h("h2", {}, O.t("By who foretold")),
        score === null ? null : h("p", { class: "meta" }, O.t("Mean score of all {scored} that were settled and told a probability: {score}.", { scored: O.number(scored(all).length), score: O.number(score) })),
        O.sortTable({ caption: O.t("Who foretold, and what became of it"), columns: columns(query), rows: speakers(all), query, sort: "count", step: 12 })),
      h("h2", {}, O.t("One by one")), cut.length ? h("ol", { class: "forecasts" }, cut.map(line)) : O.blank(O.t("No forecast fits these filters.")),
      O.pager({ page, per: PER, shown: cut.length, more: shown.length > page * PER, total: shown.length, href: (to) => O.hrefWith("forecasts", query, { page: to }) })));
  };

  O.route("forecasts", O.kept(O.forecastsPage));
})(window.Oskil);
