// From the address to the view. The whole state is in the part after #, so links and the back button work.
"use strict";
(function (O) {
  const view = document.getElementById("view");
  const draft = O.record.meta.draft ? "DRAFT · " : "";
  let claims = null, turn = 0, first = true;

  function missing(what) {
    return { title: "Not found", node: O.h("div", { class: "missing" }, O.h("h1", {}, `No such ${what}`), O.h("p", {}, "It may have been left out of this page. ", O.h("a", { href: "#/" }, "All reports"))) };
  }

  async function page(path, query) {
    const [section, id] = path.split("/").slice(1).map(safelyDecoded);
    if (section === "" || section === undefined) return O.overview();
    if (section === "claims") return claimsPage(query);
    if (section === "claim") {
      const claim = O.find(O.record.claims, id || "");
      return claim ? O.report(O.documentOf(claim), claim) : missing("claim");
    }
    if (section === "document") {
      const doc = O.find(O.record.documents, id || "");
      return doc ? O.report(doc, null) : missing("report");
    }
    if (section === "map") return O.mapPage(null);
    if (section === "place") return O.places.has(Number(id)) ? O.mapPage(O.places.get(Number(id))) : missing("place");
    if (section === "contradictions") return O.contradictionsPage();
    if (section === "checks") return O.checksPage(query);
    if (section === "check") {
      const verdict = O.record.verdicts.find((v) => v.id === id);
      return verdict ? O.checkPage(verdict) : missing("check");
    }
    if (section === "notes") return O.notesPage();
    return missing("page");
  }

  function safelyDecoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function claimsPage(query) {
    if (claims && claims.node.isConnected) {
      claims.node.update(query);
      return { ...claims, same: true };
    }
    claims = O.claimsPage(query);
    return claims;
  }

  const SECTION = { "": "overview", claims: "claims", map: "map", place: "map", contradictions: "contradictions", checks: "checks", check: "checks", notes: "notes", document: "overview", claim: "overview" };

  async function route() {
    const mine = ++turn;
    const [path, query] = (location.hash.slice(1) || "/").split("?");
    let shown;
    try {
      shown = await page(path, new URLSearchParams(query || ""));
    } catch {
      shown = missing("text in this folder");
    }
    if (mine !== turn) return;
    if (!shown.same) {
      view.replaceChildren(shown.node);
      window.scrollTo(0, 0);
    }
    O.leaveMap();
    document.title = `${draft}${shown.title} · ${O.record.meta.title}`;
    const section = SECTION[path.split("/")[1] || ""];
    for (const link of document.querySelectorAll("[data-nav]")) {
      link.dataset.nav === section ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
    // Whoever follows a link without seeing the screen is taken to the new heading.
    const heading = shown.same ? shown.focus : shown.node.querySelector("h1");
    if (heading && !first) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    }
    if (shown.after) shown.after();
    first = false;
    document.documentElement.dataset.ready = location.hash || "#/";
  }

  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    view.focus();
  });
  document.addEventListener("keydown", (event) => {
    const close = event.key === "Escape" && view.querySelector(".rail.open .close");
    if (close) close.click();
  });
  window.addEventListener("hashchange", route);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (view.querySelector(".map-box")) {
      view.replaceChildren();
      route();
    }
  });
  route();
})(window.Oskil);
