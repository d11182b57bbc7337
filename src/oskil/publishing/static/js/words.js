// Putting values into words.
"use strict";
(function (O) {
  const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
  const UNITS = { km: "km", km2: "km²", percent: "%", people: "people", item: "items", rank: "in rank", day: "days", month: "months" };

  O.day = function (iso) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec((iso || "").slice(0, 10));
    return match ? DAY.format(new Date(Date.UTC(+match[1], match[2] - 1, +match[3]))) : iso || "";
  };

  O.moment = function (iso) {
    const clock = /T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/.exec(iso || "");
    if (!clock) return O.day(iso);
    const zone = clock[2] === "Z" || clock[2] === "+00:00" ? " UTC" : clock[2] ? ` UTC${clock[2]}` : "";
    return `${O.day(iso)}, ${clock[1]}${zone}`;
  };

  O.period = function (time) {
    if (!time || (!time[0] && !time[1])) return "";
    const [first, last] = time;
    if (first === last) return O.day(first);
    if (!first) return `until ${O.day(last)}`;
    if (!last) return `from ${O.day(first)}`;
    const a = O.day(first).split(" "), b = O.day(last).split(" ");
    if (a[2] === b[2] && a[1] === b[1]) return `${a[0]}–${b.join(" ")}`;
    return a[2] === b[2] ? `${a[0]} ${a[1]} – ${b.join(" ")}` : `${a.join(" ")} – ${b.join(" ")}`;
  };

  O.number = (value) => NUMBER.format(value);

  O.quantity = function (q) {
    const unit = UNITS[q.unit] || q.unit;
    const one = q.value === 1 && /s$/.test(unit) ? unit.slice(0, -1) : unit;
    const converted = q.converted ? ` (given as ${O.number(q.converted[0])} ${q.converted[1].replace(/_/g, " ")})` : "";
    return `${q.comparator ? q.comparator + " " : ""}${O.number(q.value)}${unit === "%" ? "" : "\u202f"}${one}${converted}`;
  };

  O.plural = (count, one, many) => `${O.number(count)} ${count === 1 ? one : many || one + "s"}`;

  O.CERTAINTY = {
    asserted: "said as fact",
    hedged: "said with a hedge",
    conditional: "said on a condition",
  };
  O.PART = { update: "Update", caption: "Caption", embed: "Embedded post" };
  O.OUTCOME = { agrees: "✓", differs: "≠", contradicted: "✕", "cannot be checked": "?" };
})(window.Oskil);
