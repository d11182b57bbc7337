// The map as a drawing: beside a report, on paper, and in browsers without WebGL.
"use strict";
(function (O) {
  const s = O.s;

  O.lines = function (frame) {
    const span = Math.max(frame[2] - frame[0], frame[3] - frame[1]);
    const step = [0.1, 0.25, 0.5, 1, 2, 5, 10].find((x) => span / x <= 7) || 20;
    const from = (x) => Math.floor(x / step - 3) * step, list = [];
    for (let lon = from(frame[0]); lon <= frame[2] + 3 * step; lon += step) list.push({ lon: +lon.toFixed(4) });
    for (let lat = from(frame[1]); lat <= frame[3] + 3 * step; lat += step) list.push({ lat: +lat.toFixed(4) });
    return list;
  };

  O.degrees = ({ lon, lat }) => `${O.number(Math.abs(lon ?? lat))}° ${lon !== undefined ? O.t(lon < 0 ? "W" : "E") : O.t(lat < 0 ? "S" : "N")}`;

  // West, south, east and north around the places, with room for their names; null where there are none.
  O.frameAround = function (places) {
    const points = places.filter((p) => p.point).map((p) => p.point);
    if (!points.length) return null;
    const lons = points.map((p) => p[0]), lats = points.map((p) => p[1]);
    const east = Math.max(0.45, (Math.max(...lons) - Math.min(...lons)) * 0.24), north = Math.max(0.25, (Math.max(...lats) - Math.min(...lats)) * 0.22);
    return [Math.min(...lons) - east, Math.min(...lats) - north, Math.max(...lons) + east, Math.max(...lats) + north];
  };

  // Names go where they hide nothing: right, left, above or below; else they are left out.
  function namer(width, height) {
    const taken = [];
    const free = (box) => box[0] > 2 && box[2] < width - 2 && box[1] > 2 && box[3] < height - 2 && !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
    return {
      take: (x, y, r) => taken.push([x - r, y - r, x + r, y + r]),
      put(words, x, y, size, gap) {
        const wide = words.length * size * 0.58;
        for (const [left, base] of [[x + gap, y + size * 0.36], [x - gap - wide, y + size * 0.36], [x - wide / 2, y - gap], [x - wide / 2, y + gap + size * 0.8]]) {
          const box = [left - 1, base - size, left + wide + 1, base + size * 0.25];
          if (!free(box)) continue;
          taken.push(box);
          return [left, base];
        }
        return null;
      },
    };
  }

  // `near` are the places to draw strongly, or null for all; width is in the drawing's own units.
  O.sketch = function (places, { width = 900, frame = O.core.frame, near = null } = {}) {
    const [west, south, east, north] = frame;
    const squeeze = Math.cos(((south + north) / 2) * Math.PI / 180);
    const scale = width / ((east - west) * squeeze), height = Math.round((north - south) * scale);
    const x = (lon) => (lon - west) * squeeze * scale, y = (lat) => (north - lat) * scale;
    const inside = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
    const svg = s("svg", { class: "sketch", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": O.t("Sketch map of the places") });
    const names = namer(width, height), sign = width < 500 ? 20 : 28, letters = width < 500 ? 12.5 : 16;
    grid(svg, frame, x, y, width, height);
    const shown = places.filter((p) => p.point && inside(p.point)).sort((a, b) => b.count - a.count);
    for (const place of shown) names.take(x(place.point[0]), y(place.point[1]), sign * 0.4);
    for (const place of shown) {
      const px = x(place.point[0]), py = y(place.point[1]);
      const shape = O.shape(place.standing, place.holders, sign);
      shape.setAttribute("x", px - sign / 2);
      shape.setAttribute("y", py - sign / 2);
      const label = names.put(place.name, px, py, letters, sign * 0.62);
      const faint = near && !near.has(place.id);
      svg.append(s("a", { class: faint ? "spot faint" : "spot", href: O.link.place(place), "aria-label": `${place.name}: ${O.standingWords(place)}` }, shape,
        label ? s("text", { class: "place", x: label[0], y: label[1], "font-size": letters }, place.name) : null));
    }
    for (const [name, lon, lat] of O.core.ground) {
      if (!inside([lon, lat])) continue;
      const label = names.put(name, x(lon), y(lat), letters * 0.8, 5);
      if (label) svg.append(s("circle", { class: "dot", cx: x(lon), cy: y(lat), r: 1.8 }), s("text", { class: "ground", x: label[0], y: label[1], "font-size": letters * 0.8 }, name));
    }
    const km = [5, 10, 20, 50, 100, 200].find((k) => k / 111.32 * scale > width / 9) || 500, wide = km / 111.32 * scale;
    svg.append(s("path", { class: "scale", d: `M${width - wide - 10} ${height - 12}v5h${wide}v-5` }), s("text", { class: "degree", x: width - wide - 8, y: height - 15 }, `${O.number(km)} ${O.t("km")}`));
    return svg;
  };

  function grid(svg, frame, x, y, width, height) {
    for (const line of O.lines(frame)) {
      const across = line.lon === undefined, at = across ? y(line.lat) : x(line.lon);
      if (at < 12 || at > (across ? height : width) - 12) continue;
      const beside = !across && at > width * 0.72; // the scale stands there
      svg.append(s("path", { class: "grid", d: across ? `M0 ${at}H${width}` : `M${at} 0V${height}` }));
      if (!beside) svg.append(s("text", { class: "degree", x: across ? 4 : at + 3, y: across ? at - 3 : height - 5 }, O.degrees(line)));
    }
  }
})(window.Oskil);
