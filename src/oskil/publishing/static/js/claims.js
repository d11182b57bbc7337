// The table of claims. Its filters and its order live in the address.
"use strict";
(function (O) {
  const h = O.h, PAGE = 100, MOST_OPTIONS = 400, MOST_ROWS = 20000;
  const FILTERS = ["kind", "speaker", "side", "certainty", "place", "document", "outlet", "verdict", "since", "until", "q", "sort", "down"];
  const SORTS = { kind: "by kind", who: "by speaker", certainty: "by certainty", place: "by place", when: "by time", known: "by publication" };
  const CERTAINTIES = ["asserted", "hedged", "conditional"];
  const OUTCOMES = ["", "agrees", "differs", "contradicted", "cannot be checked"];

  function read(query) {
    const filter = {};
    for (const name of FILTERS) if (query.get(name)) filter[name] = query.get(name);
    return filter;
  }

  // ---- what fits

  // Each filter as a test of a claim's number.
  async function tests(table, f, speakers) {
    const made = [];
    const number = (list, value) => list.indexOf(value);
    if (f.document) {
      const document = await O.find("documents", f.document);
      made.push((i) => table.document[i] === document);
    } else made.push((i) => table.current[i] === 1);
    if (f.kind) { const kind = number(O.core.kinds, f.kind); made.push((i) => table.kind[i] === kind); }
    if (f.side) { const side = f.side === "none" ? -1 : number(O.core.sides, f.side); const known = f.side === "none" || side >= 0; made.push((i) => known && table.side[i] === side); }
    if (f.certainty) { const certainty = number(CERTAINTIES, f.certainty); made.push((i) => table.certainty[i] === certainty); }
    if (f.verdict) { const outcome = number(OUTCOMES, f.verdict); made.push((i) => table.verdict[i] === outcome); }
    if (f.outlet) { const outlet = number(O.core.outlets, f.outlet); made.push((i) => table.outlet[i] === outlet); }
    if (f.place) { const place = O.places.get(Number(f.place)); made.push((i) => Boolean(place) && O.placesAt(table, i).includes(place.row)); }
    if (f.since) { const since = O.dayNumber(f.since); made.push((i) => dayAt(table, i) >= since); }
    if (f.until) { const until = O.dayNumber(f.until); made.push((i) => dayAt(table, i) >= 0 && dayAt(table, i) <= until); }
    if (f.speaker === "none") made.push((i) => table.speaker[i] < 0);
    else if (f.speaker) {
      const wanted = f.speaker.toLowerCase(), same = new Set();
      speakers.forEach((name, n) => name.toLowerCase().includes(wanted) && same.add(n));
      made.push((i) => same.has(table.speaker[i]));
    }
    return made;
  }

  const dayAt = (table, i) => (table.last[i] >= 0 ? table.last[i] : table.day[i] >= 0 ? table.day[i] : table.known[i]);

  async function fitting(table, f, speakers) {
    const all = await tests(table, f, speakers);
    const fits = (i) => all.every((test) => test(i));
    const found = [];
    const some = f.q && O.searchClaims ? await O.searchClaims(f.q) : null;
    if (some) for (const i of some) { if (fits(i)) found.push(i); }
    else for (let i = 0; i < table.length; i++) if (fits(i)) found.push(i);
    return found;
  }

  function ordered(table, found, f, speakers) {
    const name = (row) => (row < 0 ? "\uffff" : O.rows[row].name);
    const key = {
      kind: (i) => O.core.kinds[table.kind[i]], who: (i) => (table.speaker[i] < 0 ? "" : speakers[table.speaker[i]].toLowerCase()), certainty: (i) => table.certainty[i],
      place: (i) => name(table.place[i]), when: (i) => dayAt(table, i), known: (i) => table.known[i],
    }[f.sort];
    if (key) {
      const keys = new Map(found.map((i) => [i, key(i)]));
      found.sort((a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : a - b));
    }
    return f.down ? found.reverse() : found;
  }

  // ---- the filters

  function options(values, chosen, all) {
    const list = values.slice(0, MOST_OPTIONS);
    if (chosen && !list.some(([value]) => value === chosen)) list.push([chosen, chosen]);
    return [h("option", { value: "" }, all), ...list.map(([value, words]) => h("option", { value, selected: value === chosen }, words))];
  }

  function tally(table, of) {
    const counts = new Map();
    for (let i = 0; i < table.length; i++) if (table.current[i]) for (const value of of(i)) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  function choices(table, speakers) {
    const counted = (words, count) => `${words} (${O.number(count)})`;
    return {
      kind: tally(table, (i) => [table.kind[i]]).map(([k, n]) => [O.core.kinds[k], counted(O.t(O.core.kinds[k]), n)]),
      speaker: tally(table, (i) => [table.speaker[i]]).map(([k, n]) => [k < 0 ? "none" : speakers[k], counted(k < 0 ? O.t("the outlet itself") : speakers[k], n)]),
      side: tally(table, (i) => [table.side[i]]).map(([k, n]) => [k < 0 ? "none" : O.core.sides[k], counted(k < 0 ? O.t("none told") : O.sideName(O.core.sides[k]), n)]),
      place: tally(table, (i) => O.placesAt(table, i)).map(([k, n]) => [String(O.rows[k].id), counted(O.rows[k].name, n)]),
      outlet: tally(table, (i) => (table.outlet[i] < 0 ? [] : [table.outlet[i]])).map(([k, n]) => [O.core.outlets[k], counted(O.core.outlets[k], n)]),
      verdict: tally(table, (i) => (table.verdict[i] ? [table.verdict[i]] : [])).map(([k, n]) => [OUTCOMES[k], counted(O.t(OUTCOMES[k]), n)]),
      certainty: CERTAINTIES.map((name) => [name, O.certaintyWords(name)]),
    };
  }

  function filters(filter, offered, go) {
    const select = (name, label, none) => h("label", {}, h("span", {}, label),
      h("select", { name, onchange: (e) => go({ [name]: e.target.value }) }, options(offered[name], filter[name], none)));
    const day = (name, label) => h("label", { class: "narrow" }, h("span", {}, label),
      h("input", { type: "date", name, value: filter[name] || "", onchange: (e) => go({ [name]: e.target.value }) }));
    return h("form", { class: "filters", role: "search", "aria-label": O.t("Filter the claims"), onsubmit: (e) => e.preventDefault() },
      h("label", { class: "wide" }, h("span", {}, O.t("Words")), h("input", { type: "search", name: "q", value: filter.q || "", placeholder: O.t("in the claim, or its speaker"), oninput: (e) => go({ q: e.target.value }, true) })),
      select("kind", O.t("Kind"), O.t("every kind")), select("speaker", O.t("Speaker"), O.t("everybody")), select("side", O.t("Side"), O.t("every side")),
      select("certainty", O.t("Certainty"), O.t("any")), select("place", O.t("Place"), O.t("everywhere")), select("outlet", O.t("Outlet"), O.t("every outlet")),
      offered.verdict.length ? select("verdict", O.t("Check"), O.t("checked or not")) : null, day("since", O.t("From")), day("until", O.t("To")),
      h("label", { class: "narrow" }, h("span", {}, O.t("Order")), h("select", { name: "sort", onchange: (e) => go({ sort: e.target.value, down: "" }) },
        options(Object.entries(SORTS).map(([value, words]) => [value, O.t(words)]), filter.sort, O.t("as recorded")))),
      h("a", { class: "clear", href: "#/claims" }, O.t("Clear all")));
  }

  // ---- the page

  let page = null;

  O.route("claims", async function (_, query) {
    if (page && page.isConnected) {
      await page.update(query);
      return { node: page, title: O.t("Claims"), same: true };
    }
    const [table, speakers] = await Promise.all([O.table(), O.speakerNames()]);
    const filter = read(query), results = h("div", { class: "results" });
    const go = (change, quiet) => O.setQuery(change, { replace: quiet });
    const form = filters(filter, choices(table, speakers), go);
    page = h("div", { class: "claims-page" }, h("h1", {}, O.t("Claims")), form, results);
    const draw = async () => results.replaceChildren(...(await list(table, filter, speakers, go)));
    await draw();
    page.update = async (fresh) => {
      for (const name of FILTERS) delete filter[name];
      Object.assign(filter, read(fresh));
      for (const field of form.elements) if (field.name && field !== document.activeElement) field.value = filter[field.name] || "";
      await draw();
    };
    return { node: page, title: O.t("Claims") };
  });

  async function list(table, f, speakers, go) {
    const found = ordered(table, await fitting(table, f, speakers), f, speakers);
    const head = (name, words) => h("th", { scope: "col", class: `col-${name}`, "aria-sort": f.sort === name ? (f.down ? "descending" : "ascending") : null },
      h("button", { type: "button", onclick: () => go({ sort: name, down: f.sort === name && !f.down ? "1" : "" }) }, words,
        h("span", { class: "arrow", "aria-hidden": "true" }, f.sort === name ? (f.down ? "↓" : "↑") : "↕")));
    const body = h("tbody", {});
    let at = 0;
    const more = h("button", { type: "button", class: "more" });
    const add = async () => {
      const some = found.slice(at, at + PAGE);
      at += PAGE;
      for (const claim of await O.claims(some)) body.append(line(claim));
      more.hidden = at >= found.length;
      more.textContent = O.t("Show more ({n} left)", { n: O.number(found.length - at) });
    };
    more.addEventListener("click", add);
    await add();
    return [
      h("p", { class: "tally" }, h("span", { role: "status" }, O.count(found.length, "claim")), found.length ? [" ", download(found)] : null),
      found.length ? h("table", { class: "claims" }, h("caption", { class: "sr" }, O.t("Claims, one a row")),
        h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "col-claim" }, O.t("Claim")), head("kind", O.t("Kind")), head("who", O.t("Who says it")), head("certainty", O.t("How surely")),
          head("place", O.t("Where")), head("when", O.t("When")), head("known", O.t("Report")))), body) : h("p", { class: "empty" }, O.t("No claim fits these filters.")), more];
  }

  // The claims found as a file, made here: nothing is asked for.
  function download(found) {
    const button = h("button", { type: "button", class: "download", onclick: async () => {
      button.disabled = true;
      const columns = ["id", "quote", "kind", "speaker", "side", "relays", "certainty", "polarity", "holder", "places", "first", "last", "outlet", "published"];
      const rows = (await O.claims(found.slice(0, MOST_ROWS))).map((c) => [c.id, c.quote, c.kind, c.speaker, c.side, c.relays.join("; "), c.certainty, c.polarity, c.holder,
        [...c.places, ...c.areas].map((id) => O.places.get(id)?.name || id).join("; "), c.time && c.time[0], c.time && c.time[1], c.outlet, c.published]);
      O.save("claims.csv", O.csv([columns, ...rows]));
      button.disabled = false;
    } }, O.t("Download as CSV"));
    return button;
  }

  function line(claim) {
    const marks = [...new Set(claim.verdicts.map((v) => v.outcome))];
    return h("tr", { class: O.tone(claim.side) },
      h("td", { class: "col-claim" }, h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, claim.quote),
        marks.map((m) => h("span", { class: `badge ${m.replace(/ /g, "-")}` }, `${O.OUTCOME[m]} ${O.t(m)}`)),
        claim.against_count ? h("a", { class: "badge clash", href: O.link.claim(claim) }, `⇄ ${O.t("contradicted elsewhere")}`) : null),
      h("td", { "data-label": O.t("Kind") }, O.t(claim.kind), claim.polarity === "denied" ? h("span", { class: "tag denied" }, O.t("denied")) : null),
      h("td", { "data-label": O.t("Who") }, h("span", {}, O.bdi(O.who(claim)), claim.side ? [" ", O.side(claim.side)] : null,
        claim.relays.length ? h("span", { class: "meta block" }, O.t("through"), " ", O.bdi(claim.relays.join(", "))) : null)),
      h("td", { "data-label": O.t("How surely") }, O.certainty(claim)),
      h("td", { "data-label": O.t("Where") }, h("span", {}, O.placeLinks(claim))),
      h("td", { "data-label": O.t("When"), class: "when" }, O.period(claim.time)),
      h("td", { "data-label": O.t("Report") }, h("a", { href: O.link.document({ id: claim.document_id }) }, O.bdi(claim.outlet || claim.title))));
  }
})(window.Oskil);
