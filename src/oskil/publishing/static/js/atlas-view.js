// Where the map looks: Web Mercator with the world as a unit square, and the hands that move it. No WebGL is
// needed; pointers, wheel, two fingers and keys do the same everywhere.
"use strict";
(function (O) {
  const TILE = 512, NEAREST = 13, FARTHEST = -1, POLE = 85.05;
  const held = (low, value, high) => Math.max(low, Math.min(high, value));

  O.mercator = (lon, lat) => {
    const sine = Math.sin((held(-POLE, lat, POLE) * Math.PI) / 180);
    return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };
  O.unmercator = (x, y) => [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];

  // x, y: the centre; zoom as in web maps of 512-pixel tiles; width and height in pixels of the page.
  O.view = function () {
    const view = { x: 0.5, y: 0.35, zoom: 4, width: 1, height: 1, farthest: FARTHEST };
    view.scale = () => TILE * 2 ** view.zoom;
    view.at = (x, y) => [(x - view.x) * view.scale() + view.width / 2, (y - view.y) * view.scale() + view.height / 2];
    view.project = (lon, lat) => view.at(...O.mercator(lon, lat));
    view.unproject = (px, py) => O.unmercator(view.x + (px - view.width / 2) / view.scale(), view.y + (py - view.height / 2) / view.scale());
    view.move = (x, y, zoom) => {
      view.zoom = held(view.farthest, zoom, NEAREST);
      view.x = held(0, x, 1);
      view.y = held(0, y, 1);
    };
    view.by = (dx, dy) => view.move(view.x - dx / view.scale(), view.y - dy / view.scale(), view.zoom);
    // Zooms so that the point of the map under (px, py) stays there.
    view.around = (px, py, zoom) => {
      const before = view.scale(), ax = px - view.width / 2, ay = py - view.height / 2, next = held(view.farthest, zoom, NEAREST);
      const after = TILE * 2 ** next;
      view.move(view.x + ax / before - ax / after, view.y + ay / before - ay / after, next);
    };
    // The centre and zoom that show a frame, `left` and `around` pixels clear of the edges.
    view.fitted = ([west, south, east, north], [left, around]) => {
      const [x1, y1] = O.mercator(west, north), [x2, y2] = O.mercator(east, south);
      const room = [Math.max(60, view.width - left - around), Math.max(60, view.height - 2 * around)];
      const scale = Math.min(room[0] / Math.max(1e-6, x2 - x1), room[1] / Math.max(1e-6, y2 - y1));
      const zoom = held(view.farthest, Math.log2(scale / TILE), 11);
      return [(x1 + x2) / 2 - (left - around) / 2 / (TILE * 2 ** zoom), (y1 + y2) / 2, zoom];
    };
    return view;
  };

  // Moves smoothly, or at once where motion is unwelcome. Returns a function that stops it.
  O.glide = function (view, [x, y, zoom], changed) {
    if (O.calm() || document.hidden) {
      view.move(x, y, zoom);
      changed();
      return () => {};
    }
    const from = [view.x, view.y, view.zoom], start = performance.now();
    let running = true;
    const step = (now) => {
      if (!running) return;
      const part = held(0, (now - start) / 420, 1), ease = part * part * (3 - 2 * part);
      view.move(from[0] + (x - from[0]) * ease, from[1] + (y - from[1]) * ease, from[2] + (zoom - from[2]) * ease);
      changed();
      if (part < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    return () => (running = false);
  };

  // Lets pointers, wheel and keys move the view over `box`; `pick(x, y)` is told of clicks and of Enter.
  O.hands = function (box, view, { changed, pick, hover, stop }) {
    const pointers = new Map();
    let moved = false, apart = 0;
    const at = (event) => {
      const frame = box.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    const spread = () => {
      const [a, b] = [...pointers.values()];
      return [Math.hypot(a[0] - b[0], a[1] - b[1]), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    };
    box.addEventListener("pointerdown", (event) => {
      if (event.button || event.target.closest("button, a, label, summary, details, input")) return;
      stop();
      pointers.set(event.pointerId, at(event));
      if (pointers.size === 1) moved = false;
      if (pointers.size === 2) apart = spread()[0];
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId), now = at(event);
      if (!last) return hover(event.target.closest("button, a, label, details") ? null : now);
      if (!moved && Math.hypot(now[0] - last[0], now[1] - last[1]) < 4 && pointers.size === 1) return;
      moved = true;
      if (pointers.size === 1) view.by(now[0] - last[0], now[1] - last[1]);
      pointers.set(event.pointerId, now);
      if (pointers.size === 2) {
        const [wide, x, y] = spread();
        if (apart) view.around(x, y, view.zoom + Math.log2(wide / apart));
        apart = wide;
      }
      changed();
    });
    const up = (event) => {
      const was = pointers.get(event.pointerId);
      pointers.delete(event.pointerId);
      if (was && !moved && event.type === "pointerup") pick(...at(event));
    };
    box.addEventListener("pointerup", up);
    box.addEventListener("pointercancel", up);
    box.addEventListener("pointerleave", () => hover(null));
    box.addEventListener("wheel", (event) => {
      event.preventDefault();
      stop();
      const turn = event.deltaY * (event.deltaMode === 1 ? 18 : 1);
      view.around(...at(event), view.zoom - held(-1, turn / 260, 1));
      changed();
    }, { passive: false });
    box.addEventListener("dblclick", (event) => {
      if (event.target.closest("button, a, label, details")) return;
      view.around(...at(event), view.zoom + 1);
      changed();
    });
    const STEPS = { ArrowLeft: [70, 0], ArrowRight: [-70, 0], ArrowUp: [0, 70], ArrowDown: [0, -70] };
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
      const middle = [view.width / 2, view.height / 2];
      if (STEPS[event.key]) view.by(...STEPS[event.key]);
      else if (event.key === "+" || event.key === "=") view.around(...middle, view.zoom + 0.5);
      else if (event.key === "-" || event.key === "_") view.around(...middle, view.zoom - 0.5);
      else if (event.key === "Enter") return pick(...middle);
      else return;
      event.preventDefault();
      stop();
      changed();
    });
  };
})(window.Oskil);
