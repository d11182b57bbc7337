// The map as a drawing, for browsers without WebGL and for paper.
"use strict";
(function (O) {
  const s = O.s, WIDTH = 900;

  O.lines = function (frame) {
    const span = Math.max(frame[2] - frame[0], frame[3] - frame[1]);
    const step = [0.1, 0.25, 0.5, 1, 2, 5, 10].find((x) => span / x <= 7) || 20;
    const from = (x) => Math.floor(x / step - 3) * step, list = [];
    for (let lon = from(frame[0]); lon <= frame[2] + 3 * step; lon += step) list.push({ lon: +lon.toFixed(4) });
    for (let lat = from(frame[1]); lat <= frame[3] + 3 * step; lat += step) list.push({ lat: +lat.toFixed(4) });
    return list;
  };

  O.degrees = (line) => (line.lon !== undefined ? `${Math.abs(line.lon)}° ${line.lon < 0 ? "W" : "E"}` : `${Math.abs(line.lat)}° ${line.lat < 0 ? "S" : "N"}`);

  O.sketch = function (places) {
    const [west, south, east, north] = O.record.frame;
    const squeeze = Math.cos(((south + north) / 2) * Math.PI / 180);
    const scale = WIDTH / ((east - west) * squeeze), height = Math.round((north - south) * scale);
    const x = (lon) => (lon - west) * squeeze * scale, y = (lat) => (north - lat) * scale;
    const inside = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
    const svg = s("svg", { class: "sketch", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": "Sketch map of the places of the record" });
    for (const line of O.lines(O.record.frame)) {
      const across = line.lon === undefined;
      if (across ? line.lat < south || line.lat > north : line.lon < west || line.lon > east) continue;
      svg.append(s("path", { class: "grid", d: across ? `M0 ${y(line.lat)}H${WIDTH}` : `M${x(line.lon)} 0V${height}` }),
        s("text", { class: "degree", x: across ? 4 : x(line.lon) + 4, y: across ? y(line.lat) - 4 : height - 6 }, O.degrees(line)));
    }
    for (const [name, lon, lat] of O.record.ground) {
      if (!inside([lon, lat])) continue;
      svg.append(s("circle", { class: "dot", cx: x(lon), cy: y(lat), r: 2 }), s("text", { class: "ground", x: x(lon) + 5, y: y(lat) + 4 }, name));
    }
    for (const place of places.filter((p) => p.point && inside(p.point))) {
      const sign = O.shape(place.standing, place.holders, 28);
      sign.setAttribute("x", x(place.point[0]) - 14);
      sign.setAttribute("y", y(place.point[1]) - 14);
      svg.append(s("a", { href: O.link.place(place), "aria-label": `${place.name}: ${O.standingWords(place)}` }, sign,
        s("text", { class: "place", x: x(place.point[0]) + 17, y: y(place.point[1]) + 5 }, place.name)));
    }
    const km = [5, 10, 20, 50, 100, 200].find((k) => k / 111.32 * scale > 60) || 500, wide = km / 111.32 * scale;
    svg.append(s("path", { class: "scale", d: `M${WIDTH - wide - 16} ${height - 14}v6h${wide}v-6` }), s("text", { class: "degree", x: WIDTH - wide - 16, y: height - 20 }, `${km} km`));
    return svg;
  };
})(window.Oskil);
