// The map: three canvases, one over the other. The ground and the names change with the view, the signs and the
// areas between them with the day as well. The same drawing serves screens with and without WebGL, and paper.
"use strict";
(function (O) {
  const h = O.h;
  const ROOM = 15, KEPT = 240;
  let firstDrawn = null;
  const redraws = [];

  // Where signs have room, and how large they are: those that most is said of come first; others become dots.
  function layOut(view, places, into) {
    const { x, y, size } = into, scale = view.scale(), dx = view.width / 2 - view.x * scale, dy = view.height / 2 - view.y * scale;
    const taken = new Set(), wide = Math.ceil(view.width / ROOM) + 8, near = view.zoom >= 8.5 ? 1 : 0;
    size.fill(255);
    for (let k = 0; k < places.order.length; k++) {
      const row = places.order[k], px = places.x[row] * scale + dx, py = places.y[row] * scale + dy;
      if (px < -20 || py < -20 || px > view.width + 20 || py > view.height + 20) continue;
      x[row] = px;
      y[row] = py;
      const bucket = Math.floor((py + 20) / ROOM) * wide + Math.floor((px + 20) / ROOM);
      size[row] = taken.has(bucket) ? 0 : Math.min(3, places.rank[k] + near);
      taken.add(bucket);
    }
  }

  // Places in the order in which they get room: by claims, and then by people; ranks 3 to 1 by how many come before.
  function ordered() {
    const rows = O.rows.filter((p) => p.point && p.kind === "settlement" && p.count > 0);
    rows.sort((a, b) => b.count - a.count || (b.population || 0) - (a.population || 0) || a.row - b.row);
    const few = rows.length < 60, x = new Float64Array(O.rows.length), y = new Float64Array(O.rows.length);
    for (const place of rows) [x[place.row], y[place.row]] = O.mercator(...place.point);
    return { x, y, order: Int32Array.from(rows, (p) => p.row), rank: Uint8Array.from(rows, (_, k) => (few || k < rows.length * 0.015 ? 3 : k < rows.length * 0.08 ? 2 : 1)) };
  }

  // How far a word has faded: whole for a fortnight, then fainter.
  const faded = (age) => (age <= 14 ? 1 : age <= 60 ? 0.78 : 0.5);

  // options: {frame, still (no hands), padding() (pixels left free at the left and elsewhere), pick(place),
  // hover(place, at), drawn(atlas)}
  O.atlas = function (box, options = {}) {
    const canvases = ["ground", "day", "names"].map((name) => h("canvas", { class: `layer ${name}`, "aria-hidden": "true" }));
    box.prepend(...canvases);
    // Drawn by the processor: most of a day's picture are pixels that are calculated here.
    const [ground, today, names] = canvases.map((canvas) => canvas.getContext("2d", { willReadFrequently: true }));
    const places = ordered(), rows = O.rows.length, view = O.view();
    const spots = { x: new Float32Array(rows), y: new Float32Array(rows), size: new Uint8Array(rows) };
    const state = { day: 0, known: 0, selected: -1, layers: new Set(["said", "areas", "front", "base", "towns"]) };
    let index = null, areas = null, lines = [], drawn = [], ratio = 1, asked = 0, halt = () => {}, placed = false, gone = false;
    const atlas = { view, state, ready: null, said: null, bytes: null };

    let later = null;
    const padding = () => (options.padding ? options.padding() : [18, 18]);
    const sized = () => {
      const width = box.clientWidth, height = box.clientHeight, next = Math.min(3, window.devicePixelRatio || 1);
      if (!width || !height) return;
      if (view.width === width && view.height === height && ratio === next && placed) return;
      [view.width, view.height, ratio] = [width, height, next];
      for (const canvas of canvases) [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (!placed) {
        view.move(...view.fitted(options.frame || O.core.frame, padding()));
        view.farthest = Math.max(view.farthest, view.zoom - 1.2);
        placed = true;
        if (later) view.move(...O.mercator(...later), Math.max(view.zoom, 8));
      }
      moved();
    };

    const begin = (context) => {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
    };

    function drawView() {
      box.dataset.view = [...view.unproject(view.width / 2, view.height / 2), view.zoom].map((n) => n.toFixed(5)).join(" ");
      begin(ground);
      const base = state.layers.has("base");
      O.drawGround(ground, view, base ? lines : [], base ? tiles : null);
      layOut(view, places, spots);
      if (areas) O.placeAreas(areas, view, ratio);
      for (const map of drawn) O.placeRings(map.rings, view);
      drawNames();
    }

    function drawNames() {
      begin(names);
      const gap = (row) => (row === state.selected ? 18 : spots.size[row] === 255 ? 3 : O.SIGN_SIZES[spots.size[row]] / 2);
      if (state.layers.has("towns")) O.drawNames(names, O.namesFor(names, view, gap, state.selected));
      O.drawMargins(names, view);
      if (state.selected >= 0 && O.rows[state.selected].point) ring(names, ...view.project(...O.rows[state.selected].point));
    }

    function ring(context, x, y) {
      for (const [colour, wide] of [[O.colour("field"), 5], [O.colour("ink"), 2]]) {
        context.strokeStyle = colour;
        context.lineWidth = wide;
        context.beginPath();
        context.arc(x, y, 16, 0, 7);
        context.stroke();
      }
    }

    let seen = null;
    const begun = new Promise((resolve) => (seen = resolve));

    // What is said and inferred of every place on the day.
    function calculate() {
      atlas.bytes = O.core.beliefs ? O.beliefAt(state.day, state.known) : null;
      const last = Math.max(0, O.core.days.count - 1);
      if (index) atlas.said = O.saidAt(index, state.day, state.known);
      else atlas.said = state.day >= last && state.known >= last ? O.saidNow() : null;
    }

    function drawDay() {
      const start = performance.now();
      begin(today);
      calculate();
      const { bytes } = atlas;
      if (areas && bytes) {
        O.drawCells(today, areas, bytes, view, { hatched: state.layers.has("areas"), band: state.layers.has("front") });
        if (state.layers.has("front")) O.drawFront(today, areas, bytes);
      }
      if (state.layers.has("drawn")) drawDrawn();
      if (atlas.said && state.layers.has("said")) drawSigns(atlas.said);
      redraws.push(performance.now() - start);
      firstDrawn ??= performance.now();
      setTimeout(seen, 50);
      if (redraws.length > KEPT) redraws.shift();
      box.dataset.day = O.dayIso(state.day);
      box.dataset.known = O.dayIso(state.known);
      // A month that is on its way is drawn as soon as it is there.
      if (bytes === undefined) {
        const wanted = `${state.day}/${state.known}`;
        O.beliefNear(state.day, state.known).then(() => wanted === `${state.day}/${state.known}` && atlas.redraw());
      }
      if (options.drawn) options.drawn(atlas);
    }

    function drawSigns(said) {
      const { order } = places;
      for (let pass = 0; pass < 2; pass++) for (let k = order.length - 1; k >= 0; k--) {
        const row = order[k], standing = said.standing[row];
        if (spots.size[row] === 255 || (standing > 0) !== (pass > 0)) continue;
        // Spoken of, and nobody has said who holds it: a small ring where there is room, else a point.
        const size = standing || said.day[row] >= 0 ? spots.size[row] : Math.min(spots.size[row], 2), side = O.SIGN_SIZES[size];
        today.globalAlpha = standing ? faded(state.day - said.day[row]) : said.day[row] >= 0 ? 0.8 : 0.55;
        today.drawImage(O.sprite(standing, said.holders[row], size, ratio), spots.x[row] - side / 2, spots.y[row] - side / 2, side, side);
      }
      today.globalAlpha = 1;
    }

    // The newest map of each maker up to the day, in outline.
    function drawDrawn() {
      const newest = new Map();
      for (const map of drawn) if (map.day <= state.day && (!newest.has(map.assessor) || newest.get(map.assessor).day < map.day)) newest.set(map.assessor, map);
      for (const map of newest.values()) map.owners.forEach((area, i) => {
        today.beginPath();
        O.traceRing(today, map.rings, i, true);
        const party = O.core.parties.findIndex((one) => one.id === area.holder);
        today.strokeStyle = area.contested ? O.colour("ink") : party < 0 ? O.colour("muted") : O.partyTone(party);
        today.setLineDash([2, 3, 8, 3]);
        today.lineWidth = 1.8;
        today.stroke();
        today.setLineDash([]);
      });
    }

    // Every change is drawn in the next frame, once.
    let wholly = false;
    const draw = () => {
      asked = 0;
      if (gone || !placed) return;
      if (wholly) drawView();
      wholly = false;
      drawDay();
    };
    atlas.redraw = () => (asked ||= requestAnimationFrame(draw));
    const moved = () => {
      wholly = true;
      atlas.redraw();
    };
    atlas.moved = moved;
    const tiles = O.baseTiles(() => !gone && moved());
    // At once and not in the next frame: for what reads it, for tests of speed, and for paper. A map that does
    // not stand on the page yet is calculated and not drawn.
    atlas.now = (all = true) => {
      sized();
      wholly ||= all;
      placed ? draw() : calculate();
    };

    atlas.set = function (changes) {
      const all = "layers" in changes || "selected" in changes;
      Object.assign(state, changes);
      if (O.core.beliefs) O.beliefNear(state.day, state.known);
      if (state.layers.has("drawn")) loadDrawn();
      all ? moved() : atlas.redraw();
    };

    atlas.lookAt = function (point, zoom = 8) {
      // A map that does not stand yet looks there as soon as it does.
      if (!placed) later = point;
      if (!point || !placed) return;
      const [x, y] = view.project(...point), inside = x > 40 && y > 40 && x < view.width - 40 && y < view.height - 40;
      if (inside && view.zoom > zoom - 1.2) return;
      halt();
      halt = O.glide(view, [...O.mercator(...point), Math.max(view.zoom, zoom)], moved);
    };
    atlas.fit = () => {
      halt();
      halt = O.glide(view, view.fitted(options.frame || O.core.frame, padding()), moved);
    };
    atlas.zoom = (by) => {
      halt();
      // Around the middle of what nothing covers.
      const [left, around] = padding(), from = [view.x, view.y, view.zoom];
      view.around((view.width + left - around) / 2, view.height / 2, view.zoom + by);
      const target = [view.x, view.y, view.zoom];
      view.move(...from);
      halt = O.glide(view, target, moved);
    };

    // The place whose sign, or else whose ground, is at a point of the map.
    atlas.placeAt = function (px, py) {
      let best = null, least = 14;
      for (let k = 0; k < places.order.length; k++) {
        const row = places.order[k];
        if (spots.size[row] === 255) continue;
        const far = Math.hypot(spots.x[row] - px, spots.y[row] - py) - O.SIGN_SIZES[spots.size[row]] / 3;
        if (far < least) [best, least] = [row, far];
      }
      if (best === null && areas) best = O.groundAt(areas, px, py);
      return best === null || best < 0 ? null : O.rows[best];
    };

    if (!options.still) O.hands(box, view, {
      changed: moved, stop: () => halt(),
      pick: (x, y) => options.pick && options.pick(atlas.placeAt(x, y)),
      hover: (at) => options.hover && options.hover(at && atlas.placeAt(...at), at),
    });

    const watch = new ResizeObserver(sized);
    watch.observe(box);
    atlas.close = () => {
      gone = true;
      halt();
      watch.disconnect();
    };
    atlas.index = () => index;
    const wanted = async (name, take) => {
      try {
        take(await O.piece(name));
      } catch {
        // A piece that is not in the folder leaves its part of the map empty.
      }
    };
    const has = O.core.has || {};
    const pieces = () => Promise.all([
      O.saidReady().then((made) => (index = made)),
      has.cells ? wanted("cells", (cells) => (areas = O.areas(cells))) : null,
      ...(has.layers || []).map((name) => wanted(`layer-${name}`, (layer) => lines.push(O.baseLines(layer)))),
    ]);
    // The rest comes behind the first drawing, when that has been seen.
    atlas.ready = Promise.race([begun, new Promise((late) => setTimeout(late, 1500))]).then(pieces).then(() => {
      atlas.whole = true;
      if (!gone) moved();
    });
    // Maps that others drew come when they are first asked for.
    let loading = null;
    function loadDrawn() {
      loading ||= Promise.all((has.drawn || []).map((_, k) => wanted(`drawn-${k}`, (map) => drawn.push({ ...map, rings: O.drawnAreas(map.areas), owners: map.areas.flatMap((area) => area.rings.map(() => area)) })))).then(() => !gone && moved());
    }
    sized();
    return atlas;
  };

  // Milliseconds of the last redraws of a day, the newest last.
  O.atlas.timings = () => redraws.slice();

  // When the first map had its first drawing, in milliseconds from the beginning of the page; null before.
  O.atlas.firstDrawn = () => firstDrawn;
})(window.Oskil);
