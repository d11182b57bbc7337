// Charts drawn by hand: every one can be told apart without hue, is named for who cannot see it, and has its
// numbers in words or in a table beside it. Colours come from the style sheet, so both themes and paper hold.
"use strict";
(function (O) {
  const h = O.h, s = O.s;
  let serial = 0;

  // Textures of the parts of one bar, from the strongest to the lightest, and of parties as on the map.
  const PARTS = ["", "M0 6 6 0", "M0 0 6 6M0 6 6 0", "M0 3H6", "M3 0V6", "M1.5 1.5h.01M4.5 4.5h.01"];
  const PARTIES = ["M0 6 6 0", "M0 0 6 6", "M0 3H6", "M3 0V6", "M0 3H6M3 0V6", "M0 6 6 0M0 0 6 6"], OTHERS = "M1.5 1.5h.01M4.5 4.5h.01";
  const texture = (one, i) => (one.party === undefined ? PARTS[i % PARTS.length] : one.party < 0 ? OTHERS : PARTIES[one.party % PARTIES.length]);

  function pattern(id, lines, tone) {
    return s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", class: `texture ${tone}` },
      s("rect", { width: 6, height: 6, class: lines ? "texture-ground" : "texture-full" }), lines ? s("path", { d: lines, class: "texture-line" }) : null);
  }

  // The fills of a chart: one pattern for each series, given as [{tone, party}]: `party` is its number.
  function fills(series) {
    const stem = `fill${++serial}-`;
    const defs = s("defs", {}, series.map((one, i) => pattern(stem + i, texture(one, i), one.tone || "none")));
    return { defs, of: (i) => `url(#${stem}${i})` };
  }

  const swatch = (series, i) => {
    const made = fills(series), svg = s("svg", { class: "swatch", viewBox: "0 0 18 12", width: 18, height: 12, "aria-hidden": "true" });
    svg.append(made.defs, s("rect", { x: 0.5, y: 0.5, width: 17, height: 11, class: "part", fill: made.of(i) }));
    return svg;
  };

  const named = (svg, title, desc) => {
    const id = `chart${++serial}`;
    svg.prepend(s("title", { id }, title), s("desc", { id: `${id}d` }, desc || title));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", id);
    if (desc) svg.setAttribute("aria-describedby", `${id}d`);
    return svg;
  };

  // A share with the interval that it lies in: a bar to the share, whiskers from low to high.
  function interval(tally, title) {
    const x = (value) => 1 + 118 * Math.min(1, Math.max(0, value)), at = tally.of ? tally.right / tally.of : 0;
    const svg = s("svg", { class: "interval", viewBox: "0 0 120 16", width: 120, height: 16 },
      s("path", { class: "track", d: "M1 15.5H119M1 12v4M60 13v3M119 12v4" }),
      s("rect", { class: "share", x: 1, y: 3, width: Math.max(1, x(at) - 1), height: 9 }),
      s("path", { class: "whisker", d: `M${x(tally.low)} 7.5H${x(tally.high)}M${x(tally.low)} 4v7M${x(tally.high)} 4v7` }));
    return named(svg, `${title}: ${O.t("{share} of {of}, between {low} and {high}", { share: O.percent(at), of: O.number(tally.of), low: O.percent(tally.low), high: O.percent(tally.high) })}`);
  }

  // Days put together so that a chart has room for each bar: days, weeks or months.
  function bins(first, last) {
    const span = last - first + 1;
    if (span > 760) return months(first, last);
    const width = span > 92 ? 7 : 1, starts = [];
    for (let day = first; day <= last; day += width) starts.push(day);
    return { word: width === 1 ? "day" : "week", starts, of: (day) => Math.floor((day - first) / width) };
  }

  function months(first, last) {
    const starts = [], number = new Map();
    for (let day = first; day <= last; day++) {
      const month = O.dayIso(day).slice(0, 7);
      if (!number.has(month)) number.set(month, starts.push(day) - 1);
    }
    return { word: "month", starts, of: (day) => number.get(O.dayIso(day).slice(0, 7)) };
  }

  function steps(top) {
    const rough = top / 3, power = 10 ** Math.floor(Math.log10(rough || 1));
    const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) || 1);
    const list = [];
    for (let at = 0; at < top + step; at += step) list.push(at);
    return list;
  }

  // Stacked bars. `rows` are lists of one number a series, by bin; `series` [{name, tone, party}].
  function stacked({ title, desc, cut, rows, series }) {
    const narrow = window.innerWidth < 700, wide = narrow ? 360 : 900, high = narrow ? 190 : 230, left = 38, foot = 22;
    const sums = rows.map((row) => row.reduce((a, b) => a + b, 0)), ticks = steps(Math.max(1, ...sums)), top = ticks[ticks.length - 1];
    const made = fills(series), y = (value) => 8 + (high - foot - 8) * (1 - value / top), room = (wide - left - 4) / rows.length;
    const svg = s("svg", { class: "bars", viewBox: `0 0 ${wide} ${high}` }, made.defs);
    for (const tick of ticks) svg.append(s("path", { class: "line", d: `M${left} ${y(tick)}H${wide - 4}` }), s("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, O.number(tick)));
    rows.forEach((row, i) => {
      let below = 0;
      row.forEach((value, n) => {
        if (!value) return;
        const x = left + i * room + Math.min(1.5, room * 0.1);
        svg.append(s("rect", { class: "part", x, y: y(below + value), width: Math.max(0.8, room - 2 * Math.min(1.5, room * 0.1)), height: Math.max(0.5, y(below) - y(below + value)), fill: made.of(n) }));
        below += value;
      });
    });
    const marks = rows.length < 3 ? [0] : narrow ? [0, rows.length - 1] : [0, Math.floor(rows.length / 3), Math.floor((2 * rows.length) / 3), rows.length - 1];
    marks.forEach((i, n) => svg.append(s("text", { x: Math.min(wide - 4, left + (i + (n ? 0.5 : 0)) * room), y: high - 6, "text-anchor": n === 0 ? "start" : n === marks.length - 1 ? "end" : "middle" }, O.day(O.dayIso(cut.starts[i])))));
    return h("figure", { class: "chart" }, h("figcaption", {}, title), named(svg, title, desc),
      series.length > 1 ? h("ul", { class: "chart-key" }, series.map((one, i) => h("li", {}, swatch(series, i), O.bdi(one.name)))) : null,
      twin(title, cut, rows, series, sums));
  }

  const WORDS = { day: "Day", week: "Week from", month: "Month from" };

  function twin(title, cut, rows, series, sums) {
    const body = () => rows.map((row, i) => (sums[i] ? h("tr", {}, h("th", { scope: "row" }, O.day(O.dayIso(cut.starts[i]))), row.map((value) => h("td", { class: "number" }, value ? O.number(value) : "")), series.length > 1 ? h("td", { class: "number" }, O.number(sums[i])) : null) : null));
    const table = h("table", { class: "twin" }, h("caption", { class: "sr" }, title));
    const fold = h("details", { class: "twin-fold" }, h("summary", {}, O.t("The same as a table")), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table));
    fold.addEventListener("toggle", () => {
      if (fold.open && !table.tBodies.length) table.append(h("thead", {}, h("tr", {}, h("th", { scope: "col" }, O.t(WORDS[cut.word])), series.map((one) => h("th", { scope: "col", class: "number" }, O.bdi(one.name))), series.length > 1 ? h("th", { scope: "col", class: "number" }, O.t("together")) : null)), h("tbody", {}, body()));
    });
    return fold;
  }

  // What came on each day as a strip; gaps are hatched, so that silence is seen and not taken for calm.
  function strip({ title, runs, gaps, first, count, tone }) {
    const wide = 600, high = 30, id = `gap${++serial}`, x = (day) => ((day - first) / Math.max(1, count)) * wide, each = Math.max(0.8, wide / Math.max(1, count) - 0.3);
    const most = Math.max(1, ...runs.map(([, n]) => n)), tall = (n) => 4 + 20 * Math.sqrt(n / most);
    const bars = runs.map(([day, n]) => `M${(x(day) + each / 2).toFixed(1)} 26v-${tall(n).toFixed(1)}`).join("");
    const svg = s("svg", { class: `strip ${tone || "none"}`, viewBox: `0 0 ${wide} ${high}`, preserveAspectRatio: "none" },
      s("defs", {}, s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, s("path", { d: "M0 6 6 0", class: "gap-line" }))),
      gaps.map(([from, to]) => s("rect", { class: "gap-box", x: x(from), y: 3, width: Math.max(1, x(to + 1) - x(from)), height: 23, fill: `url(#${id})` })),
      s("path", { class: "base", d: `M0 26.5H${wide}` }), s("path", { class: "came", d: bars, "stroke-width": each.toFixed(2) }));
    return named(svg, title);
  }

  // A probability as a point on a line from 0 to 1.
  function scale(value, title) {
    const svg = s("svg", { class: "scale-line", viewBox: "0 0 120 14", width: 120, height: 14 },
      s("path", { class: "track", d: "M4 8H116M4 4v8M60 6v4M116 4v8" }), s("circle", { class: "point", cx: 4 + 112 * value, cy: 8, r: 4.5 }));
    return named(svg, title);
  }

  O.chart = { interval, stacked, strip, scale, bins };
})(window.Oskil);
