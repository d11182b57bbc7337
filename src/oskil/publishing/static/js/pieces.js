// The data come in pieces, as script files: a page opened from a folder may fetch nothing else.
"use strict";
(function () {
  const KEPT = 240;
  const waiting = new Map(), kept = new Map();
  const pieces = { core: null };

  window.OSKIL_PIECE = function (name, value) {
    if (name === "core") pieces.core = value;
    else keep(name, value);
  };

  // The pieces used last are kept; a long visit must not fill the memory.
  function keep(name, value) {
    kept.delete(name);
    kept.set(name, value);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }

  // A script of the folder, loaded once.
  function load(source) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => { script.remove(); resolve(); };
      script.onerror = () => { script.remove(); reject(new Error(`${source} is not in the folder`)); };
      document.head.append(script);
    });
  }

  pieces.piece = function (name) {
    if (kept.has(name)) {
      keep(name, kept.get(name));
      return Promise.resolve(kept.get(name));
    }
    if (!waiting.has(name)) {
      waiting.set(name, load(`data/${encodeURIComponent(name)}.js`).then(() => {
        if (!kept.has(name)) throw new Error(`no piece ${name}`);
        return kept.get(name);
      }).finally(() => waiting.delete(name)));
    }
    return waiting.get(name);
  };
  pieces.load = load;
  window.OskilPieces = pieces;
})();
