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
  }

  function languages() {
    const chooser = document.querySelector("[data-languages]");
    if (!chooser) return;
    chooser.append(...Object.entries(O.languages).map(([code, name]) => O.h("option", { value: code, lang: code, selected: code === O.language() }, name)));
    chooser.addEventListener("change", async () => {
      O.rememberLanguage(chooser.value);
      await speak(chooser.value);
      O.again();
    });
  }

  (async function () {
    await speak(O.askedLanguage() || "en");
    languages();
    await O.start();
  })();
})(window.Oskil);
