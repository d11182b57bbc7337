// The panel of a place: who is said to hold it on the day and in which sentences, what is inferred, and the rest.
"use strict";
(function (O) {
  const h = O.h, PAGE = 20;
  const HOW = { settlement: "Settlement", region: "Region", country: "Country", feature: "Place" };

  function line(claim) {
    const found = O.claimLine(claim), seen = O.witnesses(claim);
    if (seen) found.append(h("p", { class: "meta witnesses" }, seen));
    return found;
  }

  // The probabilities of a place on a day: [of each status] or null.
  O.chancesAt = function (details, day, known) {
    const { basis, day: on } = O.beliefBasis(day, known), belief = O.core.beliefs;
    const runs = details.belief && belief && on >= belief.first && on < belief.first + belief.days ? details.belief[basis] || [] : [];
    let found = null;
    for (const [first, chances] of runs) if (first <= on) found = chances;
    return found;
  };

  const statusName = (status) => (O.core.parties.some((party) => party.id === status) ? O.sideName(status) : O.t(status));

  function inferredLine(details, day, known) {
    const chances = O.chancesAt(details, day, known);
    if (!chances) return O.core.beliefs ? h("p", { class: "inferred none" }, O.t("Nothing is inferred of it on this day.")) : null;
    const { statuses } = O.core.beliefs, best = chances.indexOf(Math.max(...chances)), { note } = O.beliefBasis(day, known);
    const bar = h("span", { class: "chances", "aria-hidden": "true" }, chances.map((chance, i) => {
      const part = h("span", { class: `chance ${O.isContested(i) ? "contested" : O.tone(statuses[i])} run-${O.isContested(i) ? "x" : O.toneNumber(statuses[i]) % 6}` });
      part.style.flexGrow = chance;
      return part;
    }));
    return h("div", { class: "inferred" }, h("p", {}, h("strong", {}, O.t("Inferred: {status}, {percent}", { status: statusName(statuses[best]), percent: O.percent(chances[best]) })),
      h("span", { class: "meta" }, chances.map((chance, i) => (i !== best && chance >= 0.005 ? ` · ${statusName(statuses[i])} ${O.percent(chance)}` : ""))), bar), note ? h("p", { class: "meta" }, note) : null);
  }

  // options: {atlas, place, details, state(), home}; update() writes it anew for the day.
  O.placePanel = function ({ atlas, place, details, state, home }) {
    const settled = place.kind === "settlement";
    const standing = h("div", { class: "standing" }), first = h("div", {}), rest = h("div", {});
    const heading = h("h1", { tabindex: "-1" }, O.bdi(place.name));
    const node = h("section", { class: "place", "aria-label": place.name },
      h("p", { class: "back" }, h("a", { href: home() }, `← ${O.t("All places")}`)), heading,
      h("p", { class: "meta" }, O.t(HOW[place.kind]), place.country ? `, ${place.country}` : "", place.population ? `, ${O.t("{n} people", { n: O.number(place.population) })}` : "", ` · GeoNames ${place.id}`, place.coarse ? ` · ${O.t("shown on the coarser grid")}` : ""),
      standing, first, rest,
      place.count ? h("p", { class: "onward" }, h("a", { href: O.link.claims({ place: place.id }) }, O.t("These claims as a table"))) : null,
      details.mentions.length && !place.count ? [h("h2", {}, O.t("Only named")), h("ul", { class: "claim-list mentions" })] : null,
      details.names && details.names.length ? h("details", {}, h("summary", {}, O.t("Other names")), h("p", {}, O.bdi(details.names.join(", ")))) : null,
      details.why.length ? h("details", {}, h("summary", {}, O.t("Why the name was put here")), h("ul", {}, details.why.map((words) => h("li", {}, O.bdi(words))))) : null);
    const mentions = node.querySelector(".mentions");
    if (mentions) O.docs(details.mentions.map(([doc]) => doc)).then((docs) => mentions.append(...docs.map((doc, i) => h("li", { class: "line" },
      h("a", { class: "quote", href: O.link.document(doc), dir: "auto" }, "… ", details.mentions[i][1], " …"), h("p", { class: "meta" }, O.bdi(doc.title))))));

    // The lines of the standing alone: cheap, so that they follow a play.
    function tick() {
      const { day, known } = state(), now = O.standingOf(atlas, place), said = atlas.said;
      const words = O.standingWords(now), newest = said ? said.day[place.row] : -1;
      standing.replaceChildren(...(settled ? [h("p", { class: "said" }, O.shape(now.standing, now.holders, 24), h("span", {}, words[0].toUpperCase() + words.slice(1), newest >= 0 ? `; ${O.t("newest word of {day}", { day: O.day(O.dayIso(newest)) })}.` : "."))] : []), ...[settled ? inferredLine(details, day, known) : null].filter(Boolean));
    }

    function claimsAs(title, numbers, note) {
      if (!numbers.length) return [];
      const list = h("ul", { class: "claim-list" }), more = h("button", { type: "button", class: "more" }, O.t("Show more"));
      let shown = 0;
      const add = async () => {
        const next = numbers.slice(shown, (shown += PAGE));
        more.hidden = shown >= numbers.length;
        list.append(...(await O.claims(next)).map(line));
      };
      more.addEventListener("click", add);
      return [h("h2", {}, title), note ? h("p", { class: "meta" }, note) : null, list, more, add()].filter(Boolean);
    }

    let turn = 0;
    async function update() {
      const mine = ++turn, { day, known } = state(), index = atlas.index(), { number, day: spoken, known: out } = details.claims;
      tick();
      const by = index && settled ? O.saidClaims(index, place.row, day, known) : settled ? details.by : [], giving = new Set(by);
      const before = [], on = [], later = [];
      for (let i = number.length - 1; i >= 0; i--) {
        if (giving.has(number[i])) continue;
        (spoken[i] > day || out[i] > known ? later : spoken[i] === day ? on : before).push(number[i]);
      }
      const iso = O.day(O.dayIso(day));
      const parts = [...claimsAs(O.t("What gives it its sign on {day}", { day: iso }), by)];
      const after = [...claimsAs(O.t("Also said of that day"), on), ...claimsAs(giving.size || on.length ? O.t("Said of it before") : O.t("Said of it"), before), ...claimsAs(O.t("Of later days, or not yet out"), later)];
      await Promise.all([...parts, ...after]);
      if (mine !== turn) return;
      first.replaceChildren(...parts.filter((part) => part instanceof Node));
      rest.replaceChildren(...after.filter((part) => part instanceof Node));
    }
    return { node, tick, update, heading };
  };
})(window.Oskil);
