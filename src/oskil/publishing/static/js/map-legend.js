// What the map shows, and what each sign of it means: the switches of its layers are its legend.
"use strict";
(function (O) {
  const h = O.h;

  function swatch(paint, wide = 34) {
    const canvas = h("canvas", { class: "swatch", width: wide * 2, height: 36, "aria-hidden": "true" });
    const context = canvas.getContext("2d");
    if (context) context.scale(2, 2), paint(context, wide, 18);
    return canvas;
  }

  function tiled(paint) {
    return swatch((context, wide, high) => {
      for (let x = 0; x < wide; x += 12) for (let y = 0; y < high; y += 12) {
        context.save();
        context.beginPath();
        context.rect(x, y, 12, 12);
        context.clip();
        context.translate(x, y);
        paint(context);
        context.restore();
      }
    });
  }
  const area = (status, sureness) => tiled((context) => O.paintTile(context, status, sureness));

  const line = (wide, dash) => swatch((context, width, high) => {
    context.strokeStyle = O.colour("ink");
    context.lineWidth = wide;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(2, high / 2);
    context.lineTo(width - 2, high / 2);
    context.stroke();
  });

  const item = (sign, ...words) => h("li", {}, sign, h("span", {}, words));

  function said() {
    const parties = O.core.parties.map((party) => party.id);
    const used = parties.filter((id) => O.rows.some((place) => place.holders.includes(id)));
    const shown = (used.length ? used : parties).slice(0, 6);
    return [shown.map((id) => item(O.shape("claimed", [id], 20), O.t("said to be held by {name}", { name: O.sideName(id) }))),
      item(O.shape("contested", parties.slice(0, 2), 20), O.t("contested: said differently, or said and denied")),
      shown.map((id) => item(O.shape("assessed", [id], 20), O.t("{name}, assessed by independent observers alone", { name: O.sideName(id) }))),
      item(O.shape("mentioned", [], 20), O.t("unknown: spoken of, and nobody says who holds it")),
      h("li", { class: "words" }, O.t("The more is said of a place, the larger its sign; it fades when the newest word is older than two weeks, and again after two months. Where signs would cover each other, the lesser are dots: full or open by party."))];
  }

  function inferred() {
    const { statuses } = O.core.beliefs;
    return [statuses.map((status, number) => item(h("span", { class: "pair-of" }, area(number, 3), area(number, 2)),
        O.isContested(number) ? O.t("contested, surer and less sure") : O.t("{name}, from 97 % and from 90 %", { name: O.sideName(status) }))),
      item(h("span", { class: "pair-of" }, area(0, 1), area(1, 0)), O.t("below 90 % and below 70 %: broken lines")),
      item(tiled(O.paintStipple), O.t("unknown: nothing is inferred"))];
  }

  const front = () => [item(line(2.4, []), O.t("between ground inferred to be held by different parties")), item(line(1.5, [4, 3.5]), O.t("the edge of contested ground")),
    item(tiled(O.paintVeil), O.t("the front’s band: less sure than 90 %"))];

  // The layers that this record has: [name, title, signs].
  O.mapLayers = function () {
    const has = O.core.has || {}, weighed = Boolean(has.cells && O.core.beliefs);
    return [["said", O.t("What is said"), said, true], weighed && ["areas", O.t("What is inferred"), inferred, true], weighed && ["front", O.t("Front line and its band"), front, true],
      (has.drawn || []).length && ["drawn", O.t("Maps as others drew them"), () => [item(line(1.8, [2, 3, 8, 3]), O.t("outlines of the newest map of each maker up to the day"))], false],
      ((has.layers || []).length || has.basemap) && ["base", O.t("Base map"), () => [], true], ["towns", O.t("Names of towns"), () => [], true]].filter(Boolean);
  };

  // The card; change(set of names) is told of every switch.
  O.legend = function (on, change) {
    const groups = O.mapLayers().map(([name, title, signs]) => h("section", {},
      h("label", { class: "switch" }, h("input", { type: "checkbox", name: `layer-${name}`, checked: on.has(name), "data-layer": name }), h("span", {}, title)),
      h("ul", { class: "legend" }, signs())));
    const card = h("details", { class: "legend-card" }, h("summary", {}, O.t("Signs and layers")),
      h("div", { class: "legend-body" }, h("p", { class: "plainly" }, O.t("Said is not so. Inferred is calculated.")), groups,
        O.core.beliefs && O.core.beliefs.note ? h("p", { class: "meta" }, O.t(O.core.beliefs.note)) : null));
    card.addEventListener("change", () => change(new Set([...card.querySelectorAll("[data-layer]")].filter((box) => box.checked).map((box) => box.dataset.layer))));
    return card;
  };
})(window.Oskil);
