// The places as a list beside the map: every sign can be reached from here without a pointer.
"use strict";
(function (O) {
  const h = O.h, PAGE = 200;
  const plain = (words) => words.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’ʼ`]/g, "");
  const RANK = { settlement: 0, region: 1, country: 2, feature: 3 };

  let order = null;
  function ordered() {
    return (order ||= O.rows.filter((p) => p.count || p.mentions).sort((a, b) => (a.count ? 0 : 1) - (b.count ? 0 : 1) || RANK[a.kind] - RANK[b.kind] || b.count - a.count || b.mentions - a.mentions || a.row - b.row));
  }

  let others = null;
  const otherNames = () => (others ||= O.piece("names").then((piece) => new Map(piece.places.map(([row, names]) => [row, plain(names.join("\n"))]))).catch(() => new Map()));

  // What is said of a place on the day, as {standing, holders}.
  O.standingOf = (atlas, place) => {
    const said = atlas.said;
    return said ? { standing: O.STANDING[said.standing[place.row]], holders: O.partiesOf(said.holders[place.row]) } : { standing: place.standing, holders: place.holders };
  };

  // options: {atlas, href(place)}; update() writes it anew for the day.
  O.placeList = function ({ atlas, href }) {
    let shown = PAGE, words = "", turn = 0;
    const filter = h("input", { type: "search", name: "place-filter", "aria-label": O.t("Find a place"), placeholder: O.t("Find a place"), autocomplete: "off" });
    const list = h("ul", { class: "place-list" }), tally = h("p", { class: "meta tally", "aria-live": "polite" }), more = h("button", { type: "button", class: "more" }, O.t("Show more places"));
    const node = h("section", { class: "places", "aria-label": O.t("Places") }, h("h1", { tabindex: "-1" }, O.t("Places")), filter, tally, list, more);

    const item = (place) => {
      const now = O.standingOf(atlas, place), settled = place.kind === "settlement";
      return h("li", {}, O.shape(settled ? now.standing : "mentioned", settled ? now.holders : [], 20),
        h("span", {}, h("a", { href: href(place), "data-row": place.row }, O.bdi(place.name)), h("span", { class: "meta block" }, settled ? (place.count ? O.standingWords(now) : O.t("only named")) : O.t(place.kind))),
        h("span", { class: "count", title: O.t("claims about it") }, place.count ? O.number(place.count) : "–"));
    };

    async function found() {
      if (!words) return ordered();
      const direct = ordered().filter((place) => plain(place.name).includes(words));
      const also = await otherNames(), seen = new Set(direct);
      return [...direct, ...ordered().filter((place) => !seen.has(place) && (also.get(place.row) || "").includes(words))];
    }

    async function update() {
      const mine = ++turn, all = await found();
      if (mine !== turn) return;
      list.replaceChildren(...all.slice(0, shown).map(item));
      tally.textContent = all.length ? O.t("{places}; the number is that of the claims about each.", { places: O.count(all.length, "place") }) : O.t("No place of that name.");
      more.hidden = all.length <= shown;
    }
    filter.addEventListener("input", () => {
      words = plain(filter.value.trim());
      shown = PAGE;
      update();
    });
    more.addEventListener("click", async () => {
      const from = shown;
      shown += PAGE;
      await update();
      const first = list.children[from];
      if (first) first.querySelector("a").focus();
    });
    return { node, update, heading: node.querySelector("h1") };
  };
})(window.Oskil);
