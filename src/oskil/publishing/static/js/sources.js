// How far each source's word came true, and the claims that this rests on.
"use strict";
(function (O) {
  const h = O.h;

  // A source's tallies in the order in which they are told.
  const TALLIES = [
    ["gains", "Gains of its own side", "of the gains that it claimed for its own side"],
    ["others", "Gains of others", "of the gains that it reported without belonging to either side"],
    ["losses", "Losses of its own side", "of the losses that it told of on its own side"],
    ["denials", "Denials", "of what it denied was indeed not so"],
    ["states", "Who holds a place", "of what it said of who holds a place"],
    ["admits", "Admits", "of its own side’s losses it told of"],
  ];
  const CASES = {
    gain: "Gains of its own side", loss: "Losses of its own side", denial: "Denials", state: "Who holds a place", "other gain": "Gains of others",
  };
  const BECAME = { true: "came true", false: "did not come true", open: "not told yet" };

  const link = (source) => `#/source/${encodeURIComponent(source.name)}`;
  const rate = (tally) => (tally && tally.of ? tally.right / tally.of : null);

  function tallyCell(tally, words) {
    if (!tally || !tally.of) return h("span", { class: "none-told" }, "–");
    return h("span", { class: "tally-cell" }, O.chart.interval(tally, words), h("span", { class: "meta" }, O.t("{share} of {of}", { share: O.percent(tally.right / tally.of), of: O.number(tally.of) })));
  }

  const late = (days) => (days === null || days === undefined ? "–" : days === 0 ? O.t("the same day") : days > 0 ? O.t("{days} late", { days: O.count(days, "day") }) : O.t("{days} early", { days: O.count(-days, "day") }));

  const name = (source) => [h("a", { class: "name", href: link(source) }, O.bdi(source.name)), h("span", { class: "meta block" }, source.side ? O.side(source.side) : O.t("no side"), source.role ? [" · ", O.bdi(O.t(source.role))] : null)];

  function columns() {
    const tally = (key, words) => ({ name: key, words, start: "down", key: (r) => rate(r[key]), cell: (r) => tallyCell(r[key], words) });
    return [
      { name: "name", words: O.t("Source"), key: (r) => r.name.toLowerCase(), cell: name },
      { name: "claims", words: O.t("Claims"), start: "down", key: (r) => r.claims, cell: (r) => h("span", { class: "number" }, O.number(r.claims)) },
      { name: "gains", words: O.t("Gains"), start: "down", key: (r) => rate(gains(r)), cell: (r) => tallyCell(gains(r), O.t("Gains")) },
      tally("losses", O.t("Losses")), tally("denials", O.t("Denials")), tally("admits", O.t("Admits")),
      { name: "delay", words: O.t("How late"), key: (r) => r.delay, cell: (r) => late(r.delay) },
      { name: "silent", words: O.t("Silent on"), start: "down", key: (r) => (r.admits ? r.silent : null), cell: (r) => (r.admits ? O.number(r.silent || 0) : "–") },
    ];
  }

  const gains = (source) => (source.gains && source.gains.of ? source.gains : source.others);

  const explained = () => h("details", { class: "explained" }, h("summary", {}, O.t("What the columns say")),
    h("dl", {}, [
      [O.t("Gains, losses, denials"), O.t("The share that came true, by what is believed with hindsight of who held each place. The bar ends at the share; the whiskers are the interval that holds 90 in 100. A record of few cases has long whiskers and tells little.")],
      [O.t("Admits"), O.t("Of the losses of its own side, the share that it told of; the rest is counted under “Silent on”.")],
      [O.t("How late"), O.t("The median of days from a change to the source’s first word of it.")],
      [O.t("Own testimony"), O.t("Only what a source says itself counts, never its words as others pass them on.")],
    ].map(([term, words]) => [h("dt", {}, term), h("dd", {}, words)])));

  O.sourcesPage = async function (parts, query) {
    const title = O.t("Sources");
    const all = O.core.has.sources ? await O.piece("sources") : [];
    const intro = O.t("How often what each source said of gains, losses and its own denials came true. It is judged by what came to be believed of who held each place, so it is no better than that.");
    if (!all.length) return O.shown(title, O.sheet("sources", title, null, O.blank(O.t("No track record can be told here: nothing that these sources said has been settled by what came after."))));
    const sides = [...new Set(all.map((one) => one.side || "none"))], wanted = query.get("side");
    const shown = all.filter((one) => !wanted || (one.side || "none") === wanted).map((one) => ({ ...one, tone: O.tone(one.side) }));
    return O.shown(title, O.sheet("sources", title, intro,
      O.facets(O.t("Sources by side"), [{ value: "", words: O.t("all"), count: all.length }, ...sides.map((side) => ({ value: side, words: side === "none" ? O.t("no side") : O.sideName(side), count: all.filter((one) => (one.side || "none") === side).length }))], wanted, (value) => O.hrefWith("sources", query, { side: value })),
      explained(), shown.length ? O.sortTable({ caption: O.t("Sources and how far their word came true"), columns: columns(), rows: shown, query, sort: "claims" }) : O.blank(O.t("No source is of this side."))));
  };

  function cases(source) {
    return source.cases.filter((one) => one[1].length).map(([label, numbers]) => {
      const [kind, became] = label.split(", ");
      const list = O.claimsList(numbers, { first: 5 });
      const words = CASES[kind] ? `${O.t(CASES[kind])}: ${O.t(BECAME[became] || became || "")}` : O.t(label);
      return { ready: list.ready, node: h("section", { class: `cases ${became === "false" ? "failed" : ""}` }, h("h3", {}, words, h("span", { class: "count" }, ` ${O.number(numbers.length)}`)), list.node) };
    });
  }

  O.sourcePage = async function (parts) {
    const all = O.core.has.sources ? await O.piece("sources") : [];
    const source = all.find((one) => one.name === parts[0]);
    if (!source) return O.missing("source");
    const told = TALLIES.filter(([key]) => source[key] && source[key].of), lists = cases(source);
    await Promise.all(lists.map((one) => one.ready));
    return O.shown(source.name, O.sheet("source", O.bdi(source.name), null,
      h("p", { class: "source-line" }, source.side ? O.side(source.side) : O.t("no side"), source.role ? [" · ", O.bdi(O.t(source.role))] : null, " · ", h("a", { href: O.link.claims({ speaker: source.name }) }, O.count(source.claims, "claim"))),
      told.length ? h("dl", { class: `record ${O.tone(source.side)}` }, told.map(([key, words, told]) => h("div", {}, h("dt", {}, O.t(words)), h("dd", {}, tallyCell(source[key], O.t(words)), h("p", { class: "meta" }, sentence(source[key], told)))))) : O.blank(O.t("Nothing that it said has been settled by what came after.")),
      h("ul", { class: "facts" },
        source.delay === null || source.delay === undefined ? null : h("li", {}, O.t("Its first word of a change came, at the median of its cases: {late}.", { late: late(source.delay) })),
        source.admits && source.silent ? h("li", {}, O.t("Of its own side’s losses it never told of {silent}.", { silent: O.number(source.silent) })) : null),
      lists.length ? [h("h2", {}, O.t("What became of its words")), lists.map((one) => one.node)] : null,
      h("p", { class: "onward" }, h("a", { href: "#/sources" }, O.t("All sources")))));
  };

  const sentence = (tally, told) => `${O.percent(tally.right / tally.of)} ${O.t(told)}; ${O.t("between {low} and {high}, of {of}", { low: O.percent(tally.low), high: O.percent(tally.high), of: O.count(Math.round(tally.of), "case") })}.`;

  O.route("sources", O.kept(O.sourcesPage));
  O.route("source", O.sourcePage);
})(window.Oskil);
