// What could not be done, how the page was made, and what is held back.
"use strict";
(function (O) {
  const h = O.h;

  O.notesPage = function () {
    const R = O.record, m = R.meta;
    const metres = (degrees) => `${degrees}° (about ${O.number(degrees * 111.32)} km)`;
    return { title: "Notes", node: h("div", { class: "notes-page" }, h("h1", {}, "Notes"),
      h("section", {}, h("h2", {}, "What this page is"),
        h("p", {}, "Reports were read by program, and every claim in them kept with its words, its speaker, the chain of those who passed it on, its certainty, place and time. Programs misread: the words of the report, a click away, are what counts."),
        h("p", {}, "Three things are kept apart. ", h("strong", {}, "Claimed"), ": somebody says so, a party to the war, an outlet or a channel. ", h("strong", {}, "Assessed"), ": only independent observers say so, an analyst or a monitor. ", h("strong", {}, "Unknown"), ": the place is only spoken of. Oskil itself assesses nothing here."),
        h("p", {}, "A place takes the colour of the latest control claims: for each side that speaks of it its newest word, where that is at most a day older than the newest of all. If those words name one holder, the sign is that party’s; if they differ, or one denies what another says, it is contested. Conditions and forecasts do not count.")),
      h("section", {}, h("h2", {}, "What is held back"),
        h("ul", {},
          h("li", {}, m.draft ? "This is a draft: it says so on every view and asks search engines to leave it alone." : "This page was published as final."),
          h("li", {}, `${O.plural(R.withheld, "private person or account", "private people or accounts")} stand under labels such as “private person 1”, here and within the texts. Officials, bodies and outlets keep their names.`),
          h("li", {}, m.delay ? `Reports younger than ${O.plural(m.delay, "hour")} at the time of publication are left out${R.held ? `: ${R.held} here` : ""}.` : "Nothing was left out for being fresh."),
          h("li", {}, `Positions are town centres of the gazetteer, on a grid of ${metres(m.grid)}${m.protect.length ? `; of ${metres(m.protected_grid)} where ${m.protect.map(O.sideName).join(" or ")} is concerned` : ""}. No position of a unit is derived or shown.`),
          h("li", {}, "Pictures and films are not shown."),
          h("li", {}, "The page loads nothing from elsewhere. Links to reports open the publisher’s site, which then knows of the visit."))),
      h("section", {}, h("h2", {}, "Names that could not be placed"),
        R.unplaced.length ? h("ul", { class: "unplaced" }, R.unplaced.map((u) => h("li", {}, h("strong", {}, O.bdi(u.phrase)), ": ", O.bdi(u.reason || "no reason given"),
          h("ul", {}, u.at.slice(0, 4).map(([doc, words]) => h("li", {}, h("a", { href: O.link.document(O.record.documents[doc]), dir: "auto" }, "… ", words, " …"))))))) : h("p", {}, "Every name was placed.")),
      h("section", {}, h("h2", {}, "What could not be read"),
        R.refusals.length ? h("ul", {}, R.refusals.map((r) => h("li", {}, h("code", {}, O.bdi(r.where)), ": ", O.bdi(r.reason), h("span", { class: "meta" }, ` (${O.moment(r.at)})`)))) : h("p", {}, "Every input was read.")),
      h("section", {}, h("h2", {}, "Data and versions"),
        h("dl", { class: "how" }, h("dt", {}, "Published"), h("dd", {}, O.moment(m.published)), h("dt", {}, "Oskil"), h("dd", {}, m.version),
          h("dt", {}, "Readers"), h("dd", {}, [...new Set(R.documents.map((d) => d.reader))].join(", ")),
          h("dt", {}, "Gazetteer"), h("dd", {}, `${m.gazetteer[0]} ${m.gazetteer[1]}`, h("code", { class: "hash", title: "SHA-256" }, m.gazetteer[2])),
          h("dt", {}, "This folder"), h("dd", {}, "The SHA-256 of every file stands in ", h("code", {}, "files.sha256"), ".")))) };
  };
})(window.Oskil);
