// The pictures of a base map that was given when the page was written: under everything, and muted, so that the
// signs can be read on it.
"use strict";
(function (O) {
  const TILE = 512;
  // How much of the map's own ground lies over the pictures, on light and on dark.
  const VEIL = { light: 0.45, dark: 0.8 };
  const isDark = () => !document.documentElement.classList.contains("on-paper") && window.matchMedia("(prefers-color-scheme: dark)").matches;

  // The tiles of the folder, or null where it has none; changed() is told of every picture that has come.
  O.baseTiles = function (changed) {
    const base = (O.core.has || {}).basemap;
    if (!base || base.kind !== "raster") return null;
    const images = new Map(), missing = new Set(base.missing);

    // The picture of a tile: null where there is none, or where it is still on its way.
    function picture(zoom, x, y) {
      const [west, north, east, south] = base.spans[zoom - base.min], name = `${zoom}/${x}/${y}`;
      if (x < west || x > east || y < north || y > south || missing.has(name)) return null;
      if (!images.has(name)) {
        const image = new Image();
        image.onload = changed;
        image.onerror = () => missing.add(name);
        image.src = `tiles/${name}.${base.ext}`;
        images.set(name, image);
      }
      const image = images.get(name);
      return image.complete && image.naturalWidth ? image : null;
    }

    // Draws a tile of the screen from its own picture, or from its part of a coarser one.
    function paint(context, view, zoom, x, y) {
      const count = 2 ** zoom, [left, top] = view.at(x / count, y / count).map(Math.round), [right, foot] = view.at((x + 1) / count, (y + 1) / count).map(Math.round);
      for (let up = 0; zoom - up >= base.min; up++) {
        const image = picture(zoom - up, x >> up, y >> up);
        if (!image) continue;
        const parts = 2 ** up, wide = image.naturalWidth / parts, high = image.naturalHeight / parts;
        context.drawImage(image, (x % parts) * wide, (y % parts) * high, wide, high, left, top, right - left, foot - top);
        return;
      }
    }

    return {
      draw(context, view) {
        const zoom = Math.max(base.min, Math.min(base.max, Math.round(view.zoom + Math.log2(TILE / base.side)))), count = 2 ** zoom, scale = view.scale();
        const tile = (middle, pixels) => Math.max(0, Math.min(count - 1, Math.floor((middle + pixels / scale) * count)));
        const [west, east] = [tile(view.x, -view.width / 2), tile(view.x, view.width / 2)], [north, south] = [tile(view.y, -view.height / 2), tile(view.y, view.height / 2)];
        for (let x = west; x <= east; x++) for (let y = north; y <= south; y++) paint(context, view, zoom, x, y);
        context.globalCompositeOperation = "saturation";
        context.globalAlpha = 0.6;
        context.fillStyle = "#808080";
        context.fillRect(0, 0, view.width, view.height);
        context.globalCompositeOperation = "source-over";
        context.globalAlpha = VEIL[isDark() ? "dark" : "light"];
        context.fillStyle = O.colour("field");
        context.fillRect(0, 0, view.width, view.height);
        context.globalAlpha = 1;
      },
    };
  };

  // The words that the makers of the base map want beside it.
  O.baseCredit = function () {
    const base = (O.core.has || {}).basemap;
    return base && base.attribution ? O.h("span", { class: "base-credit" }, " ", O.t("Base map:"), " ", O.bdi(base.attribution)) : null;
  };
})(window.Oskil);
