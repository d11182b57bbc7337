// How the page was made, what is held back from it, what could not be done, and the data it rests on.
"use strict";
(function (O) {
  const h = O.h, FEW = 40;

  const metres = (degrees) => O.t("{degrees}° (about {km} km)", { degrees: O.number(degrees), km: O.number(degrees * 111.32) });

  // A list that shows its first entries and opens further.
  function long(entries, line, empty) {
    if (!entries.length) return h("p", {}, empty);
    const list = h("ul", {}), more = h("button", { type: "button", class: "more" });
    let at = 0;
    const add = () => {
      list.append(...entries.slice(at, at + FEW).map(line));
      at += FEW;
      more.hidden = at >= entries.length;
      more.textContent = O.t("Show more ({left} left)", { left: O.number(entries.length - at) });
    };
    more.addEventListener("click", add);
    add();
    return [list, more];
  }

  const TERMS = [
    ["Claimed", "Somebody says so: a party to the war, an outlet or a channel."],
    ["Assessed", "Only independent observers say so: an analyst or a monitor."],
    ["Inferred", "Calculated from what was said before and after, from who said it and how often their word came true. It is shown apart, with its probability, and never instead of what was said."],
    ["Unknown", "The place is only spoken of."],
  ];
  const LIMITS = [
    ["A claim that was misread is shown as it was misread.", null],
    ["Silence is not calm: see what each feed gave.", "#/coverage"],
    ["Which of two contradicting claims is wrong is not decided.", "#/contradictions"],
    ["A verdict is about a figure, not about the war.", "#/checks"],
    ["A track record of few cases tells little.", "#/sources"],
  ];

  const methods = () => h("section", {}, h("h2", {}, O.t("How it is made")),
    h("p", {}, O.t("Reports were read by program, and every claim in them kept with its words, its speaker, the chain of those who passed it on, its certainty, place and time. Programs misread: the words of the report, a click away, are what counts.")),
    h("dl", { class: "terms" }, TERMS.map(([term, words]) => [h("dt", {}, O.t(term)), h("dd", {}, O.t(words))])),
    h("p", {}, O.t("A place takes the colour of the latest control claims: for each side that speaks of it its newest word, where that is at most a day older than the newest of all. If those words name one holder, the sign is that party’s; if they differ, or one denies what another says, it is contested. Conditions and forecasts do not count.")),
    O.core.beliefs ? h("p", {}, O.t("What is inferred rests on this:"), " ", O.bdi(O.core.beliefs.basis || ""), O.core.beliefs.note ? [" ", O.t(O.core.beliefs.note)] : null) : h("p", {}, O.t("Nothing is inferred on this page.")));

  const limits = () => h("section", {}, h("h2", {}, O.t("What it cannot do")), h("ul", {},
    LIMITS.map(([words, href]) => h("li", {}, href ? h("a", { href }, O.t(words)) : O.t(words)))));

  function held() {
    const m = O.core.meta, protectedNames = m.protect.map(O.sideName).join(", ");
    return h("section", {}, h("h2", {}, O.t("What is held back")), h("ul", {},
      h("li", {}, m.draft ? O.t("This is a draft: it says so on every view and asks search engines to leave it alone.") : O.t("This page was published as final.")),
      h("li", {}, O.t("{people} under labels such as “private person 1”, here and within the texts. Officials, bodies and outlets keep their names.", { people: O.count(O.core.withheld, "private name") })),
      h("li", {}, m.delay ? O.t("Reports younger than {hours} at the time of publication are left out: {held} here.", { hours: O.count(m.delay, "hour"), held: O.number(O.core.held) }) : O.t("Nothing was left out for being fresh.")),
      h("li", {}, O.t("Positions are town centres of the gazetteer, on a grid of {grid}.", { grid: metres(m.grid) }), protectedNames ? ` ${O.t("Where {parties} is concerned, the grid is {grid}.", { parties: protectedNames, grid: metres(m.protected_grid) })}` : null, " ", O.t("No position of a unit is derived or shown.")),
      h("li", {}, O.t("Pictures and films are not shown.")),
      h("li", {}, O.t("The page loads nothing from elsewhere. Links to reports open the publisher’s site, which then knows of the visit."))));
  }

  const source = ([name, version, hash]) => h("dd", {}, O.bdi(name), ` ${version || ""}`, hash ? h("code", { class: "hash", title: "SHA-256" }, hash) : null);

  function data() {
    const m = O.core.meta;
    return h("section", {}, h("h2", {}, O.t("Data and versions")), h("dl", { class: "how" },
      h("dt", {}, O.t("Published")), h("dd", {}, O.moment(m.published)), h("dt", {}, "Oskil"), h("dd", {}, m.version),
      m.readers && m.readers.length ? [h("dt", {}, O.t("Readers")), h("dd", {}, O.bdi(m.readers.join(", ")))] : null,
      h("dt", {}, O.t("Gazetteer")), source(m.gazetteer), m.data && m.data.length ? [h("dt", {}, O.t("Data of the checks")), m.data.map(source)] : null,
      h("dt", {}, O.t("This folder")), h("dd", {}, O.t("The SHA-256 of every file stands in a file of its own:"), " ", h("code", {}, "files.sha256"))));
  }

  O.methodsPage = async function () {
    const title = O.t("Method and safety");
    const notes = O.core.unplaced || O.core.refusals ? await O.piece("notes") : { unplaced: [], refusals: [] };
    const numbers = [...new Set(notes.unplaced.slice(0, 400).flatMap((one) => one.at.slice(0, 4).map(([doc]) => doc)))];
    const docs = new Map((await O.docs(numbers)).map((doc, i) => [numbers[i], doc]));
    const unplaced = (one, i) => h("li", {}, h("strong", {}, O.bdi(one.phrase)), ": ", O.bdi(one.reason || O.t("no reason given")), one.at.length > 1 ? h("span", { class: "meta" }, ` (${O.number(one.at.length)})`) : null,
      h("ul", {}, one.at.slice(0, 4).map(([doc, words]) => h("li", {}, docs.has(doc) ? h("a", { href: O.link.document(docs.get(doc)), dir: "auto" }, "… ", words, " …") : ["… ", O.bdi(words), " …"]))));
    const refusal = (one) => h("li", {}, h("code", {}, O.bdi(one.where)), ": ", O.bdi(one.reason), h("span", { class: "meta" }, ` (${O.moment(one.at)})`));
    return O.shown(title, O.sheet("notes", title, null, methods(), limits(), held(),
      h("section", { class: "unplaced" }, h("h2", {}, O.t("Names that could not be placed")), long(notes.unplaced, unplaced, O.t("Every name was placed."))),
      h("section", {}, h("h2", {}, O.t("What could not be read")), long(notes.refusals, refusal, O.t("Every input was read."))), data()));
  };

  O.route("methods", O.methodsPage);
  O.route("notes", O.methodsPage);
})(window.Oskil);
