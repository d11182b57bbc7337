// Who is said to hold each place on a day, as known on another: the rule of docs/page.md, and of holders.py.
"use strict";
(function (O) {
  // Sides whose words are this much older than the newest still count; as in holders.py.
  const WINDOW = 1;
  O.STANDING = ["mentioned", "claimed", "assessed", "contested"];

  // The words of the piece `said`, place by place and in order of day; `places` is their number.
  O.saidIndex = function (said, places, independent) {
    const count = said.claim.length, order = Array.from({ length: count }, (_, i) => i);
    order.sort((a, b) => said.place[a] - said.place[b] || said.day[a] - said.day[b] || said.order[a] - said.order[b]);
    const column = (name) => Int32Array.from(order, (i) => said[name][i]);
    const index = { places, independent, start: new Int32Array(places + 1) };
    for (const name of ["claim", "place", "day", "known", "until", "side", "holder", "denied"]) index[name] = column(name);
    for (let i = 0; i < count; i++) index.start[index.place[i] + 1]++;
    for (let row = 0; row < places; row++) index.start[row + 1] += index.start[row];
    return index;
  };

  // The words that count at a place, the newest first, each given to `visit`; returns the newest day or -1.
  function counted(index, row, day, known, visit) {
    const from = index.start[row];
    let low = from, high = index.start[row + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      index.day[middle] <= day ? (low = middle + 1) : (high = middle);
    }
    let newest = -1, spoke = 0;
    for (let i = low - 1; i >= from; i--) {
      if (newest >= 0 && index.day[i] < newest - WINDOW) break;
      if (index.known[i] > known || (index.until[i] >= 0 && index.until[i] <= known)) continue;
      if (newest < 0) newest = index.day[i];
      // A side that spoke on the newest day has taken back what it said the day before.
      const side = 1 << ((index.side[i] + 1) & 31);
      if (index.day[i] === newest) spoke |= side;
      else if (spoke & side) continue;
      visit(i);
    }
    return newest;
  }

  // For each row: the number of its standing in O.STANDING, its holders as bits, and the day of the newest word.
  O.saidAt = function (index, day, known, into) {
    const rows = index.places;
    const found = into || { standing: new Uint8Array(rows), holders: new Int32Array(rows), day: new Int32Array(rows) };
    let affirmed = 0, denied = 0, alone = true;
    const visit = (i) => {
      const bit = 1 << index.holder[i];
      if (index.denied[i]) return void (denied |= bit);
      affirmed |= bit;
      if (index.side[i] !== index.independent) alone = false;
    };
    for (let row = 0; row < rows; row++) {
      affirmed = denied = 0;
      alone = true;
      found.day[row] = index.start[row] === index.start[row + 1] ? -1 : counted(index, row, day, known, visit);
      const several = affirmed & (affirmed - 1) || affirmed & denied;
      found.standing[row] = !affirmed ? 0 : several ? 3 : alone ? 2 : 1;
      found.holders[row] = !affirmed ? 0 : several ? affirmed | denied : affirmed;
    }
    return found;
  };

  // The numbers of the claims that give a place its sign, the newest first.
  O.saidClaims = function (index, row, day, known) {
    const found = [];
    counted(index, row, day, known, (i) => found.push(index.claim[i]));
    return found;
  };

  // The same after the last day, as it comes with the page: the first drawing waits for no piece.
  O.saidNow = function () {
    const { standing, holders, day } = O.core.now;
    return {
      standing: Uint8Array.from(standing, (letter) => "mcax".indexOf(letter)),
      holders: Int32Array.from(holders, (numbers) => numbers.reduce((bits, number) => bits | (1 << number), 0)),
      day: Int32Array.from(day),
    };
  };

  let ready = null;
  O.saidReady = () => (ready ||= (O.core.has.said ? O.piece("said") : Promise.resolve(null)).then((said) =>
    O.saidIndex(said || { claim: [], place: [], day: [], known: [], until: [], side: [], holder: [], denied: [], order: [] }, O.rows.length, O.core.sides.indexOf("independent"))));

  // What is said on a day as known on another: columns by row. For tests and for other views.
  O.saidOn = async (day, known) => O.saidAt(await O.saidReady(), day, known);

  O.partiesOf = (bits) => O.core.parties.filter((_, number) => bits & (1 << number)).map((party) => party.id);
})(window.Oskil);
