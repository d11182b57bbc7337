// What several outlets say alike: how many published it, and on whose word.
"use strict";
(function (O) {
  const h = O.h, PER = 30;

  const pieces = () => O.core.has.propositions;
  const link = (number) => `#/proposition/${number}`;
  const found = async (number) => {
    const { size, count } = pieces() || { size: 1, count: 0 };
    if (!Number.isInteger(number) || number < 0 || number >= size * count) return null;
    return (await O.piece(`propositions-${Math.floor(number / size)}`))[number % size] || null;
  };

  // "10 outlets, 1 origin: NAME", the names apart from the words around them.
  function witnesses(one) {
    const few = one.origins.slice(0, 3), rest = one.origins.length - few.length;
    return h("p", { class: "witnesses" }, h("strong", {}, `${O.count(one.outlets.length, "outlet")}, ${O.count(one.origins.length, "origin")}: `),
      few.map((origin, i) => [i ? ", " : null, O.bdi(origin.name), origin.side ? [" ", O.side(origin.side)] : null]), rest > 0 ? O.t(" and {rest} more", { rest: O.number(rest) }) : null);
  }

  const where = (one) => (one.places || []).map((id) => O.places.get(id)).filter(Boolean).map((place, i) => [i ? ", " : null, h("a", { href: O.link.place(place) }, O.bdi(place.name))]);

  function about(one) {
    const at = where(one), span = O.spanWords(one.period);
    return h("p", { class: "meta" }, O.t(one.kind), one.holder ? [" · ", O.side(one.holder)] : null, at.length ? [" · ", at] : null, span ? ` · ${span}` : null, ` · ${O.count(one.claims_count, "claim")}`);
  }

  const said = (one) => one.claims[0].quote;
  const tone = (one) => O.tone(one.holder || one.claims[0].side);

  const card = (one, number) => h("li", { class: `proposition ${tone(one)}` },
    h("a", { class: "quote", href: link(number), dir: "auto" }, said(one)), witnesses(one), about(one),
    one.contradicts.length ? h("p", { class: "meta clash" }, "⇄ ", O.t("contradicted by {others}", { others: O.count(one.contradicts.length, "other") })) : null);

  O.propositionsPage = async function (parts, query) {
    const title = O.t("What outlets say alike"), all = pieces();
    if (!all || !all.count) return O.shown(title, O.sheet("propositions", title, null, O.blank(O.t("No two outlets said the same thing here."))));
    const page = O.pageNumber(query), kind = query.get("kind"), outlets = Number(query.get("outlets")) || 0, origins = query.get("origins");
    const fits = (one) => (!kind || one.kind === kind) && one.outlets.length >= outlets && (!origins || (origins === "one" ? one.origins.length === 1 : one.origins.length > 1));
    const keep = kind || outlets || origins ? fits : null;
    const shown = await O.pageOfPieces("propositions", all, { page, per: PER, keep });
    const go = (change) => { location.hash = O.hrefWith("propositions", query, change); };
    return O.shown(title, O.sheet("propositions", title,
      O.t("One thing said by several outlets is one entry here. How many outlets printed it matters less than on how many people’s word: ten outlets that pass on one general are one witness."),
      h("form", { class: "filters few", "aria-label": O.t("Filter the list"), onsubmit: (e) => e.preventDefault() },
        O.choice(O.t("Kind"), "kind", [["", O.t("every kind")], ...O.core.kinds.map((k) => [k, O.t(k)])], kind, (value) => go({ kind: value })),
        O.choice(O.t("Outlets"), "outlets", [["", O.t("any number")], ["2", O.t("2 or more")], ["3", O.t("3 or more")], ["5", O.t("5 or more")], ["10", O.t("10 or more")]], outlets ? String(outlets) : "", (value) => go({ outlets: value })),
        O.choice(O.t("Origins"), "origins", [["", O.t("any number")], ["one", O.t("one word behind it")], ["several", O.t("two or more")]], origins, (value) => go({ origins: value }))),
      shown.entries.length ? h("ol", { class: "propositions" }, shown.entries.map(([number, one]) => card(one, number))) : O.blank(O.t("Nothing fits these filters.")),
      O.pager({ page, per: PER, shown: shown.entries.length, more: shown.more, total: keep ? null : all.entries, href: (to) => O.hrefWith("propositions", query, { page: to }) })));
  };

  async function against(one) {
    const list = await Promise.all(one.contradicts.slice(0, 40).map(async ([number, reason]) => ({ number, reason, other: await found(number) })));
    const known = list.filter((entry) => entry.other);
    if (!known.length) return null;
    return [h("h2", {}, O.t("What contradicts it")), h("ol", { class: "propositions" }, known.map(({ number, reason, other }) => h("li", { class: `proposition ${tone(other)}` },
      h("p", { class: "clash meta" }, "⇄ ", O.bdi(reason)), h("a", { class: "quote", href: link(number), dir: "auto" }, said(other)), witnesses(other), about(other))))];
  }

  const originsTable = (one) => h("table", { class: "sorted" }, h("caption", { class: "sr" }, O.t("On whose word it stands")),
    h("thead", {}, h("tr", {}, [O.t("Origin"), O.t("Side"), O.t("Outlets that rest on it")].map((words) => h("th", { scope: "col" }, words)))),
    h("tbody", {}, one.origins.map((origin) => h("tr", {}, h("th", { scope: "row" }, O.bdi(origin.name)), h("td", { "data-label": O.t("Side") }, origin.side ? O.side(origin.side) : "–"),
      h("td", { "data-label": O.t("Outlets that rest on it") }, h("div", {}, origin.outlets.map((outlet, i) => [i ? ", " : null, O.bdi(outlet)])))))));

  // Numbers change from one publication to the next; a link by one of its claims lasts.
  async function behind(claim) {
    const number = await O.find("claims", claim || ""), witnesses = number === null ? null : (await O.claim(number)).witnesses;
    return witnesses && Number.isInteger(witnesses.proposition) ? found(witnesses.proposition) : null;
  }

  O.propositionPage = async function (parts) {
    const one = parts[0] === "of" ? await behind(parts[1]) : await found(Number(parts[0]));
    if (!one) return O.missing("entry");
    const rest = one.claims_count - one.claims.length;
    return O.shown(said(one), O.sheet("proposition", O.bdi(said(one)), null, witnesses(one), about(one),
      h("h2", {}, O.t("On whose word")), originsTable(one),
      h("h2", {}, O.t("The claims")), h("ol", { class: "claim-list" }, one.claims.map((claim) => O.briefLine(claim))), rest > 0 ? h("p", { class: "meta" }, O.t("And {claims} more.", { claims: O.count(rest, "claim") })) : null,
      await against(one), h("p", { class: "onward" }, h("a", { href: `#/proposition/of/${encodeURIComponent(one.claims[0].id)}` }, O.t("Link to this")), " · ", h("a", { href: "#/propositions" }, O.t("What outlets say alike")))));
  };

  O.route("propositions", O.propositionsPage);
  O.route("proposition", O.propositionPage);
})(window.Oskil);
