// What lies under and over the signs of the map: degrees, borders and rivers, names of towns, the scale.
"use strict";
(function (O) {
  const STEPS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20], NAMES = 64;
  const degrees = (value, upright) => O.degrees(upright ? { lon: +value.toFixed(2) } : { lat: +value.toFixed(2) });

  // Lines of the grid that cross the view, within the world: [value, upright, position].
  O.gridLines = function (view) {
    const [west, north] = view.unproject(0, 0), [east, south] = view.unproject(view.width, view.height), found = [];
    const step = STEPS.find((s) => (east - west) / s <= Math.max(3, view.width / 130)) || 30;
    for (let lon = Math.ceil(Math.max(west, -180) / step) * step; lon <= Math.min(east, 180); lon += step) found.push([lon, true, view.project(lon, 0)[0]]);
    for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) found.push([lat, false, view.project(0, lat)[1]]);
    return found;
  };

  // `tiles` as of atlas-tiles.js or null.
  O.drawGround = function (context, view, layers, tiles) {
    context.fillStyle = O.colour("field");
    context.fillRect(0, 0, view.width, view.height);
    if (tiles) tiles.draw(context, view);
    context.strokeStyle = O.colour("rule");
    context.lineWidth = 1;
    context.beginPath();
    for (const [, upright, at] of O.gridLines(view)) {
      const line = Math.round(at) + 0.5;
      upright ? (context.moveTo(line, 0), context.lineTo(line, view.height)) : (context.moveTo(0, line), context.lineTo(view.width, line));
    }
    context.stroke();
    for (const layer of layers) drawLayer(context, view, layer);
  };

  // How lines are drawn, by their kind: [colour, how much of it, width, dashes]. Borders are broken, waters are not.
  const LINES = { water: ["water", 0.75, 1.3, []], border: ["muted", 0.6, 1.2, [6, 3, 1.5, 3]], road: ["muted", 0.35, 0.9, []] };

  // A layer of lines, as O.baseLines made it.
  function drawLayer(context, view, { kind, rings }) {
    const [colour, alpha, wide, dash] = LINES[kind] || LINES.border;
    O.placeRings(rings, view);
    context.strokeStyle = O.colour(colour);
    context.globalAlpha = alpha;
    context.lineWidth = wide;
    context.setLineDash(dash);
    context.lineJoin = "round";
    context.beginPath();
    rings.seen.forEach((seen, i) => seen && O.traceRing(context, rings, i, false));
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  // ---- names

  const widths = new Map();
  function widthOf(context, words, size) {
    const key = `${size}${words}`;
    if (!widths.has(key)) widths.set(key, context.measureText(words).width);
    return widths.get(key);
  }
  const sizeOf = (people) => (people > 500000 ? 15 : people > 150000 ? 13.5 : people > 40000 ? 12.5 : 11.5);

  // Towns in the order in which they get a name: the settlements of the record and the larger ones around.
  let order = null;
  function towns() {
    if (order) return order;
    const known = new Set(O.rows.map((place) => place.name));
    const mine = O.rows.filter((p) => p.point && p.kind === "settlement").map((p) => ({ row: p.row, name: p.name, people: p.population || 0, weight: (p.population || 0) + 400 * p.count, at: O.mercator(...p.point) }));
    const others = O.core.ground.filter(([name]) => !known.has(name)).map(([name, lon, lat, people]) => ({ row: -1, name, people, weight: people, at: O.mercator(lon, lat) }));
    return (order = [...mine, ...others].sort((a, b) => b.weight - a.weight));
  }

  // Which names stand where: they hide neither one another nor the edge's degrees. `gap(row)` is a sign's half width.
  O.namesFor = function (context, view, gap, selected) {
    const taken = [], found = [], most = Math.min(NAMES, Math.round((view.width * view.height) / 9000));
    const free = (box) => box[0] > 4 && box[2] < view.width - 4 && box[1] > 4 && box[3] < view.height - 16 && !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
    const first = selected >= 0 ? towns().filter((town) => town.row === selected) : [];
    for (const town of [...first, ...towns()]) {
      if (found.length >= most) break;
      const [x, y] = view.at(...town.at);
      if (x < 0 || y < 0 || x > view.width || y > view.height || (town.row === selected && found.length && first.length)) continue;
      const size = sizeOf(town.people), bold = town.row === selected, half = town.row >= 0 ? gap(town.row) : 3;
      context.font = `${bold ? 600 : 400} ${size}px ${O.colour("sans")}`;
      const wide = widthOf(context, town.name, size);
      for (const [left, base] of [[x + half + 3, y + size * 0.35], [x - half - 3 - wide, y + size * 0.35], [x - wide / 2, y - half - 4], [x - wide / 2, y + half + size]]) {
        const box = [left - 3, base - size, left + wide + 3, base + size * 0.3];
        if (!free(box)) continue;
        taken.push(box);
        found.push({ name: town.name, left, base, size, bold, dot: town.row < 0 ? [x, y] : null });
        break;
      }
    }
    return found;
  };

  O.drawNames = function (context, names) {
    context.lineJoin = "round";
    for (const { name, left, base, size, bold, dot } of names) {
      context.font = `${bold ? 600 : 400} ${size}px ${O.colour("sans")}`;
      context.strokeStyle = O.colour("field");
      context.globalAlpha = 0.86;
      context.lineWidth = 3.4;
      context.strokeText(name, left, base);
      context.globalAlpha = 1;
      context.fillStyle = bold || size > 12 ? O.colour("ink") : O.colour("muted");
      context.fillText(name, left, base);
      if (dot) context.beginPath(), context.arc(dot[0], dot[1], 1.7, 0, 7), context.fill();
    }
  };

  // Degrees at the edges and the scale, over everything.
  O.drawMargins = function (context, view) {
    context.font = `10.5px ${O.colour("sans")}`;
    context.lineJoin = "round";
    const write = (words, x, y) => {
      context.strokeStyle = O.colour("field");
      context.lineWidth = 3;
      context.strokeText(words, x, y);
      context.fillStyle = O.colour("muted");
      context.fillText(words, x, y);
    };
    const metres = (40075016 * Math.cos((view.unproject(0, view.height / 2)[1] * Math.PI) / 180)) / view.scale();
    const km = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((k) => (k * 1000) / metres > 56) || 2000, wide = (km * 1000) / metres;
    for (const [value, upright, at] of O.gridLines(view)) {
      if (upright && at > 34 && at < view.width - wide - 60) write(degrees(value, true), at - 14, view.height - 6);
      if (!upright && at > 24 && at < view.height - 24) write(degrees(value, false), 6, at + 3.5);
    }
    write(`${O.number(km)} ${O.t("km")}`, view.width - wide - 12, view.height - 17);
    context.strokeStyle = O.colour("ink");
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(view.width - wide - 12, view.height - 12);
    context.lineTo(view.width - wide - 12, view.height - 7);
    context.lineTo(view.width - 12, view.height - 7);
    context.lineTo(view.width - 12, view.height - 12);
    context.stroke();
  };
})(window.Oskil);
