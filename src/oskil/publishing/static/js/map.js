// The map and the page of a place. The map has no tiles: towns, a grid of degrees and a scale.
"use strict";
(function (O) {
  const h = O.h;
  const FONT = ["Open Sans Regular"], SIGNS = ["rings", "places"];

  function webgl() {
    try {
      return Boolean(window.maplibregl && document.createElement("canvas").getContext("webgl2"));
    } catch {
      return false;
    }
  }

  const spoken = () => O.rows.filter((p) => p.point);
  const point = (coordinates, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates }, properties });
  const collection = (features) => ({ type: "geojson", data: { type: "FeatureCollection", features } });

  function gridLines() {
    return O.lines(O.core.frame).map((line) => ({
      type: "Feature", properties: {},
      geometry: { type: "LineString", coordinates: line.lon !== undefined ? [[line.lon, -80], [line.lon, 80]] : [[-180, line.lat], [180, line.lat]] },
    }));
  }

  const signKey = (place) => [place.standing, ...place.holders].join("|");

  function style() {
    const ink = O.colour("ink"), muted = O.colour("muted"), paper = O.colour("paper"), rule = O.colour("rule");
    const halo = { "text-halo-color": paper, "text-halo-width": 1.6 };
    const signs = {
      type: "symbol", source: "places",
      layout: { "icon-image": ["get", "sign"], "icon-size": ["get", "size"], "icon-allow-overlap": true, "text-field": ["get", "name"], "text-size": 13.5, "text-font": FONT, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1.15, "text-optional": true, "symbol-sort-key": ["get", "weight"] },
      paint: { "text-color": ink, ...halo },
    };
    return {
      version: 8,
      sources: {
        grid: collection(gridLines()),
        ground: collection(O.core.ground.map(([name, lon, lat, people]) => point([lon, lat], { name, people }))),
        places: collection(spoken().map((p) => point(p.point, {
          id: p.id, name: p.name, standing: p.standing, sign: signKey(p), size: Math.min(1.25, 0.62 + Math.sqrt(p.count) * 0.13), weight: -p.count,
        }))),
      },
      layers: [
        { id: "paper", type: "background", paint: { "background-color": O.colour("field") } },
        { id: "grid", type: "line", source: "grid", paint: { "line-color": rule, "line-width": 1 } },
        { id: "dots", type: "circle", source: "ground", paint: { "circle-radius": 2, "circle-color": muted } },
        { id: "towns", type: "symbol", source: "ground",
          layout: { "text-field": ["get", "name"], "text-size": ["interpolate", ["linear"], ["get", "people"], 5000, 10.5, 1000000, 14], "text-font": FONT, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.5, "symbol-sort-key": ["-", 0, ["get", "people"]] },
          paint: { "text-color": muted, ...halo, "text-halo-color": O.colour("field") } },
        // Those that nobody claims lie beneath, and give way with their names.
        { id: "rings", filter: ["==", ["get", "standing"], "mentioned"], ...signs },
        { id: "places", filter: ["!=", ["get", "standing"], "mentioned"], ...signs },
      ],
    };
  }

  // The degrees stand at the edges wherever the map is moved to.
  function degrees(map, box) {
    const marks = O.lines(O.core.frame).map((line) => [line, h("span", { class: "degree", "aria-hidden": "true" }, O.degrees(line))]);
    box.append(...marks.map(([, mark]) => mark));
    const place = () => {
      const { width, height } = box.getBoundingClientRect(), centre = map.getCenter();
      for (const [line, mark] of marks) {
        const upright = line.lon !== undefined;
        const at = map.project(upright ? [line.lon, centre.lat] : [centre.lng, line.lat]);
        mark.hidden = upright ? at.x < 40 || at.x > width - 120 : at.y < 20 || at.y > height - 30;
        mark.style.translate = upright ? `calc(${at.x}px - 50%) ${height - 19}px` : `6px calc(${at.y}px - 50%)`;
      }
    };
    map.on("move", place);
    map.on("resize", place);
    place();
  }

  async function signs(map) {
    for (const place of new Map(spoken().map((p) => [signKey(p), p])).values()) {
      const image = await O.shapeImage(place.standing, place.holders);
      if (!map.hasImage(signKey(place))) map.addImage(signKey(place), image, { pixelRatio: 2 });
    }
  }

  let live = null;

  function start(box, place, small) {
    if (live) live.remove();
    const [west, south, east, north] = O.core.frame;
    const map = new window.maplibregl.Map({
      container: box, style: style(), bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: small ? 8 : 24 }, attributionControl: false,
      localIdeographFontFamily: O.colour("sans"), dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 12, minZoom: 2, fadeDuration: 0, cooperativeGestures: small, renderWorldCopies: false,
    });
    live = map;
    map.touchZoomRotate.disableRotation();
    map.on("styleimagemissing", () => {});
    map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new window.maplibregl.ScaleControl({ unit: "metric" }), "bottom-right");
    map.on("click", SIGNS, (event) => (location.hash = O.link.place({ id: event.features[0].properties.id })));
    map.on("mouseenter", SIGNS, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", SIGNS, () => (map.getCanvas().style.cursor = ""));
    map.getCanvas().setAttribute("aria-label", "Map of the places of the record. Arrow keys move it, plus and minus zoom. The same places stand in the list beside it.");
    degrees(map, box);
    signs(map).then(() => {
      map.once("idle", () => (box.dataset.ready = "true"));
      map.triggerRepaint();
    }).catch(() => (box.dataset.ready = "false"));
    if (place && place.point) O.lookAt(place);
  }

  O.lookAt = function (place) {
    if (!live || !place.point) return;
    const seen = live.getBounds().contains(place.point);
    const target = { center: place.point, zoom: Math.max(live.getZoom(), 7.5) };
    if (!seen || live.getZoom() < 7) O.calm() ? live.jumpTo(target) : live.easeTo(target);
  };

  O.leaveMap = function () {
    if (live && !live.getContainer().isConnected) {
      live.remove();
      live = null;
    }
  };

  // The map with its legend; a drawing stands in for it on paper and where WebGL is missing.
  O.mapFigure = function ({ place, small }) {
    const able = webgl();
    const box = h("div", { class: "map-box", "data-map": able ? "webgl" : "sketch" });
    const drawing = h("div", { class: able ? "map-print" : "map-sketch" }, O.sketch(spoken()));
    const figure = h("figure", { class: small ? "map small" : "map" }, able ? box : h("p", { class: "no-webgl" }, "This browser has no WebGL, so the map is a drawing; the list holds the same places."), drawing,
      h("figcaption", {}, O.legend(), h("p", { class: "credit" }, "A colour shows who is ", h("em", {}, "said"), " to hold a place in the latest claims, not who holds it. Points are towns’ centres. Places: ",
        O.outside("https://www.geonames.org/", "GeoNames"), ", CC BY 4.0.")));
    if (able) requestAnimationFrame(() => box.isConnected && begin());
    function begin() {
      try {
        start(box, place, small);
      } catch {
        box.replaceWith(h("p", { class: "no-webgl" }, "The map could not start; a drawing stands in for it."));
        drawing.className = "map-sketch";
      }
    }
    return figure;
  };

  let page = null;

  async function mapPage(place) {
    const panel = place ? await placePanel(place) : list();
    if (page && page.isConnected) {
      page.querySelector(".panel").replaceChildren(panel);
      if (place) O.lookAt(place);
      return { node: page, title: place ? place.name : O.t("Map"), same: true, focus: page.querySelector(".panel h1") };
    }
    page = h("div", { class: "map-page" }, O.mapFigure({ place }), h("div", { class: "panel" }, panel));
    return { node: page, title: place ? place.name : O.t("Map") };
  }
  O.route("map", () => mapPage(null));
  O.route("place", ([id]) => (O.places.has(Number(id)) ? mapPage(O.places.get(Number(id))) : O.missing("place")));

  function list() {
    const rank = { contested: 0, claimed: 1, assessed: 2, mentioned: 3 };
    const towns = spoken().sort((a, b) => rank[a.standing] - rank[b.standing] || b.count - a.count || a.name.localeCompare(b.name));
    const most = (a, b) => b.count - a.count || b.mentions - a.mentions;
    const areas = O.rows.filter((p) => p.kind !== "settlement" && (p.count || p.mentions)).sort(most);
    const named = O.rows.filter((p) => p.kind === "settlement" && !p.point && p.mentions).sort(most);
    const item = (place) => h("li", {}, O.shape(place.point ? place.standing : "mentioned", place.holders, 20),
      h("span", {}, h("a", { href: O.link.place(place) }, O.bdi(place.name)), h("span", { class: "meta block" }, place.kind === "settlement" ? O.standingWords(place) : place.kind)),
      h("span", { class: "count" }, place.count || "–"));
    return h("section", {}, h("h1", { tabindex: "-1" }, "Places"), h("p", { class: "meta" }, "The number is that of the claims about each."), h("ul", { class: "place-list" }, towns.map(item)),
      areas.length ? [h("h2", {}, "Regions and countries"), h("ul", { class: "place-list" }, areas.map(item))] : null,
      named.length ? [h("h2", {}, "Only named"), h("p", { class: "meta" }, "No claim is about them, so they are not on the map."), h("ul", { class: "place-list" }, named.map(item))] : null);
  }

  async function placePanel(place) {
    const details = await O.place(place.id);
    const first = await O.claims(details.by), by = new Set(details.by);
    const rest = await O.claims(details.claims.number.filter((n) => !by.has(n)).reverse().slice(0, 100));
    const all = details.claims.number, mentions = details.mentions, docs = await O.docs(mentions.map(([doc]) => doc));
    const kind = { settlement: "Settlement", region: "Region", country: "Country" }[place.kind];
    return h("section", { class: "place" }, h("p", { class: "back" }, h("a", { href: "#/map" }, "← All places")),
      h("h1", { tabindex: "-1" }, O.bdi(place.name)),
      h("p", { class: "meta" }, `${kind}, ${place.country}`, place.population ? `, ${O.number(place.population)} people` : "", ` · GeoNames ${place.id}`, place.coarse ? " · shown on the coarser grid" : ""),
      place.kind === "settlement" || details.by.length ? h("p", { class: "standing" }, O.shape(place.standing, place.holders, 24), h("span", {}, O.standingWords(place)[0].toUpperCase() + O.standingWords(place).slice(1), place.day ? `; newest word of ${O.day(place.day)}.` : ".")) : null,
      first.length ? [h("h2", {}, "The colour comes from"), h("ul", { class: "claim-list" }, first.map(O.claimLine))] : null,
      rest.length ? [h("h2", {}, first.length ? "Also said of it" : "Said of it"), h("ul", { class: "claim-list" }, rest.map(O.claimLine))] : null,
      all.length ? h("p", {}, h("a", { href: O.link.claims({ place: place.id }) }, "These claims as a table")) : null,
      !all.length && mentions.length ? [h("h2", {}, "Only named"), h("ul", { class: "claim-list" }, mentions.map(([, words], i) => h("li", { class: "line" },
        h("a", { class: "quote", href: O.link.document(docs[i]), dir: "auto" }, "… ", words, " …"), h("p", { class: "meta" }, O.bdi(docs[i].title)))))] : null,
      details.why.length ? h("details", {}, h("summary", {}, "Why the name was put here"), h("ul", {}, details.why.map((w) => h("li", {}, O.bdi(w))))) : null);
  }
})(window.Oskil);
