// What each feed gave on each day, so that silence is not taken for calm; and what was corrected since.
"use strict";
(function (O) {
  const h = O.h, QUIET = 5, PER = 60;

  const silence = (days) => O.t("nothing from this feed for {days}", { days: O.count(days, "day") });
  const long = ([from, to]) => to - from + 1;

  function feed(one, days) {
    const dated = one.runs.length > 0, quiet = dated && one.quiet > QUIET, end = quiet ? [[one.last + 1, days.count - 1]] : [];
    const gaps = [...one.gaps, ...end], name = one.outlet || O.t("outlet not known");
    const worst = one.gaps.reduce((most, gap) => Math.max(most, long(gap)), 0);
    const words = [O.count(one.documents, "report"), one.gaps.length ? O.t("{gaps}, the longest of {days}", { gaps: O.count(one.gaps.length, "gap"), days: O.count(worst, "day") }) : O.t("no gap of more than 5 days"), quiet ? silence(one.quiet) : O.t("heard to the end")].join("; ");
    const hush = quiet ? silence(one.quiet) : dated ? null : O.t("none of its reports tells its day");
    return h("li", { class: `feed ${O.tone(one.side)}${quiet ? " silent" : ""}` },
      h("div", { class: "feed-head" }, h("h2", {}, O.bdi(name)), one.side ? O.side(one.side) : null,
        hush ? h("strong", { class: "hush" }, hush) : null),
      dated ? O.chart.strip({ title: `${name}: ${words}`, runs: one.runs, gaps, first: 0, count: days.count, tone: O.tone(one.side) }) : null,
      h("p", { class: "meta" }, O.count(one.documents, "report"), " · ", O.count(one.claims, "claim"), one.first >= 0 ? ` · ${O.spanWords([one.first, one.last])}` : "",
        one.gaps.length ? ` · ${O.t("{gaps}, the longest of {days}", { gaps: O.count(one.gaps.length, "gap"), days: O.count(worst, "day") })}` : ""),
      one.gaps.length ? h("details", {}, h("summary", {}, O.t("The gaps")), h("ul", { class: "gaps" }, one.gaps.map((gap) => h("li", {}, `${O.spanWords(gap)} (${O.count(long(gap), "day")})`)))) : null);
  }

  const ORDERS = {
    "": (a, b) => b.documents - a.documents,
    quiet: (a, b) => b.quiet - a.quiet,
    name: (a, b) => (a.outlet || "").localeCompare(b.outlet || ""),
  };

  O.coveragePage = async function (parts, query) {
    const title = O.t("Coverage"), all = O.core.has.coverage ? await O.piece("coverage") : [];
    if (!all.length) return O.shown(title, O.sheet("coverage", title, null, O.blank(O.t("No feed gave anything here."))));
    const days = O.core.days, last = O.day(O.dayIso(days.count - 1)), sort = Object.hasOwn(ORDERS, query.get("sort") || "") ? query.get("sort") || "" : "", page = O.pageNumber(query);
    const silent = all.filter((one) => one.runs.length && one.quiet > QUIET), order = [...all].sort(ORDERS[sort]), cut = order.slice((page - 1) * PER, page * PER);
    return O.shown(title, O.sheet("coverage", title,
      O.t("What each feed gave on each day from {first} to {last}. Hatched are days on which more than 5 in a row brought nothing. No word of a front is not a quiet front.", { first: O.day(days.first), last }),
      h("p", { class: silent.length ? "alarm" : "meta" }, silent.length ? O.t("{silent} of {feeds} gave nothing for more than 5 days before {last}: where they report from, this record does not know.", { silent: O.number(silent.length), feeds: O.count(all.length, "feed"), last }) : O.t("Every feed was heard within the last 5 days before {last}.", { last })),
      O.facets(O.t("Order"), [{ value: "", words: O.t("most reports first") }, { value: "quiet", words: O.t("longest silent first") }, { value: "name", words: O.t("by name") }], sort, (value) => O.hrefWith("coverage", query, { sort: value })),
      h("div", { class: "feed-axis", "aria-hidden": "true" }, h("span", {}, O.day(days.first)), h("span", {}, last)),
      h("ol", { class: "feeds" }, cut.map((one) => feed(one, days))),
      O.pager({ page, per: PER, shown: cut.length, more: all.length > page * PER, total: all.length, href: (to) => O.hrefWith("coverage", query, { page: to }) })));
  };

  // ---- corrections

  const WHAT = { revision: "Revised", correction: "Corrected", withdrawal: "Withdrawn" };

  async function documentLink(one) {
    if (one.document === null) return O.t("A text that is no longer shown");
    return h("a", { class: "report", href: O.link.document(await O.doc(one.document)) }, O.bdi(one.title || O.t("Untitled")));
  }

  O.correctionsPage = async function (parts, query) {
    const title = O.t("Corrections"), all = O.core.has.corrections ? await O.piece("corrections") : [];
    const intro = O.t("What changed after it was first recorded: a text revised by its outlet, a correction, or a withdrawal. Nothing is written over: the earlier words still stand in the report’s revisions.");
    if (!all.length) return O.shown(title, O.sheet("corrections", title, intro, O.blank(O.t("Nothing was corrected, revised or withdrawn."))));
    const wanted = Object.hasOwn(WHAT, query.get("what")) ? query.get("what") : null, page = O.pageNumber(query);
    const fit = all.filter((one) => !wanted || one.what === wanted), cut = fit.slice((page - 1) * PER, page * PER), links = await Promise.all(cut.map(documentLink));
    return O.shown(title, O.sheet("corrections", title, intro,
      O.facets(O.t("By what was done"), [{ value: "", words: O.t("all"), count: all.length }, ...Object.entries(WHAT).map(([value, words]) => ({ value, words: O.t(words), count: all.filter((one) => one.what === value).length }))], wanted, (value) => O.hrefWith("corrections", query, { what: value })),
      cut.length ? h("ol", { class: "corrections" }, cut.map((one, i) => h("li", {}, h("p", { class: "meta" }, h("strong", { class: `done ${one.what}` }, O.t(WHAT[one.what] || one.what)), ` · ${O.moment(one.at)}`, one.outlet ? [" · ", O.bdi(one.outlet)] : null), h("p", {}, links[i]), one.note ? h("p", { class: "note" }, O.bdi(one.note)) : null))) : O.blank(O.t("None of this kind.")),
      O.pager({ page, per: PER, shown: cut.length, more: fit.length > page * PER, total: fit.length, href: (to) => O.hrefWith("corrections", query, { page: to }) })));
  };

  O.route("coverage", O.coveragePage);
  O.route("corrections", O.correctionsPage);
})(window.Oskil);
