// The map as a table: the same places on the same day, for sorting, filtering and taking away.
"use strict";
(function (O) {
  const h = O.h;
  const SURE = ["below 70 %", "70 to 90 %", "90 to 97 %", "above 97 %"];

  const lastDay = () => Math.max(0, O.core.days.count - 1);
  const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || "") ? Math.max(0, Math.min(lastDay(), O.dayNumber(text))) : lastDay());

  function inferredOf(bytes, row) {
    const byte = bytes && bytes[row];
    if (!byte) return null;
    const status = O.core.beliefs.statuses[O.statusOf(byte)];
    return { status, name: O.isContested(O.statusOf(byte)) ? O.t("contested") : O.sideName(status), sureness: O.surenessOf(byte) };
  }

  async function rowsOn(day, known, query) {
    const said = await O.saidOn(day, known);
    if (O.core.beliefs) await O.beliefNear(day, known);
    const bytes = O.core.beliefs ? O.beliefAt(day, known) : null;
    const wanted = query.get("standing"), holder = query.get("holder"), words = (query.get("q") || "").toLowerCase();
    return O.rows.filter((place) => place.kind === "settlement" && place.count).map((place) => ({
      place, standing: O.STANDING[said.standing[place.row]], holders: O.partiesOf(said.holders[place.row]), day: said.day[place.row], inferred: inferredOf(bytes, place.row),
    })).filter((row) => (!wanted || row.standing === wanted) && (!holder || row.holders.includes(holder)) && (!words || row.place.name.toLowerCase().includes(words)));
  }

  const mapHref = (query) => {
    const kept = new URLSearchParams();
    for (const name of ["day", "known"]) if (query.get(name)) kept.set(name, query.get(name));
    return `#/map${kept.toString() ? "?" + kept : ""}`;
  };

  function filters(query, day, known) {
    const set = (name) => (event) => O.setQuery({ [name]: event.target.value || null });
    const date = (name, label, value) => h("label", { class: "narrow" }, h("span", {}, label), h("input", { type: "date", name, value: O.dayIso(value), min: O.dayIso(0), max: O.dayIso(lastDay()), onchange: set(name) }));
    return h("form", { class: "filters", role: "search", "aria-label": O.t("Filter the places"), onsubmit: (e) => e.preventDefault() },
      h("label", {}, h("span", {}, O.t("Name")), h("input", { type: "search", name: "q", value: query.get("q") || "", onchange: set("q") })),
      date("day", O.t("As it was on"), day), date("known", O.t("As known on"), known),
      O.choice(O.t("What is said"), "standing", [["", O.t("anything")], ...O.STANDING.map((one) => [one, O.t(one === "mentioned" ? "nothing" : one)])], query.get("standing") || "", (value) => O.setQuery({ standing: value || null })),
      O.choice(O.t("Holder"), "holder", [["", O.t("anybody")], ...O.core.parties.map((party) => [party.id, O.sideName(party.id)])], query.get("holder") || "", (value) => O.setQuery({ holder: value || null })));
  }

  function columns() {
    return [
      { name: "name", words: O.t("Place"), key: (r) => r.place.name, cell: (r) => h("a", { href: O.link.place(r.place) }, O.bdi(r.place.name)) },
      { name: "said", words: O.t("What is said"), key: (r) => r.standing + r.holders.join(), cell: (r) => [O.shape(r.standing, r.holders, 18), " ", O.standingWords(r)] },
      { name: "since", words: O.t("Newest word of"), start: "down", key: (r) => (r.standing === "mentioned" ? null : r.day), cell: (r) => (r.standing === "mentioned" ? "" : O.day(O.dayIso(r.day))) },
      O.core.beliefs ? { name: "inferred", words: O.t("What is inferred"), key: (r) => r.inferred && r.inferred.name + r.inferred.sureness, cell: (r) => (r.inferred ? `${r.inferred.name}, ${O.t(SURE[r.inferred.sureness])}` : O.t("nothing")) } : null,
      { name: "claims", words: O.t("Claims"), start: "down", key: (r) => r.place.count, cell: (r) => h("a", { href: O.link.claims({ place: r.place.id }) }, O.number(r.place.count)) },
      { name: "people", words: O.t("Population"), start: "down", key: (r) => r.place.population || null, cell: (r) => (r.place.population ? O.number(r.place.population) : "") },
    ].filter(Boolean);
  }

  function save(rows, day, known) {
    const head = ["geonameid", "name", "country", "lat", "lon", "day", "known", "said", "holders", "newest_word", "inferred", "sureness", "claims"];
    O.save(`places-${O.dayIso(day)}.csv`, O.csv([head, ...rows.map((r) => [r.place.id, r.place.name, r.place.country, r.place.point && r.place.point[1], r.place.point && r.place.point[0], O.dayIso(day), O.dayIso(known),
      r.standing, r.holders.join("; "), r.standing === "mentioned" ? null : O.dayIso(r.day), r.inferred && r.inferred.status, r.inferred && SURE[r.inferred.sureness], r.place.count])]));
  }

  O.route("places", async function (_, query) {
    const day = dayOf(query.get("day")), known = dayOf(query.get("known"));
    const rows = O.core.days.count ? await rowsOn(day, known, query) : [];
    const node = O.sheet("places", O.t("Places"), O.t("The map as a table. What is said is not so for being said; what is inferred is calculated from it."),
      filters(query, day, known),
      h("p", { class: "tally" }, h("span", { role: "status" }, O.count(rows.length, "place")), " · ", h("a", { href: mapHref(query) }, O.t("The map")), " ",
        h("button", { type: "button", class: "download", onclick: () => save(rows, day, known) }, O.t("Download as CSV"))),
      rows.length ? O.sortTable({ caption: O.t("Places, one a row"), columns: columns(), rows, query, sort: "claims" }) : O.blank(O.t("No place fits these filters.")));
    return O.shown(O.t("Places"), node);
  });
})(window.Oskil);
