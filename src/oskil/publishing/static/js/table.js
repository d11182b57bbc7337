// The columns of all claims, for filtering and counting without their words.
"use strict";
(function (O) {
  const NAMES = ["kind", "side", "certainty", "denied", "day", "last", "known", "speaker", "outlet", "place", "current", "verdict", "against", "document"];
  let loading = null, names = null;

  async function load() {
    const { count, entries, size } = O.core.pieces.table;
    const table = { length: entries, places: new Map() };
    for (const name of NAMES) table[name] = new Int32Array(entries);
    const pieces = await Promise.all(Array.from({ length: count }, (_, n) => O.piece(`table-${n}`)));
    pieces.forEach((piece, n) => {
      for (const name of NAMES) table[name].set(piece[name], n * size);
      piece.places.forEach((rows, i) => rows && table.places.set(n * size + i, rows));
    });
    return table;
  }

  O.table = () => (loading ||= load());

  // The names of all speakers; the core has the most frequent ones.
  O.speakerNames = async () => (names ||= [...O.core.speakers, ...(await O.piece("speakers"))]);

  // The rows of the places that a claim is about.
  O.placesAt = (table, number) => table.places.get(number) || (table.place[number] < 0 ? [] : [table.place[number]]);
})(window.Oskil);
