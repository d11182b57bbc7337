// The signs of the map: shape and hatching tell what colour tells, for those who do not see colour.
"use strict";
(function (O) {
  const s = O.s;
  let serial = 0;

  O.colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const toneColour = (side) => O.colour(O.tone(side));

  // Each party has a hatching of its own, by its place in the profile.
  const HATCH = ["M0 6 6 0", "M0 0 6 6", "M0 3H6", "M3 0V6", "M0 3H6M3 0V6", "M0 6 6 0M0 0 6 6"];

  function hatch(id, side) {
    const colour = toneColour(side);
    return s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
      s("rect", { width: 6, height: 6, fill: O.colour("paper") }), s("rect", { width: 6, height: 6, fill: colour, "fill-opacity": 0.32 }),
      s("path", { d: HATCH[Math.max(0, O.toneNumber(side)) % HATCH.length], stroke: colour, "stroke-width": 1.9 }));
  }

  // standing: claimed (ringed and hatched), assessed (a solid square), contested (two halves), mentioned (a small ring).
  O.shape = function (standing, holders, size) {
    const id = `hatch${++serial}`, ink = O.colour("ink"), paper = O.colour("paper");
    const svg = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: "0 0 28 28", width: size || 28, height: size || 28, class: "sign-shape", "aria-hidden": "true" });
    if (standing === "claimed") {
      svg.append(s("defs", {}, hatch(id, holders[0])), s("circle", { cx: 14, cy: 14, r: 12.4, fill: paper }),
        s("circle", { cx: 14, cy: 14, r: 10, fill: `url(#${id})`, stroke: toneColour(holders[0]), "stroke-width": 2.6 }));
    } else if (standing === "assessed") {
      svg.append(s("rect", { x: 2.6, y: 2.6, width: 22.8, height: 22.8, rx: 4, fill: paper }),
        s("rect", { x: 5, y: 5, width: 18, height: 18, rx: 2.5, fill: toneColour(holders[0]) }));
    } else if (standing === "contested") {
      const other = holders[1] || null;
      svg.append(s("defs", {}, hatch(id, holders[0]), other ? hatch(id + "b", other) : null), s("circle", { cx: 14, cy: 14, r: 13, fill: paper }),
        s("path", { d: "M14 4a10 10 0 0 0 0 20Z", fill: `url(#${id})` }), s("path", { d: "M14 4a10 10 0 0 1 0 20Z", fill: other ? `url(#${id}b)` : paper }),
        s("path", { d: "M14 2.5V25.5", stroke: ink, "stroke-width": 2 }), s("circle", { cx: 14, cy: 14, r: 10.4, fill: "none", stroke: ink, "stroke-width": 2, "stroke-dasharray": "4.5 2.6" }));
    } else {
      svg.append(s("circle", { cx: 14, cy: 14, r: 6.4, fill: paper, stroke: O.colour("muted"), "stroke-width": 2.4 }));
    }
    return svg;
  };

  // Colours of CSS do not reach a picture, so the shape carries its own.
  O.shapeImage = (standing, holders) => new Promise((resolve, reject) => {
    const image = new Image(56, 56);
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("the sign cannot be drawn"));
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(O.shape(standing, holders, 56)));
  });

  O.standingWords = function (place) {
    const names = place.holders.map(O.sideName);
    if (place.standing === "claimed") return `said to be held by ${names.join(", ")}`;
    if (place.standing === "assessed") return `held by ${names.join(", ")}, say independent observers`;
    if (place.standing === "contested") return names.length > 1 ? `contested: said to be held by ${names.join(" and by ")}` : `contested: that ${names[0]} holds it is said and denied`;
    return "nobody says who holds it";
  };

  O.legend = function () {
    const holders = O.core.parties.map((p) => p.id);
    const used = new Set(O.rows.map((p) => p.standing));
    const mixed = O.rows.find((p) => p.standing === "contested");
    const parties = holders.filter((id) => O.rows.some((p) => p.holders.includes(id)));
    const item = (shape, words) => O.h("li", {}, shape, O.h("span", {}, words));
    return O.h("ul", { class: "legend", "aria-label": "What the signs mean" },
      (parties.length ? parties : holders).map((id) => item(O.shape("claimed", [id], 20), ["said to be held by ", O.bdi(O.sideName(id))])),
      item(O.shape("contested", mixed ? mixed.holders : holders.slice(0, 2), 20), "said differently, or said and denied"),
      item(O.shape("assessed", [parties[0] || holders[0]], 20), `assessed by independent observers${used.has("assessed") ? "" : " (none here)"}`),
      item(O.shape("mentioned", [], 20), "unknown: only spoken of"));
  };
})(window.Oskil);
