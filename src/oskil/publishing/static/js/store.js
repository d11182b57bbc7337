// The record and the ways through it. What is not in the core comes in pieces, and so in promises.
"use strict";
(function (O) {
  const core = window.OskilPieces.core;
  O.core = core;
  O.piece = window.OskilPieces.piece;
  O.load = window.OskilPieces.load;

  // ---- days, counted from the first

  const DAY = 86400000;
  const start = Date.parse(core.days.first + "T00:00:00Z");
  O.dayIso = (number) => (number < 0 ? null : new Date(start + number * DAY).toISOString().slice(0, 10));
  O.dayNumber = (iso) => Math.round((Date.parse(iso + "T00:00:00Z") - start) / DAY);

  // ---- places

  const KIND = ["settlement", "region", "country", "feature"];
  const STANDING = { m: "mentioned", c: "claimed", a: "assessed", x: "contested" };
  const columns = core.places;
  O.rows = columns.id.map((id, row) => ({
    id, row, name: columns.name[row], kind: KIND[columns.kind[row]], country: columns.country[row],
    point: columns.lon[row] === null ? null : [columns.lon[row], columns.lat[row]],
    population: columns.population[row], count: columns.claims[row], mentions: columns.mentions[row], coarse: columns.coarse[row] === 1,
    standing: STANDING[core.now.standing[row]], holders: core.now.holders[row].map((n) => core.parties[n].id), day: O.dayIso(core.now.day[row]),
  }));
  O.places = new Map(O.rows.map((place) => [place.id, place]));
  O.place = async (id) => (await O.piece(`place-${id % core.pieces.places}`))[id];

  // ---- claims, documents, texts

  async function entries(name, numbers) {
    const { size } = core.pieces[name];
    const wanted = [...new Set(numbers.map((n) => Math.floor(n / size)))];
    const found = new Map(await Promise.all(wanted.map(async (n) => [n, await O.piece(`${name}-${n}`)])));
    return numbers.map((n) => found.get(Math.floor(n / size))[n % size]);
  }
  O.entries = entries;
  O.claims = (numbers) => entries("claims", numbers);
  O.claim = async (number) => (await O.claims([number]))[0];
  O.docs = (numbers) => entries("documents", numbers);
  O.doc = async (number) => (await O.docs([number]))[0];
  O.claimsOf = (doc) => O.claims(Array.from({ length: doc.claims[1] }, (_, i) => doc.claims[0] + i));
  O.text = async (doc) => (await O.piece(`texts-${doc.text}`))[doc.number];

  // A link with a longer or shorter id still finds its entry, as long as it is the only one.
  const starts = new Set(core.pieces.ids.match(/../g));
  O.find = async function (sort, id) {
    if (!starts.has(id.slice(0, 2))) return null;
    const all = (await O.piece(`ids-${id.slice(0, 2)}`))[sort];
    if (Object.hasOwn(all, id)) return all[id];
    const near = id.length >= 6 ? Object.keys(all).filter((one) => one.startsWith(id) || id.startsWith(one)) : [];
    return near.length === 1 ? all[near[0]] : null;
  };

  // ---- sides

  const partyNumber = new Map(core.parties.map((party, number) => [party.id, number]));
  O.tone = (side) => (partyNumber.has(side) ? `party-${partyNumber.get(side) % 6}` : side ? "other" : "none");
  O.toneNumber = (side) => partyNumber.get(side) ?? -1;
  O.sideName = function (side) {
    const party = core.parties.find((one) => one.id === side);
    return party ? O.t(party.name) : side ? O.t(side) : O.t("side not told");
  };

  O.outletOf = (claim) => claim.outlet || O.t("outlet not known");
  O.who = (claim) => claim.speaker || O.t("The outlet’s own voice");
  // An outlet or a channel that speaks itself is named once.
  O.ownWord = (claim) => !claim.speaker || claim.speaker === O.outletOf(claim);
  O.dayOf = (claim) => (claim.time && (claim.time[1] || claim.time[0])) || (claim.published || "").slice(0, 10);

  O.link = {
    claim: (claim) => `#/claim/${encodeURIComponent(claim.id)}`,
    document: (doc) => `#/document/${encodeURIComponent(doc.id)}`,
    verdict: (verdict) => `#/check/${encodeURIComponent(verdict.id)}`,
    place: (place) => `#/place/${place.id}`,
    claims: function (filter) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
      const text = query.toString();
      return `#/claims${text ? "?" + text : ""}`;
    },
  };
})(window.Oskil);
