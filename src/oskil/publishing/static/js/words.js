// Putting values into words.
"use strict";
(function (O) {
  const UNITS = { km: "km", km2: "km²", percent: "%" };
  const COUNTED = { people: "person", item: "item", second: "second", minute: "minute", hour: "hour", day: "day", week: "week", month: "month", year: "year", barrel: "barrel" };
  const DAYS = { day: { day: "numeric", month: "long", year: "numeric" }, short: { day: "numeric", month: "short" } };
  const made = new Map();

  // Formats are costly to make, and depend on the language.
  function format(kind) {
    const key = kind + O.locale();
    if (!made.has(key)) {
      made.set(key, DAYS[kind] ? new Intl.DateTimeFormat(O.locale(), { ...DAYS[kind], timeZone: "UTC" }) : new Intl.NumberFormat(O.locale(), { maximumFractionDigits: 2 }));
    }
    return made.get(key);
  }

  // Ukrainian and Russian put "р." and "г." (year) behind; their full stop would meet that of the sentence.
  const bare = (words) => words.replace(/\s[рг]\.(?=$|\s)/g, "");

  O.day = function (iso) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec((iso || "").slice(0, 10));
    return match ? bare(format("day").format(new Date(Date.UTC(+match[1], match[2] - 1, +match[3])))) : iso || "";
  };

  // A day by its number, where there is little room: "8 Sept".
  O.dayShort = (number) => format("short").format(new Date(O.dayIso(number)));

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
    if (!first) return O.t("until {day}", { day: O.day(last) });
    if (!last) return O.t("from {day}", { day: O.day(first) });
    return bare(format("day").formatRange(new Date(first), new Date(last)));
  };

  O.number = (value) => format("number").format(value);
  // Nothing that is inferred is certain, so that no rounding makes it so.
  O.percent = (share) => (share >= 0.995 && share < 1 ? `>\u202f99\u202f%` : share > 0 && share < 0.005 ? `<\u202f1\u202f%` : `${O.number(Math.round(share * 100))}\u202f%`);

  O.quantity = function (q) {
    const figure = COUNTED[q.unit] ? O.count(q.value, COUNTED[q.unit]) : q.unit === "rank" ? O.t("rank {n}", { n: O.number(q.value) })
      : `${O.number(q.value)}\u202f${O.t(UNITS[q.unit] || q.unit)}`;
    const converted = q.converted ? " " + O.t("(given as {n} {unit})", { n: O.number(q.converted[0]), unit: O.t(q.converted[1].replace(/_/g, " ")) }) : "";
    return `${q.comparator ? O.t(q.comparator) + " " : ""}${figure}${converted}`;
  };

  O.CERTAINTY = { asserted: "said as fact", hedged: "said with a hedge", conditional: "said on a condition" };
  O.certaintyWords = (certainty) => O.t(O.CERTAINTY[certainty] || certainty);
  O.PART = { update: "Update", caption: "Caption", embed: "Embedded post" };
  O.OUTCOME = { agrees: "✓", differs: "≠", contradicted: "✕", "cannot be checked": "?" };
})(window.Oskil);
