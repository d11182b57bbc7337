// From the address to the view. The whole state is in the part after #, so links and the back button work.
"use strict";
(function (O) {
  const view = document.getElementById("view");
  const meta = O.core.meta;
  const views = new Map();
  let turn = 0, first = true;

  // O.route("claims", async (parts, query) => ({title, node, same?, focus?, after?, settled?})): `parts` follow the name.
  O.route = (name, made) => views.set(name, made);

  O.missing = (what) => ({ title: O.t("Not found"), node: O.h("div", { class: "missing" }, O.h("h1", {}, O.t(`No such ${what}`)),
    O.h("p", {}, O.t("It may have been left out of this page."), " ", O.h("a", { href: "#/" }, O.t("All reports")))) });

  // Changes the query of the address; a null value takes its name away.
  O.setQuery = function (changes, options) {
    const [path, text] = (location.hash.slice(1) || "/").split("?");
    const query = new URLSearchParams(text || "");
    for (const [name, value] of Object.entries(changes)) {
      value === null || value === undefined || value === "" ? query.delete(name) : query.set(name, value);
    }
    const hash = `#${path}${query.toString() ? "?" + query : ""}`;
    options && options.replace ? location.replace(hash) : (location.hash = hash);
  };

  function safelyDecoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  async function page(path, query) {
    const [section, ...parts] = path.split("/").slice(1).map(safelyDecoded);
    const made = views.get(section || "");
    return made ? made(parts, query) : O.missing("page");
  }

  // The section of the header under which a view stands.
  const SECTION = { place: "map", check: "checks", document: "", claim: "", proposition: "propositions", source: "sources" };

  async function route() {
    const mine = ++turn;
    const [path, text] = (location.hash.slice(1) || "/").split("?");
    const query = new URLSearchParams(text || "");
    document.documentElement.classList.toggle("embed", query.get("embed") === "1");
    let shown;
    try {
      shown = await page(path, query);
    } catch (error) {
      console.warn(String(error));
      shown = O.missing("text in this folder");
    }
    if (mine !== turn) return;
    if (!shown.same) {
      view.replaceChildren(shown.node);
      window.scrollTo(0, 0);
    }
    if (O.leaveMap) O.leaveMap();
    document.title = `${meta.draft ? O.t("DRAFT") + " · " : ""}${shown.title} · ${meta.title}`;
    const name = path.split("/")[1] || "", section = name in SECTION ? SECTION[name] : name;
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
    // What comes in behind the first sight of a view.
    if (shown.settled) await shown.settled.catch(() => null);
    if (mine !== turn) return;
    document.documentElement.dataset.ready = location.hash || "#/";
  }

  O.again = function () {
    view.replaceChildren();
    return route();
  };

  O.start = function () {
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault();
      view.focus();
    });
    document.addEventListener("keydown", (event) => {
      const close = event.key === "Escape" && view.querySelector(".rail.open .close");
      if (close) close.click();
    });
    window.addEventListener("hashchange", route);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.querySelector(".map-box") && O.again());
    return route();
  };
})(window.Oskil);
