// The overview, and a report with its claims marked where they stand.
"use strict";
(function (O) {
  const h = O.h;
  // The heading says who and when; a byline that makes a claim of its own is shown all the same.
  const HIDDEN = ["boilerplate", "title", "byline"];
  const hides = (block) => HIDDEN.includes(block.role) && !block.pieces.some(([, claims]) => claims.length);

  function about(doc) {
    return [O.bdi(doc.outlet || "outlet not known"), doc.authors.length ? [" · ", O.bdi(doc.authors.join(", "))] : null,
      " · ", doc.published ? O.moment(doc.published) : "date not known"];
  }

  O.overview = function () {
    const R = O.record, docs = R.documents.filter((d) => d.latest), claims = O.current();
    const speakers = new Set(claims.map((c) => c.speaker).filter(Boolean));
    const checked = R.verdicts.filter((v) => v.outcome !== "cannot be checked");
    const towns = R.places.filter((p) => p.kind === "settlement" && p.claims.length);
    const node = h("div", { class: "overview" },
      h("section", { class: "lead" },
        h("h1", {}, O.bdi(R.meta.title)),
        h("p", { class: "sum" }, `${O.plural(docs.length, "report")} make `, h("a", { href: "#/claims" }, O.plural(claims.length, "claim")),
          ` on the word of ${O.plural(speakers.size, "speaker")}, about `, h("a", { href: "#/map" }, O.plural(towns.length, "town")),
          ". ", R.contradictions.length ? [h("a", { href: "#/contradictions" }, `${O.plural(R.contradictions.length, "pair")} of them cannot both be true`), ". "] : null,
          checked.length ? [h("a", { href: "#/checks" }, O.plural(checked.length, "figure")), " could be checked against data."] : null)),
      h("section", { class: "reports", "aria-labelledby": "reports-h" }, h("h2", { id: "reports-h" }, "Reports"),
        h("ol", {}, docs.map((doc) => h("li", {},
          h("a", { class: "report", href: O.link.document(doc) }, O.bdi(doc.title)),
          h("p", { class: "meta" }, about(doc), ` · ${O.plural(doc.claims.length, "claim")}`,
            doc.family.length > 1 ? ` · revised ${O.plural(doc.family.length - 1, "time")}` : "")))),
        docs.length ? null : h("p", {}, "No report may be shown yet.")),
      R.contradictions.length ? h("section", { class: "clashes", "aria-labelledby": "clash-h" }, h("h2", { id: "clash-h" }, "What contradicts what"),
        h("ol", {}, R.contradictions.slice(0, 3).map((pair) => h("li", {}, [pair.first, pair.second].map((n) => O.claimBrief(R.claims[n]))))),
        R.contradictions.length > 3 ? h("p", {}, h("a", { href: "#/contradictions" }, `All ${O.plural(R.contradictions.length, "pair")}`)) : null) : null,
      h("section", { class: "glance", "aria-labelledby": "glance-h" }, h("h2", { id: "glance-h" }, "Who is said to hold what"),
        O.mapFigure({ small: true })));
    return { node, title: "Reports" };
  };

  // ---- a report

  let shown = null; // the report on the screen: {doc, article, rail, pinned}

  O.report = async function (doc, claim) {
    if (shown && shown.doc === doc && shown.node.isConnected) {
      pin(claim);
      return { node: shown.node, title: doc.title, same: true };
    }
    const text = await O.text(doc.id);
    const article = h("article", { class: "text", dir: "auto" }, blocks(text.blocks));
    const rail = h("aside", { class: "rail", "aria-live": "polite", "aria-label": "About the claim" });
    const node = h("div", { class: "reading" },
      h("div", { class: "column" },
        h("header", {}, h("h1", {}, O.bdi(doc.title)), h("p", { class: "meta" }, about(doc),
          doc.dated ? h("span", { class: "dated" }, ` (date from ${doc.dated})`) : null),
          h("p", { class: "meta" }, O.outside(doc.url, "The report where it was published"), doc.url ? " · " : null,
            h("a", { href: O.link.claims({ document: doc.id }) }, `Its ${O.plural(doc.claims.length, "claim")} as a table`)),
          doc.latest ? null : h("p", { class: "old" }, "This is an earlier revision. ", h("a", { href: O.link.document(O.record.documents[doc.family.at(-1)]) }, "The latest one"))),
        article, revisions(doc, text)),
      rail);
    shown = { doc, node, article, rail, pinned: null };
    node.addEventListener("mouseover", preview);
    node.addEventListener("focusin", preview);
    article.addEventListener("mouseleave", () => show(shown.pinned, false));
    article.addEventListener("click", cycle);
    pin(claim, true);
    return { node, title: doc.title, after: () => reveal(claim, true) };
  };

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
        named ? h("span", { class: "role" }, O.PART[block.role], block.by ? [" by ", O.bdi(block.by)] : null, block.via ? [" on ", O.bdi(block.via)] : null) : null, words);
    });
    if (left.length) {
      nodes.push(h("details", { class: "left-out" }, h("summary", {}, `Bylines and site text left out (${O.plural(left.length, "paragraph")})`),
        left.map((b) => h("p", {}, b.pieces.map((p) => p[0]).join("")))));
    }
    return nodes;
  }

  // The small sign behind a number that was checked leads to the working.
  function checkMark(number) {
    const v = O.record.verdicts[number];
    const words = `${v.check}: ${v.outcome}. ${v.found || v.reason}`;
    return h("a", { class: `vmark ${v.outcome.replace(/ /g, "-")}`, href: O.link.verdict(v), title: words, "aria-label": words }, O.OUTCOME[v.outcome]);
  }

  // A stretch of text under one or more claims is a link to the narrowest of them; each claim is one tab stop.
  function marked([words, claims], seen) {
    if (!claims.length) return document.createTextNode(words);
    const claim = O.record.claims[claims.at(-1)];
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
    show(keep ? shown.pinned : O.record.claims[numbers.at(-1)], false);
  }

  // Clicking the same words again goes outwards, through the claims that hold them.
  function cycle(event) {
    const numbers = under(event.target);
    if (!numbers || numbers.length < 2 || !shown.pinned || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = numbers.indexOf(shown.pinned.number);
    if (at < 0) return;
    event.preventDefault();
    location.hash = O.link.claim(O.record.claims[numbers[(at - 1 + numbers.length) % numbers.length]]);
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
      h("a", { class: "close", href: O.link.document(shown.doc), "aria-label": "Close the claim" }, "×"),
      O.card(claim, [...also].map((n) => O.record.claims[n])), whereabouts(claim));
  }

  // A small drawing of the places that the report speaks of, with those of the claim brought out.
  function whereabouts(claim) {
    const ids = new Set(shown.doc.claims.flatMap((n) => O.record.claims[n].places));
    const places = [...ids].map((id) => O.places.get(id)).filter((p) => p && p.point);
    const [west, south, east, north] = O.record.frame;
    const near = places.filter((p) => p.point[0] > west && p.point[0] < east && p.point[1] > south && p.point[1] < north);
    const frame = O.frameAround(near);
    if (!frame) return null;
    return h("div", { class: "whereabouts" }, O.sketch(near, { width: 380, frame, near: claim && claim.places.length ? new Set(claim.places) : null }),
      h("p", { class: "meta" }, "Colours: who is ", h("em", {}, "said"), " to hold a place. ", h("a", { href: "#/map" }, "The map")));
  }

  // What the marks mean, with the sides that speak in this report.
  function key(doc) {
    const claims = doc.claims.map((n) => O.record.claims[n]);
    const sides = [...new Set(claims.map((c) => c.side))].sort((a, b) => (O.toneNumber(a) + 99) % 99 - (O.toneNumber(b) + 99) % 99);
    const kinds = new Map();
    for (const c of claims) kinds.set(c.kind, (kinds.get(c.kind) || 0) + 1);
    return h("section", { class: "key" }, h("h2", {}, "Reading the marks"),
      h("p", {}, "Every marked stretch is a claim. Point at one, or step through them with the Tab key, to see on whose word it stands."),
      h("ul", { class: "lines" },
        Object.entries(O.CERTAINTY).map(([name, words]) => h("li", {}, h("span", { class: `sure ${name}` }, words)))),
      h("h3", {}, "Whose word"),
      h("ul", { class: "sides" }, sides.map((side) => h("li", {},
        h("a", { href: O.link.claims({ document: doc.id, side: side || "none" }) }, side ? O.side(side) : h("span", { class: "side none" }, "the outlet, or no side told")),
        h("span", { class: "count" }, claims.filter((c) => c.side === side).length)))),
      h("h3", {}, "Of what kind"),
      h("ul", { class: "kinds" }, [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => h("li", {},
        h("a", { href: O.link.claims({ document: doc.id, kind }) }, kind), h("span", { class: "count" }, count)))));
  }

  function revisions(doc, text) {
    if (doc.family.length < 2) return null;
    return h("section", { class: "revisions", "aria-labelledby": "rev-h" }, h("h2", { id: "rev-h" }, "Revisions"),
      h("ol", {}, doc.family.map((n) => {
        const one = O.record.documents[n];
        return h("li", {}, one === doc ? h("strong", {}, `Revision ${one.revision}`) : h("a", { href: O.link.document(one) }, `Revision ${one.revision}`),
          h("span", { class: "meta" }, ` recorded ${O.moment(one.recorded)}, ${O.plural(one.claims.length, "claim")}`));
      })),
      text.changes.length ? [h("h3", {}, `What changed from revision ${doc.revision - 1} to ${doc.revision}`),
        h("p", { class: "diff", dir: "auto" }, text.changes.map(([sort, words]) => sort === "-" ? h("del", {}, words) : sort === "+" ? h("ins", {}, words)
          : sort === "…" ? h("span", { class: "gap" }, " … ") : words))] : null);
  }
})(window.Oskil);
