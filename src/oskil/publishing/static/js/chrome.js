// What stands around every view: the header's words, the language, the footer; and the beginning.
"use strict";
(function (O) {
  const ENGLISH = new Map();

  // The words of the page's frame are English in the file; those of the language chosen are put in their place.
  function frame() {
    for (const element of document.querySelectorAll("[data-t]")) {
      if (!ENGLISH.has(element)) ENGLISH.set(element, element.textContent.trim());
      element.textContent = O.t(ENGLISH.get(element));
    }
    for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", O.t(element.dataset.tLabel));
    const { counts, meta } = O.core;
    const told = document.querySelector("[data-counts]");
    if (told) told.textContent = `${O.count(counts.documents, "report")}, ${O.count(counts.claims, "claim")} · ${O.t("Published {day} with Oskil {version}.", { day: O.day(meta.published), version: meta.version })}`;
  }

  async function speak(code) {
    if (code !== "en" && Object.hasOwn(O.languages, code)) {
      try {
        await O.load(`js/i18n/${code}.js`);
      } catch {
        code = "en";
      }
    }
    O.speak(code);
    frame();
    keep();
  }

  // The address tells the language, so that a link opens in it; English, the words of the page itself, needs no word.
  function keep() {
    const [path, text] = (location.hash.slice(1) || "/").split("?"), query = new URLSearchParams(text || "");
    const code = O.language() === "en" ? null : O.language();
    if (query.get("lang") === code) return;
    code ? query.set("lang", code) : query.delete("lang");
    // The same view under another address: nothing is to be drawn anew, and the back button has no step of it.
    history.replaceState(history.state, "", `#${path}${query.toString() ? "?" + query : ""}`);
  }

  async function change(code) {
    await speak(code);
    chooser.value = O.language();
    O.again();
  }

  const chooser = document.querySelector("[data-languages]");
  chooser.append(...Object.entries(O.languages).map(([code, name]) => O.h("option", { value: code, lang: code }, name)));
  chooser.addEventListener("change", () => {
    O.rememberLanguage(chooser.value);
    change(chooser.value);
  });
  // Links within the page name no language and keep the one chosen; an address that names another is followed.
  window.addEventListener("hashchange", () => {
    const asked = O.languageOf(location.hash);
    asked && asked !== O.language() ? change(asked) : keep();
  });

  (async function () {
    await speak(O.askedLanguage() || "en");
    chooser.value = O.language();
    await O.start();
  })();
})(window.Oskil);
