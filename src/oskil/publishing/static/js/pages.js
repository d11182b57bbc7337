// What the further pages share: headings, lines of claims, tables that sort, filters and pages of long lists.
"use strict";
(function (O) {
  const h = O.h;

  O.sheet = (name, heading, intro, ...content) => h("div", { class: `sheet ${name}-page` }, h("h1", {}, heading), intro ? h("p", { class: "intro" }, intro) : null, content);
  O.blank = (words) => h("p", { class: "empty" }, words);

  // A day as pieces tell it: a number from the record's first day, or as ISO text; "" where it is not told.
  O.dayWords = (day) => (typeof day === "number" ? (day < 0 ? "" : O.day(O.dayIso(day))) : O.day(day || ""));
  O.spanWords = (span) => (span ? O.period(span.map((day) => (typeof day === "number" ? (day < 0 ? null : O.dayIso(day)) : day))) : "");

  // An address with some of its filters changed; what is empty is left out, and lists begin anew.
  O.hrefWith = function (path, query, change) {
    const next = new URLSearchParams(query);
    next.delete("page");
    for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name);
    const text = next.toString();
    return `#/${path}${text ? `?${text}` : ""}`;
  };

  // A row of links of which one is chosen: [{value, words, count, tone}].
  O.facets = (label, options, chosen, href) => h("ul", { class: "outcomes", "aria-label": label }, options.map((one) => h("li", {},
    h("a", { href: href(one.value), class: one.tone ? `badge ${one.tone}` : "badge", "aria-current": (chosen || "") === one.value ? "true" : null },
      one.words, one.count === undefined || one.count === null ? null : h("span", { class: "count" }, ` ${O.number(one.count)}`)))));

  // A list of choices. What it changes is mostly the address, and so the view: `O.shown` gives it the focus back.
  let held = null;
  O.choice = (label, name, options, chosen, then) => h("label", {}, h("span", {}, label),
    h("select", { name, onchange: (e) => { held = name; then(e.target.value); } }, options.map(([value, words]) => h("option", { value, selected: (chosen || "") === value }, words))));

  O.shown = (title, node, more) => ({ title, node, ...more, after: () => {
    if (held) node.querySelector(`[name="${held}"]`)?.focus();
    held = null;
  } });

  // A view whose table is sorted in place: the rest of it stays as it stands, and so does the focus.
  O.kept = function (view) {
    let last = null;
    return async function (parts, query) {
      const rest = new URLSearchParams(query);
      for (const name of ["sort", "down"]) rest.delete(name);
      const key = `${parts.join("/")}?${rest}`;
      if (last && last.key === key && last.node.isConnected) {
        held = null;
        return { ...last, same: true };
      }
      last = { key, ...(await view(parts, query)) };
      return last;
    };
  };

  // Who says it, whose side that is, through whom it came, and where it was printed.
  O.saidBy = function (claim) {
    const side = claim.side ? [" ", O.side(claim.side)] : null, outlet = O.bdi(O.outletOf(claim));
    if (O.ownWord(claim)) return [outlet, side];
    const through = claim.relays.length ? [` ${O.t("through")} `, O.bdi(claim.relays.join(", "))] : null;
    return [h("a", { href: O.link.claims({ speaker: claim.speaker }) }, O.bdi(claim.speaker)), side, through, " · ", outlet];
  };

  function where(claim) {
    const places = O.placeLinks(claim);
    return places.length ? [" · ", places] : null;
  }

  // A claim in short, as it stands in lists: its words, who said it and what of.
  O.briefMeta = (claim) => h("p", { class: "meta" }, O.saidBy(claim), " · ", O.t(claim.kind), claim.polarity === "denied" ? [", ", O.t("denied")] : null,
    " · ", O.certainty(claim), O.period(claim.time) ? ` · ${O.period(claim.time)}` : null, where(claim));
  O.briefLine = (claim, ...more) => h("li", { class: `line ${O.tone(claim.side)}` },
    h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, claim.quote), O.briefMeta(claim), more);

  // Claims by their numbers, a few at a time.
  O.claimsList = function (numbers, { first = 8, step = 25 } = {}) {
    const list = h("ol", { class: "claim-list" }), more = h("button", { type: "button", class: "more" });
    let at = 0;
    const add = async (size) => {
      const claims = await O.claims(numbers.slice(at, at + size));
      at += size;
      list.append(...claims.filter(Boolean).map((claim) => O.briefLine(claim)));
      more.hidden = at >= numbers.length;
      more.textContent = O.t("Show more ({left} left)", { left: O.number(numbers.length - at) });
    };
    more.hidden = true;
    more.addEventListener("click", () => add(step));
    return { node: h("div", {}, list, more), ready: add(first) };
  };

  // A table whose columns sort: [{name, words, key(row), cell(row), start ("down" where the most come first)}].
  O.sortTable = function ({ caption, columns, rows, query, sort, step = 100 }) {
    const box = h("div", { class: "table-box" });
    let name = query.get("sort") || sort, down = query.has("sort") ? query.get("down") === "1" : columns.find((c) => c.name === sort).start === "down";
    const draw = (focus) => {
      const column = columns.find((c) => c.name === name && c.key) || columns.find((c) => c.name === sort);
      const order = ordered(rows, column.key, down);
      let at = 0;
      const body = h("tbody", {}), more = h("button", { type: "button", class: "more" });
      const add = () => {
        for (const row of order.slice(at, at + step)) body.append(h("tr", { class: row.tone || null }, columns.map((c, i) => h(i ? "td" : "th", { scope: i ? null : "row", "data-label": i ? c.words : null, class: `col-${c.name}` }, h("div", {}, c.cell(row))))));
        at += step;
        more.hidden = at >= order.length;
        more.textContent = O.t("Show more ({left} left)", { left: O.number(order.length - at) });
      };
      more.addEventListener("click", add);
      add();
      const turn = (c, chosen) => () => {
        down = name === c.name ? !down : c.start === "down";
        name = c.name;
        O.setQuery({ sort: name, down: down ? "1" : null }, { replace: true });
        draw(chosen ? "order" : name);
      };
      const head = (c) => h("th", { scope: "col", class: `col-${c.name}`, "aria-sort": c.name === column.name ? (down ? "descending" : "ascending") : null },
        c.key ? h("button", { type: "button", name: c.name, onclick: turn(c) }, c.words, h("span", { class: "arrow", "aria-hidden": "true" }, c.name === column.name ? (down ? "↓" : "↑") : "↕")) : c.words);
      const narrow = O.choice(O.t("Order"), "order", columns.filter((c) => c.key).map((c) => [c.name, c.words]), column.name, (chosen) => turn(columns.find((c) => c.name === chosen), true)());
      narrow.className = "narrow-order";
      box.replaceChildren(narrow, h("table", { class: "sorted" }, h("caption", { class: "sr" }, caption), h("thead", {}, h("tr", {}, columns.map(head))), body), more);
      if (focus) box.querySelector(`[name="${CSS.escape(focus)}"]`)?.focus();
    };
    draw();
    return box;
  };

  // Rows without a value come last, whichever way the others stand.
  function ordered(rows, key, down) {
    const keyed = rows.map((row, i) => [key(row), i, row]);
    const none = (value) => value === null || value === undefined;
    keyed.sort((a, b) => none(a[0]) - none(b[0]) || (none(a[0]) ? 0 : (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (down ? -1 : 1)) || a[1] - b[1]);
    return keyed.map((one) => one[2]);
  }

  // One page of a list that is cut into pieces: {entries: [[position in the list, entry]], more}. With `keep` the
  // pieces are gone through from the first, and only as far as the page needs.
  O.pageOfPieces = async function (name, pieces, { page, per, keep }) {
    const from = (page - 1) * per, entries = [], start = keep ? 0 : Math.floor(from / pieces.size);
    let passed = start * pieces.size;
    for (let number = start; number < pieces.count && entries.length <= per; number++) {
      const piece = await O.piece(`${name}-${number}`);
      for (let i = 0; i < piece.length && entries.length <= per; i++) {
        if (keep && !keep(piece[i])) continue;
        if (passed++ >= from) entries.push([number * pieces.size + i, piece[i]]);
      }
    }
    return { entries: entries.slice(0, per), more: entries.length > per };
  };

  // Where one is in a long list, with the ways on and back. `total` is null where a filter leaves it unknown.
  O.pager = function ({ page, per, shown, more, total, href }) {
    const last = total === null || total === undefined ? null : Math.ceil(total / per);
    if (page === 1 && !more) return null;
    const link = (to, words, rel) => (to < 1 || (last !== null && to > last) || (last === null && to > page && !more) ? null : h("a", { href: href(to === 1 ? null : String(to)), rel }, words));
    const first = (page - 1) * per + 1;
    const where = total === null || total === undefined ? O.t("{first} to {last}", { first: O.number(first), last: O.number(first + shown - 1) })
      : O.t("{first} to {last} of {total}", { first: O.number(first), last: O.number(first + shown - 1), total: O.number(total) });
    return h("nav", { class: "pager", "aria-label": O.t("Pages of this list") }, link(page - 1, `← ${O.t("Back")}`, "prev"), h("span", { class: "count" }, where),
      link(page + 1, `${O.t("Further")} →`, "next"), last !== null && last > page + 1 ? link(last, O.t("Last"), null) : null);
  };

  O.pageNumber = (query) => Math.max(1, Math.floor(Number(query.get("page"))) || 1);
})(window.Oskil);
