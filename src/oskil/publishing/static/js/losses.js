// Losses: what the keepers of lists counted, and, apart from it, what was claimed.
"use strict";
(function (O) {
  const h = O.h, KINDS = 5, ROWS = 20;

  const key = (list) => `${list.assessor}|${list.side}`;

  // Columns of a list's days as rows: [day, kind, state, number]; the kind is null where kinds are put together.
  const rowsOf = ({ day, kind, state, n }, kinds, list) => {
    const states = Object.keys(list.by);
    return day.map((one, i) => [one, kind[i] < 0 ? null : kinds[kind[i]], states[state[i]], n[i]]);
  };
  // All kinds and days of a list, which may be thousands, come when they are asked for.
  const whole = (list) => O.piece(`losses-${list.number}`);

  // The kinds or states of a list, most first; what is beyond the first few is put together.
  function series(list, days, by) {
    if (by === "kind") return { names: list.apart, rest: days.some((one) => one[1] === null) };
    const sums = new Map();
    for (const [, , status, n] of days) sums.set(status, (sums.get(status) || 0) + n);
    const names = [...sums].sort((a, b) => b[1] - a[1]).map((one) => one[0]);
    return names.length > KINDS + 1 ? { names: names.slice(0, KINDS), rest: true } : { names, rest: false };
  }

  async function daysOf(list, kind) {
    if (!kind) return rowsOf(list.days, list.apart, list);
    const { kinds, days } = await whole(list);
    return rowsOf(days, kinds.map(([name]) => name), list).filter((one) => one[1] === kind);
  }

  async function chart(list, by, kind) {
    const days = await daysOf(list, kind);
    if (!days.length) return O.blank(O.t("No entry is of a day that this page speaks of."));
    const first = Math.min(...days.map((one) => one[0])), last = Math.max(...days.map((one) => one[0]));
    const cut = O.chart.bins(first, last), { names, rest } = series(list, days, by), at = new Map(names.map((name, i) => [name, i]));
    const rows = cut.starts.map(() => new Array(names.length + (rest ? 1 : 0)).fill(0));
    for (const [day, sort, status, n] of days) rows[cut.of(day)][at.get(by === "status" ? status : sort) ?? names.length] += n;
    const tone = O.tone(list.side), kinds = [...names.map((name) => ({ name: O.t(name), tone })), ...(rest ? [{ name: O.t("all other kinds"), tone }] : [])];
    const words = { day: O.t("by day"), week: O.t("by week"), month: O.t("by month") }[cut.word];
    const title = `${O.t("Entered in the list of {assessor}: {side}", { assessor: list.assessor, side: O.sideName(list.side) })}${kind ? `, ${O.t(kind)}` : ""}, ${words}`;
    return O.chart.stacked({ title, desc: O.t("{n} entries from {first} to {last}. The day is that of the entry, not of the loss.", { n: O.number(days.reduce((sum, one) => sum + one[3], 0)), first: O.day(O.dayIso(first)), last: O.day(O.dayIso(last)) }), cut, rows, series: kinds });
  }

  // Entries from before the page's first day are in the totals and in no bar.
  function older(list) {
    const left = list.total - list.days.n.reduce((sum, n) => sum + n, 0);
    return left > 0 ? h("p", { class: "meta" }, O.t("{left} of {total} entries are from before {first}, the first day of this page; they are in the totals and in no bar.", { left: O.number(left), total: O.number(list.total), first: O.day(O.core.days.first) })) : null;
  }

  // Where hundreds of kinds are told apart, the few most frequent say little.
  const usual = (list) => (2 * list.kinds.slice(0, KINDS).reduce((sum, [, counts]) => sum + counts.reduce((a, b) => a + b, 0), 0) >= list.total ? "kind" : "status");

  function kindsTable(list, query) {
    const states = Object.keys(list.by);
    const of = (counts, state) => counts[states.indexOf(state)];
    const body = h("tbody", {}), more = h("button", { type: "button", class: "more" });
    const row = ([kind, counts]) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: O.hrefWith("losses", query, { list: key(list), kind }) }, O.bdi(O.t(kind)))),
      states.map((state) => h("td", { class: "number" }, of(counts, state) ? O.number(of(counts, state)) : "")), h("td", { class: "number" }, O.number(states.reduce((sum, state) => sum + of(counts, state), 0))));
    let at = 0;
    const add = (kinds, rows) => {
      body.append(...kinds.slice(at, at + rows).map(row));
      at += rows;
      more.hidden = at >= list.kinds_count;
      more.textContent = O.t("Show more ({left} left)", { left: O.number(list.kinds_count - at) });
    };
    more.addEventListener("click", async () => add((await whole(list)).kinds, 10 * ROWS));
    add(list.kinds, list.kinds.length);
    return [h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": O.t("Kinds and what became of them") }, h("table", { class: "twin kinds" }, h("caption", { class: "sr" }, O.t("Kinds and what became of them")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, O.t("Kind")), states.map((state) => h("th", { scope: "col", class: "number" }, O.bdi(O.t(state)))), h("th", { scope: "col", class: "number" }, O.t("together")))),
      body,
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, O.t("together")), states.map((state) => h("td", { class: "number" }, O.number(list.by[state]))), h("td", { class: "number" }, O.number(list.total)))))), more];
  }

  const total = (list, chosen, query) => h("li", { class: O.tone(list.side) }, h("a", { class: "total", href: O.hrefWith("losses", query, { list: key(list), kind: null }), "aria-current": chosen ? "true" : null },
    h("span", { class: "side-name" }, O.side(list.side)), h("strong", {}, O.number(list.total)), h("span", { class: "meta" }, O.t("listed by"), " ", O.bdi(list.assessor), O.dayWords(list.day) ? `, ${O.dayWords(list.day)}` : "")));

  async function listed(lists, query) {
    if (!lists.length) return [h("h2", {}, O.t("Counted by keepers of lists")), O.blank(O.t("No list of losses is loaded here, so nothing was counted; what follows was only claimed."))];
    const chosen = lists.find((one) => key(one) === query.get("list")) || lists[0], kind = query.get("kind"), by = kind ? "status" : ["kind", "status"].includes(query.get("by")) ? query.get("by") : usual(chosen);
    return [h("h2", {}, O.t("Counted by keepers of lists")), h("p", { class: "meta" }, O.t("Each entry is one thing, with evidence, as its keeper saw it. Lists miss what nobody filmed, and differ in what they count: their totals are not added together.")),
      h("ul", { class: "totals" }, lists.map((one) => total(one, one === chosen, query))),
      h("p", { class: "by" }, kind ? [O.bdi(O.t(kind)), " · ", h("a", { href: O.hrefWith("losses", query, { kind: null }) }, O.t("every kind"))] : null,
        O.facets(O.t("Stack the bars"), [{ value: "kind", words: O.t("by kind") }, { value: "status", words: O.t("by what became of it") }], by, (value) => O.hrefWith("losses", query, { by: value, kind: value === "status" ? kind : null }))),
      await chart(chosen, by, kind), older(chosen), kindsTable(chosen, query)];
  }

  function claimsRows(claims) {
    return claims.claim.map((claim, i) => ({ claim, day: claims.day[i], side: claims.side[i], value: claims.value[i] }));
  }

  async function claimed(claims) {
    const rows = claims ? claimsRows(claims) : [];
    const heading = [h("h2", {}, O.t("Claimed"))];
    if (!rows.length) return [...heading, O.blank(O.t("Nobody claimed losses in these reports."))];
    const days = rows.filter((one) => one.day >= 0), sides = [...new Set(rows.map((one) => one.side))].sort((a, b) => O.toneNumber(b) - O.toneNumber(a));
    const picture = days.length ? claimsChart(days, sides) : null;
    const groups = await Promise.all(sides.map((side) => claimsOf(side, rows.filter((one) => one.side === side))));
    return [...heading, h("p", { class: "meta" }, O.t("What somebody said was lost, by the side that is said to have lost it. Claims repeat one another and are not added up: the bars count claims, not losses.")), picture, h("div", { class: "claimed" }, groups)];
  }

  function claimsChart(days, sides) {
    const first = Math.min(...days.map((one) => one.day)), last = Math.max(...days.map((one) => one.day)), cut = O.chart.bins(first, last);
    const rows = cut.starts.map(() => new Array(sides.length).fill(0));
    for (const one of days) rows[cut.of(one.day)][sides.indexOf(one.side)] += 1;
    const named = sides.map((side) => ({ name: side ? O.sideName(side) : O.t("side not told"), tone: O.tone(side), party: O.toneNumber(side) }));
    return O.chart.stacked({ title: O.t("Claims of losses, by the side that is said to have lost"), desc: O.t("{claims} from {first} to {last}", { claims: O.count(days.length, "claim"), first: O.day(O.dayIso(first)), last: O.day(O.dayIso(last)) }), cut, rows, series: named });
  }

  async function claimsOf(side, rows) {
    const recent = [...rows].sort((a, b) => b.day - a.day).slice(0, 6), claims = await O.claims(recent.map((one) => one.claim));
    return h("section", { class: O.tone(side) }, h("h3", {}, side ? O.side(side) : O.t("side not told"), h("span", { class: "count" }, ` ${O.count(rows.length, "claim")}`)),
      h("ol", { class: "claim-list" }, claims.map((claim, i) => O.briefLine(claim, recent[i].value === null || recent[i].value === undefined ? null : h("p", { class: "figure" }, O.t("Claimed: {value}", { value: O.number(recent[i].value) }))))),
      rows.length > recent.length ? h("p", { class: "meta" }, O.t("The {n} latest; the rest are among all claims of losses.", { n: O.number(recent.length) })) : null);
  }

  O.lossesPage = async function (parts, query) {
    const title = O.t("Losses"), piece = O.core.has.losses ? await O.piece("losses") : { lists: [], claims: null };
    return O.shown(title, O.sheet("losses", title, O.t("Two things that are often mixed stand apart here: what keepers of lists counted, and what somebody claimed."),
      await listed(piece.lists.map((list, number) => ({ ...list, number })), query), await claimed(piece.claims), h("p", { class: "onward" }, h("a", { href: O.link.claims({ kind: "losses" }) }, O.t("All claims of losses")))));
  };

  O.route("losses", O.lossesPage);
})(window.Oskil);
