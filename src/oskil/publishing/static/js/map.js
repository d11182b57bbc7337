// The page of the map: the map itself, its time, the list of places or one of them, and the whole state in the address.
"use strict";
(function (O) {
  const h = O.h;
  const SETTLE = 260;
  let page = null;

  const lastDay = () => Math.max(0, O.core.days.count - 1);
  const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || "") ? Math.max(0, Math.min(lastDay(), O.dayNumber(text))) : NaN);
  const defaults = () => new Set(O.mapLayers().filter(([, , , on]) => on).map(([name]) => name));

  // The address as a state, and a state as changes of the address. known=same ties it to the day.
  function read(query) {
    const day = dayOf(query.get("day")), known = dayOf(query.get("known")), tied = query.get("known") === "same", at = Number.isNaN(day) ? lastDay() : day;
    const layers = query.has("layers") ? new Set(query.get("layers").split(",").filter(Boolean)) : defaults();
    return { day: at, known: tied ? at : Number.isNaN(known) ? lastDay() : known, tied, layers };
  }
  function written({ day, known, tied, layers }) {
    const all = [...defaults()].sort().join() === [...layers].sort().join();
    return { day: day === lastDay() ? null : O.dayIso(day), known: tied ? "same" : known === lastDay() ? null : O.dayIso(known), layers: all ? null : [...layers].join(",") || "none" };
  }

  // An address of another view of the map that keeps the day and the layers.
  function address(path, changes) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...written(page.state), ...changes })) if (value !== null) query.set(name, value);
    return `#${path}${query.toString() ? "?" + query : ""}`;
  }

  const credit = () => h("p", { class: "credit" }, O.t("Points are towns’ centres. Places:"), " ", O.outside("https://www.geonames.org/", "GeoNames"), ", CC BY 4.0.", O.baseCredit());

  const CONTROLS = [["+", "Zoom in", (atlas) => atlas.zoom(1)], ["−", "Zoom out", (atlas) => atlas.zoom(-1)], ["⤢", "The whole map", (atlas) => atlas.fit()]];

  function stage(query) {
    const box = h("div", { class: "map-box", tabindex: "0", role: "application", "aria-label": O.t("Map. Arrow keys move it, plus and minus zoom, Enter opens what is in the middle. The same places stand in the list.") });
    const tip = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
    const atlas = O.atlas(box, {
      padding: () => [legend.open && box.clientWidth > 760 ? legend.offsetWidth + 26 : 18, 18],
      pick: (place) => place && (location.hash = address(`/place/${place.id}`)),
      hover: (place, at) => {
        tip.hidden = !place;
        box.classList.toggle("pointing", Boolean(place));
        if (!place) return;
        tip.replaceChildren(h("strong", {}, O.bdi(place.name)), h("span", {}, O.standingWords(O.standingOf(atlas, place))), inferredTip(atlas, place));
        tip.style.translate = `${Math.min(at[0] + 14, box.clientWidth - 230)}px ${at[1] > box.clientHeight - 110 ? at[1] - 90 : at[1] + 14}px`;
      },
      drawn: () => drawn(),
    });
    const legend = O.legend(read(query).layers, (layers) => apply({ layers }, true));
    legend.open = window.innerWidth > 1100 && query.get("embed") !== "1";
    box.append(h("div", { class: "cross", "aria-hidden": "true" }), tip);
    const node = h("figure", { class: "stage" }, box, legend, h("div", { class: "map-buttons" }, CONTROLS.map(([sign, label, act]) => h("button", { type: "button", "aria-label": O.t(label), title: O.t(label), onclick: () => act(atlas) }, sign))),
      h("p", { class: "map-day", "aria-hidden": "true" }), h("figcaption", {}, credit()));
    return { node, atlas, box };
  }

  function inferredTip(atlas, place) {
    const byte = atlas.bytes && atlas.bytes[place.row];
    if (!byte) return null;
    const status = O.core.beliefs.statuses[O.statusOf(byte)], sure = [O.t("below 70 %"), O.t("70 to 90 %"), O.t("90 to 97 %"), O.t("above 97 %")][O.surenessOf(byte)];
    return h("span", {}, O.t("inferred: {status}, {sure}", { status: O.isContested(O.statusOf(byte)) ? O.t("contested") : O.sideName(status), sure }));
  }

  // ---- state

  // A change of day, known, layers. What is cheap follows at once, the rest when the reader has let go.
  function apply(changes, settled) {
    Object.assign(page.state, changes);
    const { day, known, layers } = page.state;
    page.atlas.set("layers" in changes ? { day, known, layers } : { day, known });
    if (page.cursor) page.cursor.style.left = `${O.timeAt(day)}%`;
    page.node.querySelector(".map-day").textContent = O.day(O.dayIso(day));
    clearTimeout(page.timer);
    if (settled || !page.time.playing()) page.timer = setTimeout(settle, SETTLE);
  }

  async function settle() {
    if (!page || !page.node.isConnected) return;
    const mine = page;
    O.setQuery(written(mine.state), { replace: true });
    await refresh();
    tell();
  }

  // The panel and the story for the day; they are rewritten only when the reader has let go.
  async function refresh() {
    const { day, known } = page.state, shown = `${day}/${known}`;
    page.atlas.now(false);
    if (page.shown === shown) return;
    page.shown = shown;
    if (page.place) await story();
    await page.panel.update();
  }

  function tell() {
    const said = page.atlas.said, { day, known } = page.state;
    if (!said) return;
    const counts = new Map();
    for (let row = 0; row < said.standing.length; row++) if (said.standing[row]) {
      const key = said.standing[row] === 3 ? "x" : said.holders[row];
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    const parts = [...counts].map(([key, n]) => (key === "x" ? O.t("{places} contested", { places: O.count(n, "place") }) : O.t("{places} said to be held by {name}", { places: O.count(n, "place"), name: O.partiesOf(key).map(O.sideName).join(", ") })));
    const basis = O.core.beliefs ? O.beliefBasis(day, known).note : "";
    page.time.tell([O.day(O.dayIso(day)), ...parts].join("; ") + ".");
    page.note.textContent = basis;
    page.note.hidden = !basis;
  }

  function drawn() {
    if (page && page.place && page.time.playing()) page.panel.tick();
    if (page) page.box.dataset.ready = page.atlas.whole && page.atlas.said && page.atlas.bytes !== undefined ? "true" : "false";
  }

  // ---- the page

  function make(query) {
    const side = h("aside", { class: "panel", tabindex: "-1", "aria-label": O.t("Places") }), note = h("p", { class: "basis meta", hidden: true });
    page = { state: read(query), side, note, place: null, shown: "", timer: 0, storyBox: h("div", { class: "story-box" }) };
    Object.assign(page, stage(query));
    const figure = page.node;
    page.time = O.timeBar({ change: (state, settled) => apply({ day: state.day, known: state.known, tied: state.tied }, settled) });
    page.time.node.append(page.storyBox, note);
    page.node = h("div", { class: "map-page" }, figure, page.time.node, side);
    page.box.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target !== page.box) return;
      event.preventDefault();
      page.time.toggle();
    });
    const { day, known, tied, layers } = page.state;
    page.time.set({ day, known, tied });
    page.atlas.set({ day, known, layers });
    page.node.querySelector(".map-day").textContent = O.day(O.dayIso(day));
    page.list = O.placeList({ atlas: page.atlas, href: (place) => address(`/place/${place.id}`) });
  }

  async function story() {
    const { place, details, storyBox, state } = page;
    const { basis } = O.beliefBasis(state.day, state.known);
    const made = await O.story(place, details, { basis, known: state.known, width: storyBox.clientWidth || window.innerWidth - 60,
      href: (mark) => address(`/place/${place.id}`, { day: O.dayIso(mark.day) }) });
    if (page.place !== place) return;
    const at = document.activeElement && document.activeElement.closest(".story .mark");
    storyBox.replaceChildren(made);
    page.cursor = made.querySelector(".cursor");
    page.cursor.style.left = `${O.timeAt(page.state.day)}%`;
    const again = at && made.querySelector(`[data-mark="${at.dataset.mark}"]`);
    if (again) again.focus();
  }

  async function open(place, query) {
    const fresh = !page || !page.node.isConnected, state = read(query);
    if (fresh) make(query);
    const moved = fresh || page.place !== place;
    Object.assign(page.state, state);
    page.time.set({ day: state.day, known: state.known, tied: state.tied });
    for (const box of page.node.querySelectorAll("[data-layer]")) box.checked = state.layers.has(box.dataset.layer);
    page.atlas.set({ ...state, selected: place ? place.row : -1 });
    if (moved) {
      const details = place ? await O.place(place.id) : null;
      page.place = place;
      page.details = details;
      page.shown = "";
      page.panel = place ? O.placePanel({ atlas: page.atlas, place, details, state: () => page.state, home: () => address("/map", {}) }) : page.list;
      if (!place) page.storyBox.replaceChildren(), (page.cursor = null);
      page.side.replaceChildren(page.panel.node);
      page.side.scrollTop = 0;
      page.node.classList.toggle("with-place", Boolean(place));
      if (place) page.atlas.lookAt(place.point);
    }
    // A fresh map stands before its pieces are there: its first drawing waits for none of them.
    const mine = page;
    const settled = page.atlas.ready.then(async () => {
      if (page !== mine) return;
      // What was written before the words of all days were there was that of the last day.
      if (fresh) page.shown = "";
      await refresh();
      if (page === mine) tell();
    });
    if (fresh) refresh();
    else await settled;
    return { settled, node: page.node, title: place ? place.name : O.t("Map"), same: !fresh, focus: moved && !fresh ? page.panel.heading : null };
  }

  O.route("map", (parts, query) => open(null, query));
  O.route("place", async ([id], query) => (O.places.has(Number(id)) ? open(O.places.get(Number(id)), query) : O.missing("place")));

  // ---- small maps beside other views

  const small = new Set();
  O.mapFigure = function () {
    const box = h("div", { class: "map-box small" });
    const atlas = O.atlas(box, { still: true, padding: () => [10, 10] });
    atlas.set({ day: lastDay(), known: lastDay(), layers: defaults() });
    small.add({ box, atlas });
    const label = O.t("The map: who is said to hold which place on {day}", { day: O.day(O.dayIso(lastDay())) });
    return h("figure", { class: "map small" }, h("a", { class: "map-link", href: "#/map", "aria-label": label }, box),
      h("figcaption", {}, h("p", { class: "meta" }, O.t("Signs: who is said to hold a place. Hatched ground: what is inferred. Said is not so; inferred is calculated."), " ", h("a", { href: "#/map" }, O.t("The map with its time")), O.baseCredit())));
  };

  O.leaveMap = function () {
    for (const one of small) if (!one.box.isConnected) one.atlas.close(), small.delete(one);
    if (page && !page.node.isConnected) {
      page.time.pause();
      clearTimeout(page.timer);
      page.atlas.close();
      page = null;
    }
  };

  // On paper the map is light, whatever the screen is.
  const redrawn = (paper) => () => {
    document.documentElement.classList.toggle("on-paper", paper);
    O.forgetColours();
    for (const atlas of [page && page.atlas, ...[...small].map((one) => one.atlas)]) if (atlas) atlas.now();
  };
  window.addEventListener("beforeprint", redrawn(true));
  window.addEventListener("afterprint", redrawn(false));
})(window.Oskil);
