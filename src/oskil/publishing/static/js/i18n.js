// The languages of the page. The English words are the key; what a language lacks stays English.
"use strict";
(function (O) {
  const LANGUAGES = { en: "English", uk: "Українська", ru: "Русский" };
  const words = { en: { words: {}, counts: {} } };
  let language = "en", rules = new Intl.PluralRules("en");

  // Dictionaries hand themselves over: OSKIL_WORDS("uk", {words: {...}, counts: {claim: {one, few, many, other}}}).
  window.OSKIL_WORDS = (code, dictionary) => (words[code] = dictionary);

  const put = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  const known = (sort, key) => (words[language] && Object.hasOwn(words[language][sort], key) ? words[language][sort][key] : null);
  O.t = (text, values) => put(known("words", text) || text, values);

  // O.count(3, "claim"): "3 claims", by the plural rules of the language.
  const IRREGULAR = { "person": "people", "pair of them": "pairs of them" };
  O.count = function (number, noun) {
    const forms = known("counts", noun);
    const form = forms ? forms[rules.select(number)] || forms.other : number === 1 ? noun : IRREGULAR[noun] || `${noun}s`;
    return `${O.number(number)}\u00a0${form}`;
  };

  O.languages = LANGUAGES;
  O.language = () => language;
  O.locale = () => ({ en: "en-GB", uk: "uk-UA", ru: "ru-RU" })[language];
  O.speak = function (code) {
    language = Object.hasOwn(LANGUAGES, code) ? code : "en";
    rules = new Intl.PluralRules(language);
    document.documentElement.lang = language;
  };
  // The language that an address names, else null; on opening, the address goes before what is remembered.
  O.languageOf = function (hash) {
    const code = new URLSearchParams(hash.split("?")[1] || "").get("lang");
    return code && Object.hasOwn(LANGUAGES, code) ? code : null;
  };
  O.askedLanguage = () => O.languageOf(location.hash) || remembered();
  function remembered() {
    try {
      return localStorage.getItem("oskil-language");
    } catch {
      return null;
    }
  }
  O.rememberLanguage = function (code) {
    try {
      localStorage.setItem("oskil-language", code);
    } catch {
      // A page from the file system may have no storage; the language is then in the address alone.
    }
  };
})(window.Oskil);
