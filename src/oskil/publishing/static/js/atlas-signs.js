// The signs of the map: shape and hatching tell what colour tells, for those who do not see colour.
// One description of each sign serves the lists (SVG) and the map (canvas).
"use strict";
(function (O) {
  const s = O.s, BOX = 28;
  const colours = new Map();

  // Colours of the style sheet by name; canvas knows no variables.
  O.colour = function (name) {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  };
  O.forgetColours = () => {
    colours.clear();
    sprites.clear();
    O.forgetAreas();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", O.forgetColours);

  const partyOf = (id) => O.core.parties.findIndex((party) => party.id === id);
  const toneOf = (number, colour) => colour(`party-${Math.max(0, number) % 6}`);
  O.partyTone = (number) => toneOf(number, O.colour);
  // In SVG the style sheet's own variable follows the theme, and is light on paper.
  const variable = (name) => `var(--${name})`;

  // Each party has a hatching of its own, by its place in the profile: / \ - | + x
  const RUNS = [[1], [-1], [0], ["|"], [0, "|"], [1, -1]];
  O.hatching = (number) => RUNS[Math.max(0, number) % RUNS.length];

  // Lines of a hatching across a square of side `box`, `gap` apart, as a path.
  O.hatchPath = function (number, box, gap) {
    let path = "";
    for (const run of O.hatching(number)) {
      if (run === 0 || run === "|") for (let at = gap / 2; at < box; at += gap) path += run === 0 ? `M0 ${at}H${box}` : `M${at} 0V${box}`;
      else {
        const step = gap * Math.SQRT2, from = box - Math.ceil(box / step) * step;
        for (let at = from; at < 2 * box; at += step) path += run > 0 ? `M${at} 0L${at - box} ${box}` : `M${box - at} 0L${2 * box - at} ${box}`;
      }
    }
    return path;
  };

  const circle = (r, x = BOX / 2) => `M${x - r} 14a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  const square = (half) => `M${14 - half} ${14 - half}h${2 * half}v${2 * half}h${-2 * half}Z`;
  const LEFT = "M14 4a10 10 0 0 0 0 20Z", RIGHT = "M14 4a10 10 0 0 1 0 20Z";

  // What a sign is made of, from below: fills, hatchings within a shape, and strokes, in a square of 28.
  // `gap` is the distance of the hatching's lines: wide in small signs, where fine lines would run together;
  // `colour` tells a colour of the style sheet by its name.
  function layers(standing, holders, gap, colour) {
    const ink = colour("ink"), paper = colour("raised"), first = partyOf(holders[0]), line = gap * 0.34;
    const hatched = (shape, number) => [{ d: shape, fill: paper }, { d: shape, fill: toneOf(number, colour), alpha: 0.26 }, { d: O.hatchPath(number, BOX, gap), within: shape, stroke: toneOf(number, colour), width: line }];
    if (standing === "claimed") return [{ d: circle(12.6), fill: paper }, ...hatched(circle(10), first), { d: circle(10), stroke: toneOf(first, colour), width: 2.8 }];
    if (standing === "assessed") return [{ d: square(11.6), fill: paper }, { d: square(9.4), fill: toneOf(first, colour) }, { d: O.hatchPath(first, BOX, gap * 1.5), within: square(9.4), stroke: paper, width: line * 0.8 }];
    if (standing === "contested") {
      const other = holders.length > 1 ? hatched(RIGHT, partyOf(holders[1])) : [{ d: RIGHT, fill: paper }];
      return [{ d: circle(13.4), fill: paper }, ...hatched(LEFT, first), ...other, { d: "M14 2V26", stroke: ink, width: 2.2 }, { d: circle(10.6), stroke: ink, width: 2.2, dash: [4.5, 2.6] }];
    }
    return [{ d: circle(8.6), fill: paper, alpha: 0.7 }, { d: circle(6.4), fill: paper, stroke: colour("muted"), width: 2.4 }];
  }

  let serial = 0;
  O.shape = function (standing, holders, size) {
    const svg = s("svg", { viewBox: `0 0 ${BOX} ${BOX}`, width: size || BOX, height: size || BOX, class: "sign-shape", "aria-hidden": "true" });
    for (const layer of layers(standing, holders, 4.6, variable)) {
      const id = layer.within ? `within${++serial}` : null;
      if (id) svg.append(s("clipPath", { id }, s("path", { d: layer.within })));
      svg.append(s("path", { d: layer.d, fill: layer.fill || "none", "fill-opacity": layer.alpha, stroke: layer.stroke, "stroke-width": layer.width, "stroke-dasharray": layer.dash ? layer.dash.join(" ") : null, "clip-path": id ? `url(#${id})` : null }));
    }
    return svg;
  };

  O.paintLayers = function (context, list) {
    for (const layer of list) {
      context.save();
      if (layer.within) context.clip(new Path2D(layer.within));
      const path = new Path2D(layer.d);
      context.globalAlpha = layer.alpha || 1;
      if (layer.fill) (context.fillStyle = layer.fill), context.fill(path);
      context.globalAlpha = 1;
      if (layer.dash) context.setLineDash(layer.dash);
      if (layer.stroke) (context.strokeStyle = layer.stroke), (context.lineWidth = layer.width), context.stroke(path);
      context.restore();
    }
  };

  // Dots for places that have no room for a sign: full for the even parties, open for the odd, squares where
  // assessed, a cross where contested.
  function dot(context, size, standing, holders) {
    const number = partyOf(holders[0]), tone = standing === "contested" ? O.colour("ink") : standing === "mentioned" ? O.colour("muted") : O.partyTone(number);
    const half = size / 2, r = size * 0.3, open = number % 2 === 1;
    context.fillStyle = O.colour("raised");
    context.globalAlpha = 0.85;
    context.beginPath();
    context.arc(half, half, r * 1.5, 0, 7);
    if (standing !== "mentioned") context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = context.fillStyle = tone;
    context.lineWidth = size * 0.15;
    context.beginPath();
    if (standing === "contested") context.moveTo(half - r, half - r), context.lineTo(half + r, half + r), context.moveTo(half + r, half - r), context.lineTo(half - r, half + r), context.stroke();
    else if (standing === "mentioned") context.arc(half, half, size * 0.13, 0, 7), context.fill();
    else if (standing === "assessed") context.rect(half - r, half - r, 2 * r, 2 * r), open ? context.stroke() : context.fill();
    else context.arc(half, half, r, 0, 7), open ? context.stroke() : context.fill();
  }

  // Sides of the signs in pixels of the page, by class: 0 a dot, then small, middle, large.
  O.SIGN_SIZES = [7, 12, 17, 23];
  const GAPS = [0, 11, 7, 5.2], sprites = new Map();

  // A sign as a small canvas, made once for each look.
  O.sprite = function (standing, bits, size, ratio) {
    const key = ((standing * 4 + size) * 8 + Math.min(7, Math.round(ratio * 2))) * 4294967296 + (bits >>> 0);
    let found = sprites.get(key);
    if (!found) {
      const side = Math.ceil(O.SIGN_SIZES[size] * ratio);
      found = document.createElement("canvas");
      found.width = found.height = side;
      const context = found.getContext("2d"), name = O.STANDING[standing], holders = O.partiesOf(bits);
      if (size === 0) dot(context, side, name, holders);
      else context.scale(side / BOX, side / BOX), O.paintLayers(context, layers(name, holders, GAPS[size], O.colour));
      sprites.set(key, found);
    }
    return found;
  };

  O.standingWords = function ({ standing, holders }) {
    const names = holders.map(O.sideName).join(", ");
    if (standing === "claimed") return O.t("said to be held by {names}", { names });
    if (standing === "assessed") return O.t("held by {names}, say independent observers", { names });
    if (standing === "contested") return holders.length > 1 ? O.t("contested: said to be held by {names}", { names: holders.map(O.sideName).join(` ${O.t("and by")} `) }) : O.t("contested: that {names} holds it is said and denied", { names });
    return O.t("nobody says who holds it");
  };
})(window.Oskil);
