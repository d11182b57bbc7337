// A place's story: its claims over time, one side above and the other below, those that contradict each other
// joined, and beneath them the course of what is inferred.
"use strict";
(function (O) {
  const h = O.h, s = O.s;
  const LANES = [20, 52, 84], BAND = 108, DEEP = 14, HEIGHT = 126, WIDE = 7;
  const percent = (value) => `${value.toFixed(3)}%`;

  // The lane of a side: the first party above, the second below, everybody else between.
  const lane = (side) => {
    const party = O.core.parties.findIndex((one) => one.id === O.core.sides[side]);
    return party === 0 ? 0 : party === 1 ? 2 : 1;
  };
  const LANE_NAMES = () => [O.core.parties[0], null, O.core.parties[1]].map((party) => (party ? O.sideName(party.id) : O.t("others")));

  // Claims of one lane and of the same days, as one mark: {day, lane, rows, holders, denied}.
  function marks(claims, span) {
    const found = new Map(), control = O.core.kinds.indexOf("control");
    for (let i = 0; i < claims.number.length; i++) {
      if (claims.day[i] < 0) continue;
      const day = Math.floor(claims.day[i] / span) * span, at = lane(claims.side[i]), key = day * 3 + at;
      if (!found.has(key)) found.set(key, { day, lane: at, rows: [], holders: 0, denied: 0 });
      const mark = found.get(key);
      mark.rows.push(i);
      if (claims.kind[i] === control && claims.holder[i] >= 0) claims.denied[i] ? (mark.denied |= 1 << claims.holder[i]) : (mark.holders |= 1 << claims.holder[i]);
    }
    return [...found.values()].sort((a, b) => a.day - b.day || a.lane - b.lane);
  }

  function markWords(mark, span) {
    const day = O.day(O.dayIso(mark.day)), last = Math.min(mark.day + span - 1, O.core.days.count - 1);
    const when = span > 1 && last > mark.day ? O.period([O.dayIso(mark.day), O.dayIso(last)]) : day;
    const held = O.partiesOf(mark.holders).map(O.sideName), not = O.partiesOf(mark.denied & ~mark.holders).map(O.sideName);
    const says = held.length ? O.t("held by {names}", { names: held.join(", ") }) : not.length ? O.t("not held by {names}", { names: not.join(", ") }) : O.t("nothing of who holds it");
    return `${when}, ${LANE_NAMES()[mark.lane]}: ${O.count(mark.rows.length, "claim")}, ${says}`;
  }

  // How a mark looks: a claim of who holds it is a disc in the holder's hatching, a denial is struck through, the
  // rest are short strokes.
  function glyph(mark, x, y) {
    const r = Math.min(7.5, 3.4 + Math.sqrt(mark.rows.length) * 0.9);
    const bits = mark.holders || mark.denied;
    if (!bits) return [s("line", { class: "other", x1: x, x2: x, y1: y - Math.min(9, 2.5 + mark.rows.length), y2: y + Math.min(9, 2.5 + mark.rows.length) })];
    const [first, second] = O.partiesOf(bits);
    const disc = [s("circle", { class: `disc ${O.tone(first)}`, cx: x, cy: y, r, fill: `url(#story-${O.toneNumber(first)})` })];
    if (second) disc.push(s("circle", { class: `disc inner ${O.tone(second)}`, cx: x, cy: y, r: r * 0.5, fill: `url(#story-${O.toneNumber(second)})` }));
    if (!mark.holders) disc.push(s("line", { class: "not", x1: x, x2: x, y1: y - r - 2, y2: y + r + 2 }));
    return disc;
  }

  const hatches = () => s("defs", {}, O.core.parties.map((party, number) => s("pattern", { id: `story-${number}`, width: 5, height: 5, patternUnits: "userSpaceOnUse", class: O.tone(party.id) },
    s("rect", { class: "ground", width: 5, height: 5 }), s("rect", { class: "wash", width: 5, height: 5 }),
    s("path", { class: "run", d: O.hatching(number).map((run) => (run === 0 ? "M0 2.5H5" : run === "|" ? "M2.5 0V5" : run > 0 ? "M-1 6 6 -1" : "M-1 -1 6 6")).join("") }))));

  // The course of the belief: each stretch of days cut by the probability of each status.
  function course(runs) {
    const { statuses, first, days } = O.core.beliefs, found = [];
    runs.forEach(([start, chances], i) => {
      const end = Math.min(i + 1 < runs.length ? runs[i + 1][0] : first + days, O.core.days.count);
      let y = BAND;
      statuses.forEach((status, number) => {
        const party = O.core.parties.findIndex((one) => one.id === status), high = chances[number] * DEEP;
        if (high > 0.2) found.push(s("rect", { class: party < 0 ? "contested" : O.tone(status), x: percent(O.timeAt(start, 0)), width: percent(O.timeAt(end, 0) - O.timeAt(start, 0)), y, height: high, fill: party < 0 ? null : `url(#story-${party})` }));
        y += high;
      });
    });
    return found;
  }

  // details: the place's piece; options: {href(mark): where a mark of several claims leads, basis}
  O.story = async function (place, details, { href, basis, known, width }) {
    const claims = details.claims, span = Math.max(1, Math.ceil((O.core.days.count * WIDE) / Math.max(200, width)));
    const all = marks(claims, span), single = all.filter((mark) => mark.rows.length === 1);
    // One claim leads to its words; several lead to their day, where the panel has them all.
    const direct = new Map(single.length <= 400 ? (await O.claims(single.map((mark) => claims.number[mark.rows[0]]))).map((claim, i) => [single[i], O.link.claim(claim)]) : []);
    const at = new Map();
    const links = all.map((mark, i) => {
      const x = percent(O.timeAt(mark.day, span / 2)), y = LANES[mark.lane];
      for (const row of mark.rows) at.set(claims.number[row], mark);
      const later = mark.rows.every((row) => claims.known[row] > known);
      const link = s("a", { class: `mark${later ? " later" : ""}`, href: direct.get(mark) || href(mark), tabindex: i ? "-1" : "0", "aria-label": markWords(mark, span) + (later ? `, ${O.t("told later")}` : ""), "data-mark": i }, s("title", {}, markWords(mark, span)));
      // Percentages do not add to pixels in SVG, so each mark stands in a frame of its own.
      link.append(s("svg", { x, y, overflow: "visible" }, s("rect", { class: "grip", x: -6, y: -12, width: 12, height: 24 }), glyph(mark, 0, 0)));
      return link;
    });
    const joined = (details.clashes || []).map(([a, b]) => [at.get(a), at.get(b)]).filter(([a, b]) => a && b && a !== b);
    const clashes = joined.map(([a, b]) => s("line", { class: "clash", x1: percent(O.timeAt(a.day, span / 2)), x2: percent(O.timeAt(b.day, span / 2)), y1: LANES[a.lane], y2: LANES[b.lane] }));
    const belief = details.belief && O.core.beliefs ? details.belief[basis] || [] : [];
    const svg = s("svg", { class: "strip", role: "group", "aria-label": O.t("Claims about {name} over time. Arrow keys go from mark to mark.", { name: place.name }) },
      hatches(), LANES.map((y) => s("line", { class: "lane", x1: 0, x2: "100%", y1: y, y2: y })), s("g", { class: "clashes", "aria-hidden": "true" }, clashes), s("g", { class: "course", "aria-hidden": "true" }, course(belief)), links);
    svg.style.height = `${belief.length ? HEIGHT : BAND - 4}px`;
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -links.length, End: links.length }[event.key];
      const from = step && links.indexOf(event.target.closest(".mark"));
      if (!step || from < 0) return;
      event.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, from + step))];
      links[from].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
    const names = LANE_NAMES();
    return h("section", { class: "story", "aria-label": O.t("Story of {name}", { name: place.name }) },
      h("p", { class: "story-head" }, h("strong", {}, O.bdi(place.name)), ` · ${O.count(claims.number.length, "claim")}`, joined.length ? ` · ${O.count(joined.length, "contradiction")}` : "",
        span > 1 ? ` · ${O.t("one mark for {days}", { days: O.count(span, "day") })}` : ""),
      h("div", { class: "story-body" }, svg, h("ul", { class: "lane-names", "aria-hidden": "true" }, names.map((name, i) => h("li", { class: `lane-${i}` }, name)), belief.length ? h("li", { class: "lane-3" }, O.t("inferred")) : null),
        h("div", { class: "cursor", "aria-hidden": "true" })));
  };
})(window.Oskil);
