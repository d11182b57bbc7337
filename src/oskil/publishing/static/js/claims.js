// The table of claims. Its filters and its order live in the address.
"use strict";
(function (O) {
  const h = O.h, PAGE = 150;
  const FILTERS = ["kind", "speaker", "side", "certainty", "place", "document", "q", "sort", "down"];
  const ORDER = {
    claim: (c) => c.quote.toLowerCase(),
    kind: (c) => c.kind,
    who: (c) => O.who(c).toLowerCase(),
    certainty: (c) => ["asserted", "hedged", "conditional"].indexOf(c.certainty),
    place: (c) => (O.places.get([...c.places, ...c.areas][0])?.name || "\uffff").toLowerCase(),
    when: (c) => O.dayOf(c),
    report: (c) => String(c.document).padStart(6, "0") + String(c.number).padStart(8, "0"),
  };

  function read(query) {
    const filter = {};
    for (const name of FILTERS) if (query.get(name)) filter[name] = query.get(name);
    return filter;
  }

  function fits(claim, f) {
    const side = claim.side || "none";
    const doc = O.documentOf(claim);
    if (f.document ? doc.id !== f.document : !doc.latest) return false;
    if (f.kind && claim.kind !== f.kind) return false;
    if (f.side && side !== f.side) return false;
    if (f.certainty && claim.certainty !== f.certainty) return false;
    if (f.place && ![...claim.places, ...claim.areas].includes(Number(f.place))) return false;
    const speakers = [claim.speaker || "", ...claim.relays].join("\n").toLowerCase();
    if (f.speaker && !(f.speaker === "none" ? !claim.speaker : speakers.includes(f.speaker.toLowerCase()))) return false;
    return !f.q || `${claim.quote}\n${speakers}\n${O.outletOf(claim)}`.toLowerCase().includes(f.q.toLowerCase());
  }

  function options(values, chosen, all) {
    const list = [...values];
    if (chosen && !list.some(([value]) => value === chosen)) list.push([chosen, chosen]);
    return [h("option", { value: "" }, all), ...list.map(([value, words]) => h("option", { value, selected: value === chosen }, words))];
  }

  function tally(claims, of) {
    const counts = new Map();
    for (const claim of claims) for (const value of of(claim)) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])));
  }

  O.claimsPage = function (query) {
    const filter = read(query), all = O.current();
    const results = h("div", { class: "results" });
    const go = (change, quiet) => {
      const next = O.link.claims({ ...filter, ...change });
      quiet ? location.replace(next) : (location.hash = next);
    };
    const select = (name, label, values, none) => h("label", {}, h("span", {}, label),
      h("select", { name, onchange: (e) => go({ [name]: e.target.value }) }, options(values, filter[name], none)));
    const kinds = tally(all, (c) => [c.kind]).map(([k, n]) => [k, `${k} (${n})`]);
    const speakers = tally(all, (c) => [c.speaker || "none"]).map(([k, n]) => [k, `${k === "none" ? "the outlet itself" : k} (${n})`]);
    const sides = tally(all, (c) => [c.side || "none"]).map(([k, n]) => [k, `${k === "none" ? "none told" : O.sideName(k)} (${n})`]);
    const places = tally(all, (c) => [...c.places, ...c.areas]).map(([k, n]) => [String(k), `${O.places.get(k)?.name || k} (${n})`]);
    const docs = O.record.documents.filter((d) => d.latest).map((d) => [d.id, d.title]);
    const form = h("form", { class: "filters", role: "search", "aria-label": "Filter the claims", onsubmit: (e) => e.preventDefault() },
      h("label", { class: "wide" }, h("span", {}, "Words"), h("input", { type: "search", name: "q", value: filter.q || "", placeholder: "in the claim, the speaker, the outlet",
        oninput: (e) => { filter.q = e.target.value; go({}, true); } })),
      select("kind", "Kind", kinds, "every kind"), select("speaker", "Speaker", speakers, "everybody"),
      select("side", "Side", sides, "every side"),
      select("certainty", "Certainty", Object.entries(O.CERTAINTY), "any"), select("place", "Place", places, "everywhere"), select("document", "Report", docs, "every report"),
      h("label", { class: "narrow" }, h("span", {}, "Order"), h("select", { name: "sort", onchange: (e) => go({ sort: e.target.value, down: "" }) },
        options([["claim", "by words"], ["kind", "by kind"], ["who", "by speaker"], ["certainty", "by certainty"], ["place", "by place"], ["when", "by time"]], filter.sort, "as in the reports"))),
      h("a", { class: "clear", href: "#/claims" }, "Clear all"));
    const node = h("div", { class: "claims-page" }, h("h1", {}, "Claims"), form, results);
    const draw = (f) => results.replaceChildren(...table(f, go));
    draw(filter);
    node.update = (q) => {
      const fresh = read(q);
      for (const name of FILTERS) delete filter[name];
      Object.assign(filter, fresh);
      for (const field of form.elements) if (field.name && field !== document.activeElement) field.value = filter[field.name] || "";
      draw(filter);
    };
    return { node, title: "Claims" };
  };

  function table(f, go) {
    const found = O.record.claims.filter((c) => fits(c, f));
    const key = ORDER[f.sort] || ORDER.report;
    found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number) * (f.down ? -1 : 1));
    const sort = f.sort || "report";
    const head = (name, words) => h("th", { scope: "col", class: `col-${name}`, "aria-sort": sort === name ? (f.down ? "descending" : "ascending") : null },
      h("button", { type: "button", onclick: () => go({ sort: name, down: sort === name && !f.down ? "1" : "" }) }, words,
        h("span", { class: "arrow", "aria-hidden": "true" }, sort === name ? (f.down ? "↓" : "↑") : "↕")));
    const body = h("tbody", {});
    let at = 0;
    const more = h("button", { type: "button", class: "more" });
    const add = () => {
      for (const claim of found.slice(at, at + PAGE)) body.append(line(claim));
      at += PAGE;
      more.hidden = at >= found.length;
      more.textContent = `Show more (${O.number(found.length - at)} left)`;
    };
    more.addEventListener("click", add);
    add();
    return [
      h("p", { class: "tally", role: "status" }, O.plural(found.length, "claim")),
      found.length ? h("table", { class: "claims" }, h("caption", { class: "sr" }, "Claims, one a row"),
        h("thead", {}, h("tr", {}, head("claim", "Claim"), head("kind", "Kind"), head("who", "Who says it"), head("certainty", "How surely"), head("place", "Where"), head("when", "When"), head("report", "Report"))),
        body) : h("p", { class: "empty" }, "No claim fits these filters."), more];
  }

  function line(claim) {
    const doc = O.documentOf(claim);
    const marks = [...new Set(claim.verdicts.map((i) => O.record.verdicts[i].outcome))];
    return h("tr", { class: O.tone(claim.side) },
      h("td", { class: "col-claim" }, h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, claim.quote),
        marks.map((m) => h("span", { class: `badge ${m.replace(/ /g, "-")}` }, `${O.OUTCOME[m]} ${m}`)),
        claim.contradictions.length ? h("a", { class: "badge clash", href: "#/contradictions" }, "⇄ contradicted") : null),
      h("td", { "data-label": "Kind" }, claim.kind, claim.polarity === "denied" ? h("span", { class: "tag denied" }, "denied") : null),
      h("td", { "data-label": "Who" }, h("span", {}, O.bdi(O.who(claim)), claim.side ? [" ", O.side(claim.side)] : null,
        claim.relays.length ? h("span", { class: "meta block" }, "through ", O.bdi(claim.relays.join(", "))) : null)),
      h("td", { "data-label": "How surely" }, O.certainty(claim)),
      h("td", { "data-label": "Where" }, h("span", {}, O.placeLinks(claim))),
      h("td", { "data-label": "When", class: "when" }, O.period(claim.time)),
      h("td", { "data-label": "Report" }, h("a", { href: O.link.document(doc) }, O.bdi(doc.outlet || doc.title))));
  }
})(window.Oskil);
