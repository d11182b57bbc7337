// The ground of the map that is inferred: the cell of each settlement in its holder's hatching, dense where it is
// sure and broken where it is not, and the front between cells of different holders.
"use strict";
(function (O) {
  const TILE = 12;
  const tiles = new Map();
  O.forgetAreas = () => tiles.clear();

  // Rings are thousandths of a degree, the first absolute and then differences; they become world coordinates.
  function unfold(rings, skip) {
    const start = new Int32Array(rings.length + 1);
    rings.forEach((ring, i) => (start[i + 1] = start[i] + (ring.length - skip) / 2));
    const world = new Float64Array(start[rings.length] * 2);
    rings.forEach((ring, i) => {
      let lon = 0, lat = 0;
      for (let k = skip, at = start[i] * 2; k < ring.length; k += 2, at += 2) {
        lon += ring[k];
        lat += ring[k + 1];
        [world[at], world[at + 1]] = O.mercator(lon / 1000, lat / 1000);
      }
    });
    return { start, world, screen: new Float32Array(world.length), seen: new Uint8Array(rings.length) };
  }

  O.areas = (cells) => ({ rows: Int32Array.from(cells.rows), rings: unfold(cells.rings, 0), edges: unfold(cells.neighbours, 2),
    sides: Int32Array.from(cells.neighbours.flatMap((edge) => [edge[0], edge[1]])) });
  O.drawnAreas = (areas) => unfold(areas.flatMap((area) => area.rings), 0);
  O.baseLines = (layer) => ({ kind: layer.kind, rings: unfold(layer.lines, 0) });

  // Where each ring stands on the screen, once for each view.
  function projectRings(rings, view) {
    const scale = view.scale(), dx = view.width / 2 - view.x * scale, dy = view.height / 2 - view.y * scale;
    const { world, screen, start, seen } = rings;
    for (let i = 0; i + 1 < start.length; i++) {
      let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
      for (let at = start[i] * 2; at < start[i + 1] * 2; at += 2) {
        const x = (screen[at] = world[at] * scale + dx), y = (screen[at + 1] = world[at + 1] * scale + dy);
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      seen[i] = west < view.width && east > 0 && north < view.height && south > 0 ? 1 : 0;
    }
  }
  O.placeRings = projectRings;

  function trace(context, rings, i, closed) {
    const { screen, start } = rings;
    let at = start[i] * 2;
    context.moveTo(screen[at], screen[at + 1]);
    for (at += 2; at < start[i + 1] * 2; at += 2) context.lineTo(screen[at], screen[at + 1]);
    if (closed) context.closePath();
  }
  O.traceRing = trace;

  // ---- hatchings: one tile a status and sureness

  const WASH = [0, 0, 0.15, 0.27], LINE = [0.72, 0.8, 0.55, 0.8], WIDE = [1.1, 1.1, 1, 1.5];

  // Parties hatched by a status: one, or the first two of a place that is contested.
  O.statusParties = function (status) {
    const name = O.core.beliefs.statuses[status], number = O.core.parties.findIndex((party) => party.id === name);
    return number >= 0 ? [number] : [0, Math.min(1, O.core.parties.length - 1)];
  };
  O.isContested = (status) => !O.core.parties.some((party) => party.id === O.core.beliefs.statuses[status]);

  // Paints a tile: `sureness` 0 and 1 are the band (broken lines and no wash), 2 and 3 are sure.
  O.paintTile = function (context, status, sureness) {
    const parties = O.statusParties(status), contested = O.isContested(status);
    parties.forEach((number, i) => {
      context.globalAlpha = WASH[sureness] / parties.length;
      context.fillStyle = O.partyTone(number);
      context.fillRect(0, 0, TILE, TILE);
      context.globalAlpha = LINE[sureness];
      context.strokeStyle = O.partyTone(number);
      context.lineWidth = WIDE[sureness] * (contested ? 1.25 : 1);
      context.setLineDash(sureness > 1 ? [] : sureness ? [3.9, 1.76] : [2.2, 3.46]);
      context.stroke(new Path2D(runs(contested ? (i ? [-1] : [1]) : O.hatching(number), contested ? TILE / 2 : sureness === 3 ? TILE / 2 : TILE)));
    });
    context.globalAlpha = 1;
  };

  // Lines that meet those of the next tile.
  function runs(list, gap) {
    let path = "";
    for (const run of list) for (let at = gap / 2; at < TILE; at += gap) {
      if (run === 0) path += `M0 ${at}H${TILE}`;
      else if (run === "|") path += `M${at} 0V${TILE}`;
      else if (run > 0) path += `M${at} ${-0.01}L${at - TILE} ${TILE}M${at + TILE} 0L${at} ${TILE}`;
      else path += `M${at} 0L${at + TILE} ${TILE}M${at - TILE} 0L${at} ${TILE}`;
    }
    return path;
  }

  // The pixels of a tile; `paints` are painted one over the other.
  function pixels(key, ratio, paints) {
    const name = `${key}/${ratio}`;
    if (!tiles.has(name)) {
      const canvas = document.createElement("canvas"), side = Math.round(TILE * ratio);
      canvas.width = canvas.height = side;
      const on = canvas.getContext("2d", { willReadFrequently: true });
      on.scale(side / TILE, side / TILE);
      for (const paint of paints) paint(on);
      tiles.set(name, new Uint32Array(on.getImageData(0, 0, side, side).data.buffer));
    }
    return tiles.get(name);
  }

  const stipple = (on) => {
    on.fillStyle = O.colour("muted");
    on.globalAlpha = 0.3;
    for (const [x, y] of [[2, 2], [8, 8]]) on.fillRect(x, y, 1, 1);
  };
  const veil = (on) => {
    on.fillStyle = O.colour("ink");
    on.globalAlpha = 0.3;
    for (const [x, y] of [[1, 1], [5, 1], [9, 1], [3, 5], [7, 5], [11, 5], [1, 9], [5, 9], [9, 9]]) on.fillRect(x, y, 1.1, 1.1);
  };
  O.paintVeil = veil;
  O.paintStipple = stipple;

  // Which cell is under each pixel of the canvas, as its number and one; 0 for none. Cells are convex, so each is one
  // run of pixels a line. Made once for each view: a day is then a matter of looking colours up.
  function underPixels(areas, view, ratio) {
    const wide = Math.round(view.width * ratio), high = Math.round(view.height * ratio), { screen, start, seen } = areas.rings;
    if (!areas.under || areas.under.length !== wide * high) areas.under = new (areas.rows.length > 65000 ? Uint32Array : Uint16Array)(wide * high);
    const { under } = areas, left = new Float32Array(high), right = new Float32Array(high), reached = new Int32Array(high).fill(-1);
    under.fill(0);
    for (let i = 0; i < seen.length; i++) {
      if (!seen[i]) continue;
      let top = high, foot = -1;
      for (let at = start[i] * 2, last = start[i + 1] * 2 - 2; at <= last; at += 2) {
        const next = at === last ? start[i] * 2 : at + 2;
        let x1 = screen[at] * ratio, y1 = screen[at + 1] * ratio, x2 = screen[next] * ratio, y2 = screen[next + 1] * ratio;
        if (y1 > y2) [x1, y1, x2, y2] = [x2, y2, x1, y1];
        const slope = (x2 - x1) / (y2 - y1);
        for (let y = Math.max(0, Math.ceil(y1 - 0.5)); y < high && y + 0.5 < y2; y++) {
          const x = x1 + (y + 0.5 - y1) * slope;
          if (reached[y] !== i) {
            left[y] = right[y] = x;
            reached[y] = i;
            top = Math.min(top, y);
            foot = Math.max(foot, y);
          } else if (x < left[y]) left[y] = x;
          else if (x > right[y]) right[y] = x;
        }
      }
      for (let y = top; y <= foot; y++) {
        if (reached[y] !== i) continue;
        const from = Math.max(0, Math.ceil(left[y] - 0.5)), to = Math.min(wide, Math.ceil(right[y] - 0.5));
        if (to > from) under.fill(i + 1, y * wide + from, y * wide + to);
      }
    }
    areas.wide = wide;
    areas.ratio = ratio;
  }

  O.placeAreas = function (areas, view, ratio) {
    projectRings(areas.rings, view);
    projectRings(areas.edges, view);
    underPixels(areas, view, ratio);
  };

  // The row of the place on whose ground a point of the map lies, or -1.
  O.groundAt = function (areas, x, y) {
    const cell = areas.under ? areas.under[Math.round(y * areas.ratio) * areas.wide + Math.round(x * areas.ratio)] : 0;
    return cell ? areas.rows[cell - 1] : -1;
  };

  // Cells by what is inferred of them; `bytes` as in atlas-belief.js. `hatched` draws them all, `band` veils those that
  // are not sure. The hatching holds on to the ground when the map is moved.
  O.drawCells = function (context, areas, bytes, view, { hatched, band }) {
    const { under, wide, ratio } = areas, high = under.length / wide, side = Math.round(TILE * ratio), size = side * side;
    const used = new Uint8Array(256), slot = new Int32Array(areas.rows.length + 1), looks = [new Uint32Array(size)];
    for (let i = 0; i < areas.rows.length; i++) {
      if (!areas.rings.seen[i]) continue;
      const byte = bytes[areas.rows[i]], unsure = byte && O.surenessOf(byte) < 2;
      if (!used[byte]) {
        const paints = [];
        if (hatched) paints.push(byte ? (on) => O.paintTile(on, O.statusOf(byte), O.surenessOf(byte)) : stipple);
        if (band && unsure) paints.push(veil);
        used[byte] = looks.push(pixels(`${byte}/${hatched}/${band}`, ratio, paints)) - 1;
      }
      slot[i + 1] = used[byte] * size;
    }
    const table = new Uint32Array(looks.length * size);
    looks.forEach((look, n) => table.set(look, n * size));
    const image = (areas.image && areas.image.width === wide && areas.image.height === high ? areas.image : (areas.image = context.createImageData(wide, high)));
    const out = new Uint32Array(image.data.buffer), scale = view.scale() * ratio;
    const shift = (value) => (((Math.round(value) % side) + side) % side);
    const dx = shift(view.x * scale - (view.width * ratio) / 2), dy = shift(view.y * scale - (view.height * ratio) / 2);
    for (let y = 0, i = 0; y < high; y++) {
      const line = ((y + dy) % side) * side;
      for (let x = 0, column = dx; x < wide; x++, i++) {
        out[i] = table[slot[under[i]] + line + column];
        if (++column === side) column = 0;
      }
    }
    context.putImageData(image, 0, 0);
  };

  // The front: edges between cells whose inferred holders differ; broken where one side of it is contested.
  O.drawFront = function (context, areas, bytes) {
    const solid = [], broken = [];
    for (let i = 0; i < areas.edges.seen.length; i++) {
      if (!areas.edges.seen[i]) continue;
      const a = bytes[areas.sides[2 * i]], b = bytes[areas.sides[2 * i + 1]];
      if (!a || !b || a === b) continue;
      const one = O.statusOf(a), other = O.statusOf(b);
      if (one !== other) (O.isContested(one) || O.isContested(other) ? broken : solid).push(i);
    }
    context.lineJoin = context.lineCap = "round";
    for (const [list, wide, dash] of [[broken, 1.5, [4, 3.5]], [solid, 2.4, []]]) {
      if (!list.length) continue;
      context.beginPath();
      for (const i of list) trace(context, areas.edges, i, false);
      context.setLineDash([]);
      context.globalAlpha = 0.85;
      context.strokeStyle = O.colour("field");
      context.lineWidth = wide + 2.6;
      context.stroke();
      context.globalAlpha = 1;
      context.setLineDash(dash);
      context.strokeStyle = O.colour("ink");
      context.lineWidth = wide;
      context.stroke();
    }
    context.setLineDash([]);
  };
})(window.Oskil);
