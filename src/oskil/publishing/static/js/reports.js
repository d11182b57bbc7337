// The overview, and a report with its claims marked where they stand.
"use strict";
(function (O) {
  const h = O.h;
  // The heading says who and when; a byline that makes a claim of its own is shown all the same.
  const HIDDEN = ["boilerplate", "title", "byline"];
  const hides = (block) => HIDDEN.includes(block.role) && !block.pieces.some(([, claims]) => claims.length);

  const PAGE = 60;

  function about(doc) {
    return [O.bdi(doc.outlet || O.t("outlet not known")), doc.authors.length ? [" · ", O.bdi(doc.authors.join(", "))] : null,
      " · ", doc.published ? O.moment(doc.published) : O.t("date not known")];
  }

  function reportLine(doc) {
    return h("li", {}, h("a", { class: "report", href: O.link.document(doc) }, O.bdi(doc.title)),
      h("p", { class: "meta" }, about(doc), ` · ${O.count(doc.claims[1], "claim")}`, doc.family.length > 1 ? ` · ${O.t("revised {times}", { times: O.count(doc.family.length - 1, "time") })}` : ""));
  }

  // The reports, the newest recorded first, some at a time.
  function reportList() {
    const { size, count } = O.core.pieces.documents;
    const list = h("ol", {}), more = h("button", { type: "button", class: "more" }, O.t("Show more reports"));
    let next = count - 1, waiting = [];
    const add = async () => {
      while (waiting.length < PAGE && next >= 0) waiting.push(...(await O.piece(`documents-${next--}`)).filter((d) => d.latest).reverse());
      for (const doc of waiting.splice(0, PAGE)) list.append(reportLine(doc));
      more.hidden = !waiting.length && next < 0;
    };
    more.addEventListener("click", add);
    return { nodes: [list, more], ready: add(), size };
  }

  O.route("", async function () {
    const { counts } = O.core, reports = reportList();
    const clashes = counts.contradictions ? (await O.piece("contradictions-0")).slice(0, 3) : [];
    await reports.ready;
    const sum = [O.count(counts.documents, "report"), " · ", h("a", { href: "#/claims" }, O.count(counts.claims, "claim")), " · ", O.count(counts.speakers, "speaker"), " · ", h("a", { href: "#/map" }, O.count(counts.places, "town")),
      counts.contradictions ? [" · ", h("a", { href: "#/contradictions" }, O.count(counts.contradictions, "contradiction"))] : null, counts.verdicts ? [" · ", h("a", { href: "#/checks" }, O.count(counts.verdicts, "check"))] : null];
    const node = h("div", { class: "overview" },
      h("section", { class: "lead" }, h("h1", {}, O.bdi(O.core.meta.title)), h("p", { class: "sum" }, sum)),
      h("section", { class: "reports", "aria-labelledby": "reports-h" }, h("h2", { id: "reports-h" }, O.t("Reports")), counts.documents ? reports.nodes : h("p", {}, O.t("No report may be shown yet."))),
      clashes.length ? h("section", { class: "clashes", "aria-labelledby": "clash-h" }, h("h2", { id: "clash-h" }, O.t("What contradicts what")),
        h("ol", {}, clashes.map((pair) => h("li", {}, [pair.first, pair.second].map(O.claimBrief)))),
        counts.contradictions > 3 ? h("p", {}, h("a", { href: "#/contradictions" }, O.t("All {n}", { n: O.number(counts.contradictions) }))) : null) : null,
      h("section", { class: "glance", "aria-labelledby": "glance-h" }, h("h2", { id: "glance-h" }, O.t("Who is said to hold what")), O.mapFigure({ small: true })));
    return { node, title: O.t("Reports") };
  });

  // ---- a report

  // The report on the screen: {doc, claims (by number), node, article, rail, pinned}
  let shown = null;

  O.route("document", async function ([id]) {
    const number = await O.find("documents", id || "");
    return number === null ? O.missing("report") : report(await O.doc(number), null);
  });

  O.route("claim", async function ([id]) {
    const number = await O.find("claims", id || "");
    if (number === null) return O.missing("claim");
    const claim = await O.claim(number);
    return report(await O.doc(claim.document), claim);
  });

  async function report(doc, claim) {
    if (shown && shown.doc.number === doc.number && shown.node.isConnected) {
      pin(claim && shown.claims.get(claim.number));
      return { node: shown.node, title: doc.title, same: true };
    }
    const [text, claims, family] = await Promise.all([O.text(doc), O.claimsOf(doc), O.docs(doc.family)]);
    const verdicts = new Map(claims.flatMap((one) => one.verdicts.map((v) => [v.number, v])));
    shown = { doc, claims: new Map(claims.map((one) => [one.number, one])), verdicts, pinned: null };
    const article = h("article", { class: "text", dir: "auto", lang: doc.language }, blocks(text.blocks));
    const rail = h("aside", { class: "rail", "aria-live": "polite", "aria-label": O.t("About the claim") });
    const node = h("div", { class: "reading" },
      h("div", { class: "column" },
        h("header", {}, h("h1", {}, O.bdi(doc.title)), h("p", { class: "meta" }, about(doc),
          doc.dated ? h("span", { class: "dated" }, ` (${O.t("date from {where}", { where: doc.dated })})`) : null),
          h("p", { class: "meta" }, O.outside(doc.url, O.t("The report where it was published")), doc.url ? " · " : null,
            h("a", { href: O.link.claims({ document: doc.id }) }, O.t("Its {claims} as a table", { claims: O.count(doc.claims[1], "claim") }))),
          doc.latest ? null : h("p", { class: "old" }, O.t("This is an earlier revision."), " ", h("a", { href: O.link.document(family.at(-1)) }, O.t("The latest one")))),
        article, revisions(doc, text, family)),
      rail);
    Object.assign(shown, { node, article, rail });
    node.addEventListener("mouseover", preview);
    node.addEventListener("focusin", preview);
    article.addEventListener("mouseleave", () => show(shown.pinned, false));
    article.addEventListener("click", cycle);
    const mine = claim && shown.claims.get(claim.number);
    pin(mine, true);
    return { node, title: doc.title, after: () => reveal(mine, true) };
  }

  function blocks(list) {
    const left = list.filter((b) => hides(b) && b.role !== "title");
    const seen = new Set();
    let last = -1;
    const nodes = list.filter((b) => !hides(b)).map((block) => {
      const behind = new Map(block.marks);
      const words = block.pieces.map((piece, i) => [marked(piece, seen), (behind.get(i) || []).map(checkMark)]);
      const named = block.part !== last && ["update", "caption", "embed"].includes(block.role);
      const same = block.part === last;
      last = block.part;
      return h("p", { class: `b-${block.role}${same ? " goes-on" : ""}` },
        named ? h("span", { class: "role" }, O.t(O.PART[block.role]), block.by ? [": ", O.bdi(block.by)] : null, block.via ? [" · ", O.bdi(block.via)] : null) : null, words);
    });
    if (left.length) {
      nodes.push(h("details", { class: "left-out" }, h("summary", {}, O.t("Bylines and site text left out ({n})", { n: O.count(left.length, "paragraph") })),
        left.map((b) => h("p", {}, b.pieces.map((p) => p[0]).join("")))));
    }
    return nodes;
  }

  // The small sign behind a number that was checked leads to the working.
  function checkMark(number) {
    const v = shown.verdicts.get(number);
    if (!v) return null;
    const words = `${O.t(v.check)}: ${O.t(v.outcome)}. ${v.found || v.reason}`;
    return h("a", { class: `vmark ${v.outcome.replace(/ /g, "-")}`, href: O.link.verdict(v), title: words, "aria-label": words }, O.OUTCOME[v.outcome]);
  }

  // A stretch of text under one or more claims is a link to the narrowest of them; each claim is one tab stop.
  function marked([words, claims], seen) {
    if (!claims.length) return document.createTextNode(words);
    const claim = shown.claims.get(claims.at(-1));
    const first = !seen.has(claim.number);
    seen.add(claim.number);
    return h("a", {
      class: `c ${claim.certainty} ${O.tone(claim.side)}${claims.length > 1 ? " nested" : ""}${claim.polarity === "denied" ? " denied" : ""}`,
      href: O.link.claim(claim), "data-claims": claims.join(" "), tabindex: first ? null : "-1",
    }, words);
  }

  function under(element) {
    const mark = element.closest ? element.closest("a.c") : null;
    return mark ? mark.dataset.claims.split(" ").map(Number) : null;
  }

  function preview(event) {
    const numbers = under(event.target);
    if (!numbers) return;
    const keep = shown.pinned && numbers.includes(shown.pinned.number);
    show(keep ? shown.pinned : shown.claims.get(numbers.at(-1)), false);
  }

  // Clicking the same words again goes outwards, through the claims that hold them.
  function cycle(event) {
    const numbers = under(event.target);
    if (!numbers || numbers.length < 2 || !shown.pinned || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = numbers.indexOf(shown.pinned.number);
    if (at < 0) return;
    event.preventDefault();
    location.hash = O.link.claim(shown.claims.get(numbers[(at - 1 + numbers.length) % numbers.length]));
  }

  function pin(claim, quiet) {
    shown.pinned = claim || null;
    show(shown.pinned, true);
    if (!quiet) reveal(claim);
  }

  function reveal(claim, fresh) {
    const mark = claim && shown && marks(claim)[0];
    if (!mark) return;
    const box = mark.getBoundingClientRect();
    const room = window.innerWidth < 900 ? window.innerHeight * 0.42 : window.innerHeight - 60;
    if (box.top < 70 || box.bottom > room) {
      window.scrollTo({ top: window.scrollY + box.top - Math.min(window.innerHeight * 0.3, 240), behavior: fresh || O.calm() ? "instant" : "smooth" });
    }
  }

  const marks = (claim) => [...shown.article.querySelectorAll("a.c")].filter((a) => a.dataset.claims.split(" ").includes(String(claim.number)));

  function show(claim, pinned) {
    for (const mark of shown.article.querySelectorAll("a.on")) {
      mark.classList.remove("on");
      mark.removeAttribute("aria-current");
    }
    shown.rail.classList.toggle("open", Boolean(shown.pinned));
    if (!claim) {
      shown.rail.replaceChildren(key(shown.doc), whereabouts(null));
      return;
    }
    const mine = marks(claim);
    for (const mark of mine) mark.classList.add("on");
    if (pinned && mine[0]) mine[0].setAttribute("aria-current", "true");
    const also = new Set(mine.flatMap((m) => m.dataset.claims.split(" ").map(Number)));
    also.delete(claim.number);
    shown.rail.replaceChildren(
      h("a", { class: "close", href: O.link.document(shown.doc), "aria-label": O.t("Close the claim") }, "×"),
      O.card(claim, [...also].map((n) => shown.claims.get(n))), whereabouts(claim));
  }

  // A small drawing of the places that the report speaks of, with those of the claim brought out.
  function whereabouts(claim) {
    const ids = new Set([...shown.claims.values()].flatMap((one) => one.places));
    const places = [...ids].map((id) => O.places.get(id)).filter((p) => p && p.point);
    const [west, south, east, north] = O.core.frame;
    const near = places.filter((p) => p.point[0] > west && p.point[0] < east && p.point[1] > south && p.point[1] < north);
    const frame = O.frameAround(near);
    if (!frame) return null;
    return h("div", { class: "whereabouts" }, O.sketch(near, { width: 380, frame, near: claim && claim.places.length ? new Set(claim.places) : null }),
      h("p", { class: "meta" }, O.t("Colours: who is said to hold a place."), " ", h("a", { href: "#/map" }, O.t("The map"))));
  }

  // What the marks mean, with the sides that speak in this report.
  function key(doc) {
    const claims = [...shown.claims.values()];
    const sides = [...new Set(claims.map((c) => c.side))].sort((a, b) => (O.toneNumber(a) + 99) % 99 - (O.toneNumber(b) + 99) % 99);
    const kinds = new Map();
    for (const c of claims) kinds.set(c.kind, (kinds.get(c.kind) || 0) + 1);
    return h("section", { class: "key" }, h("h2", {}, O.t("Reading the marks")),
      h("p", {}, O.t("Every marked stretch is a claim. Point at one, or step through them with the Tab key, to see on whose word it stands.")),
      h("ul", { class: "lines" },
        Object.keys(O.CERTAINTY).map((name) => h("li", {}, h("span", { class: `sure ${name}` }, O.certaintyWords(name))))),
      h("h3", {}, O.t("Whose word")),
      h("ul", { class: "sides" }, sides.map((side) => h("li", {},
        h("a", { href: O.link.claims({ document: doc.id, side: side || "none" }) }, side ? O.side(side) : h("span", { class: "side none" }, O.t("the outlet, or no side told"))),
        h("span", { class: "count" }, claims.filter((c) => c.side === side).length)))),
      h("h3", {}, O.t("Of what kind")),
      h("ul", { class: "kinds" }, [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => h("li", {},
        h("a", { href: O.link.claims({ document: doc.id, kind }) }, O.t(kind)), h("span", { class: "count" }, count)))));
  }

  function revisions(doc, text, family) {
    if (family.length < 2) return null;
    return h("section", { class: "revisions", "aria-labelledby": "rev-h" }, h("h2", { id: "rev-h" }, O.t("Revisions")),
      h("ol", {}, family.map((one) => h("li", {},
        one.number === doc.number ? h("strong", {}, O.t("Revision {n}", { n: one.revision })) : h("a", { href: O.link.document(one) }, O.t("Revision {n}", { n: one.revision })),
        h("span", { class: "meta" }, ` ${O.t("recorded {when}", { when: O.moment(one.recorded) })}, ${O.count(one.claims[1], "claim")}`)))),
      text.changes.length ? [h("h3", {}, O.t("What changed from revision {a} to {b}", { a: doc.revision - 1, b: doc.revision })),
        h("p", { class: "diff", dir: "auto" }, text.changes.map(([sort, words]) => sort === "-" ? h("del", {}, words) : sort === "+" ? h("ins", {}, words)
          : sort === "…" ? h("span", { class: "gap" }, " … ") : words))] : null);
  }
})(window.Oskil);
