// The search over claims, people and places, in Latin and Cyrillic letters.
"use strict";
(function (O) {
  const h = O.h, PER = 25, FEW = 12, LEAST = 2;
  const CYRILLIC = /[\u0400-\u04ff]/, MARKS = /[\u0300-\u036f]/g, APOSTROPHES = /['’ʼ`]/g, WORD = /[\p{L}\p{N}]+/gu;

  // Words as they are compared: `publishing/folding.py` does the same when the index is written.
  O.fold = (text) => [...text.toLowerCase()].map((letter) => (CYRILLIC.test(letter) ? letter : letter.normalize("NFD").replace(MARKS, ""))).join("").replace(APOSTROPHES, "");
  O.foldedWords = (text) => (O.fold(text).match(WORD) || []).filter((word) => word.length >= LEAST);

  // FNV-1a of a word's first three letters, modulo the number of pieces.
  O.shardOf = function (word, shards) {
    let found = 2166136261;
    for (const byte of new TextEncoder().encode([...word].slice(0, 3).join(""))) found = Math.imul(found ^ byte, 16777619) >>> 0;
    return found % shards;
  };

  const shard = (word) => O.piece(`search-${O.shardOf(word, O.core.pieces.search)}`);

  // The numbers of the claims with a word that begins so. Words of two letters are found whole.
  async function withWord(word) {
    const index = await shard(word), found = new Set();
    for (const [one, steps] of Object.entries(index)) {
      if (!one.startsWith(word) || ([...word].length < 3 && one !== word)) continue;
      let number = 0;
      for (const step of steps) found.add((number += step));
    }
    return found;
  }

  async function claimsWith(words) {
    const sets = (await Promise.all(words.map(withWord))).sort((a, b) => a.size - b.size);
    return [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => b - a);
  }

  // The numbers of the claims with all words of a text, as they were recorded; null where it has no word.
  O.searchClaims = async function (text) {
    const words = [...new Set(O.foldedWords(text))];
    return words.length ? (await claimsWith(words)).reverse() : null;
  };

  const begins = (name, words) => {
    const own = O.foldedWords(name);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  };

  async function placesWith(words) {
    const others = new Map((await O.piece("names")).places);
    const found = [];
    for (const place of O.rows) {
      const name = begins(place.name, words) ? place.name : (others.get(place.row) || []).find((one) => begins(one, words));
      if (name !== undefined) found.push({ place, name });
    }
    return found.sort((a, b) => b.place.count - a.place.count || (b.place.population || 0) - (a.place.population || 0));
  }

  async function peopleWith(words) {
    return (await O.speakerNames()).filter((name) => name && begins(name, words));
  }

  // A text with the words that were asked for marked, as text nodes and <mark>.
  function marked(text, words) {
    const parts = [];
    let at = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}\p{M}'’ʼ`]+/gu)) {
      if (!O.foldedWords(found[0]).some((one) => words.some((word) => one.startsWith(word)))) continue;
      parts.push(text.slice(at, found.index), h("mark", {}, found[0]));
      at = found.index + found[0].length;
    }
    return [...parts, text.slice(at)];
  }

  const claimLine = (claim, words) => h("li", { class: `line ${O.tone(claim.side)}` }, h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, marked(claim.quote, words)), O.briefMeta(claim),
    claim.current ? null : h("p", { class: "meta" }, O.t("in an earlier revision of the report")));

  const placeLine = ({ place, name }, words) => h("li", {}, h("a", { href: O.link.place(place) }, h("bdi", {}, marked(place.name, words))), name === place.name ? null : h("span", { class: "meta" }, " ", h("bdi", {}, marked(name, words))), h("span", { class: "count" }, ` ${O.count(place.count, "claim")}`));
  const personLine = (name, words) => h("li", {}, h("a", { href: O.link.claims({ speaker: name }) }, h("bdi", {}, marked(name, words))));

  // The first entries of a group; the rest open in place.
  function group(heading, entries, line, className) {
    if (!entries.length) return null;
    const list = h("ul", { class: className }, entries.slice(0, FEW).map(line)), left = entries.length - FEW;
    const more = left > 0 ? h("button", { type: "button", class: "more", onclick: () => { list.append(...entries.slice(FEW, FEW + 200).map(line)); more.remove(); } }, O.t("Show more ({left} left)", { left: O.number(left) })) : null;
    return h("section", { class: "found-group" }, h("h2", {}, heading, h("span", { class: "count" }, ` ${O.number(entries.length)}`)), list, more);
  }

  async function results(query) {
    const asked = (query.get("q") || "").trim(), words = [...new Set(O.foldedWords(asked))], page = O.pageNumber(query);
    if (!asked) return [h("p", { class: "meta" }, O.t("Words of claims, names of people, bodies and places. A beginning is enough, and several words must all be there. Latin and Cyrillic letters find what is written in them."))];
    if (!words.length) return [O.blank(O.t("A word of at least two letters is needed."))];
    const [claims, places, people] = await Promise.all([claimsWith(words), placesWith(words), peopleWith(words)]);
    const shown = await O.claims(claims.slice((page - 1) * PER, page * PER));
    const none = !claims.length && !places.length && !people.length;
    return [h("p", { class: "tally", role: "status" }, none ? O.t("Nothing was found for “{asked}”.", { asked }) : [O.count(claims.length, "claim"), O.count(places.length, "place"), O.count(people.length, "speaker")].join(" · ")),
      words.some((word) => [...word].length === 2) ? h("p", { class: "meta" }, O.t("A word of two letters finds claims that hold it whole; from three letters on, a beginning is enough.")) : null,
      none ? h("p", { class: "meta" }, O.t("Try the beginning of a word, or its spelling in the language of the report.")) : null,
      page === 1 ? h("div", { class: "found-few" }, group(O.t("Places"), places, (one) => placeLine(one, words), "found-places"), group(O.t("Who speaks"), people, (one) => personLine(one, words), "found-people")) : null,
      shown.length ? h("section", { class: "found-group" }, h("h2", {}, O.t("Claims"), h("span", { class: "count" }, ` ${O.number(claims.length)}`)), h("ol", { class: "claim-list" }, shown.map((claim) => claimLine(claim, words)))) : null,
      O.pager({ page, per: PER, shown: shown.length, more: claims.length > page * PER, total: claims.length, href: (to) => O.hrefWith("search", query, { page: to }) })];
  }

  let last = null, turn = 0;

  // While one types the field stays as it is, and what is found changes beneath it.
  O.searchPage = async function (parts, query) {
    const title = query.get("q") ? O.t("Search: {asked}", { asked: query.get("q") }) : O.t("Search");
    if (last && last.node.isConnected) {
      if (document.activeElement !== last.field) last.field.value = query.get("q") || "";
      const mine = ++turn, fresh = (await results(query)).filter(Boolean);
      if (mine === turn) last.found.replaceChildren(...fresh);
      return { title, node: last.node, same: true };
    }
    let waiting = 0;
    const go = (replace) => {
      clearTimeout(waiting);
      O.setQuery({ q: field.value.trim() || null, page: null }, { replace });
    };
    const field = h("input", { type: "search", name: "q", value: query.get("q") || "", autocomplete: "off", enterkeyhint: "search", "aria-label": O.t("What to look for"), oninput: () => { clearTimeout(waiting); waiting = setTimeout(() => go(true), 250); } });
    const found = h("div", { class: "search-found" }, await results(query));
    const node = O.sheet("search", O.t("Search"), null, h("form", { class: "search", role: "search", onsubmit: (e) => { e.preventDefault(); go(true); } }, field, h("button", { type: "submit" }, O.t("Search"))), found);
    last = { node, field, found };
    return { title, node, after: () => { if (!query.get("q")) field.focus(); } };
  };

  O.route("search", O.searchPage);
})(window.Oskil);
