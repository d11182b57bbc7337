// What is inferred of each place, day by day: months loaded when needed, unfolded into one byte a place and day.
"use strict";
(function (O) {
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const CODE = new Uint8Array(128);
  for (let i = 0; i < LETTERS.length; i++) CODE[LETTERS.charCodeAt(i)] = i + 1;
  // A byte is 0 where nothing is inferred, else 1 + 4 * status + sureness; sureness 0 and 1 are below 0.9.
  O.statusOf = (byte) => (byte - 1) >> 2;
  O.surenessOf = (byte) => (byte - 1) & 3;

  function unfold(basis, days, rows) {
    const found = new Uint8Array(days * rows);
    for (let row = 0; row < rows; row++) found[row] = CODE[basis.base.charCodeAt(row)];
    for (let day = 1; day < days; day++) {
      found.copyWithin(day * rows, (day - 1) * rows, day * rows);
      const changes = basis.changes[day - 1] || [];
      for (let i = 0; i < changes.length; i += 2) found[day * rows + changes[i]] = CODE[changes[i + 1].charCodeAt(0)];
    }
    return found;
  }

  const months = new Map(), asked = new Map();
  const monthOf = (day) => O.dayIso(day).slice(0, 7);

  // Months that are not in the record are answered at once; a month that cannot be read counts as one of them.
  O.beliefMonth = function (day) {
    const month = monthOf(day);
    if (!(O.core.has.beliefs || []).includes(month)) return Promise.resolve(null);
    if (!asked.has(month)) asked.set(month, O.piece(`belief-${month}`).then((piece) => {
      const rows = O.rows.length;
      const made = { first: piece.first, days: piece.days, then: unfold(piece.then, piece.days, rows), hindsight: unfold(piece.hindsight, piece.days, rows) };
      months.set(month, made);
      return made;
    }).catch(() => null));
    return asked.get(month);
  };

  // Which belief answers a day as known on another: {basis, day, note}; note is told where it is not the plain answer.
  O.beliefBasis = function (day, known) {
    const last = O.core.days.count - 1;
    if (known >= last) return { basis: "hindsight", day, note: "" };
    if (known < day) return { basis: "then", day: known, note: O.t("Inferred as of {day}, and carried on from there.", { day: O.day(O.dayIso(known)) }) };
    if (known === day) return { basis: "then", day, note: "" };
    return { basis: "then", day, note: O.t("Inferred from what was known on the day itself: what is inferred is kept for that day and for the last day only, so words that came later are in the signs and not in the areas.") };
  };

  // The bytes of all places for a day as known on another; null where nothing is inferred, undefined while a month is on its way.
  O.beliefAt = function (day, known) {
    const belief = O.core.beliefs, rows = O.rows.length;
    const { basis, day: on } = O.beliefBasis(day, known);
    if (!belief || on < belief.first || on >= belief.first + belief.days) return null;
    const month = months.get(monthOf(on));
    if (!month) return (O.core.has.beliefs || []).includes(monthOf(on)) ? undefined : null;
    const at = on - month.first;
    return at < 0 || at >= month.days ? null : month[basis].subarray(at * rows, (at + 1) * rows);
  };

  // Loads the month of a day and those beside it, so that play does not wait.
  O.beliefNear = function (day, known) {
    const { day: on } = O.beliefBasis(day, known);
    O.beliefMonth(Math.max(0, on - 31));
    O.beliefMonth(Math.min(O.core.days.count - 1, on + 31));
    return O.beliefMonth(on);
  };
})(window.Oskil);
