// Time under the map: a histogram of what was said and printed, and two handles: the day spoken of, and the day
// by which the words must have been out.
"use strict";
(function (O) {
  const h = O.h, s = O.s;
  const held = (low, value, high) => Math.max(low, Math.min(high, value));
  const HIGH = 34, LOW = 14, PACE = 125, CALM_PACE = 400;

  // Days of the month's first, with a name where there is room for one.
  function months() {
    const { count } = O.core.days, firsts = [];
    for (let day = 0; day < count; day++) if (O.dayIso(day).endsWith("-01")) firsts.push(day);
    const years = count > 1600, each = years ? 12 : Math.max(1, Math.ceil(firsts.length / 12));
    const short = new Intl.DateTimeFormat(O.locale(), { month: "short", timeZone: "UTC" });
    return firsts.filter((day) => years ? O.dayIso(day).slice(5, 7) === "01" : (Number(O.dayIso(day).slice(5, 7)) - 1) % each === 0).map((day, i) => {
      const iso = O.dayIso(day), january = iso.slice(5, 7) === "01";
      return h("span", { class: `month${i % 2 ? " minor" : ""}`, "data-at": O.timeAt(day, 0) }, january || i === 0 ? `${years ? "" : short.format(new Date(iso)) + " "}${iso.slice(0, 4)}` : short.format(new Date(iso)));
    });
  }

  // Percent of the width at which a day stands; its middle unless told otherwise.
  O.timeAt = (day, part = 0.5) => ((day + part) / Math.max(1, O.core.days.count)) * 100;

  // One day is one unit wide. Roots, so that quiet days are seen beside loud ones.
  function histogram() {
    const { claims, documents } = O.core.histogram, count = Math.max(1, O.core.days.count);
    const path = (values, sign) => {
      const most = Math.sqrt(Math.max(1, ...values)), size = sign < 0 ? HIGH : LOW;
      return values.map((n, day) => (n ? `M${day} ${HIGH}h1v${(sign * Math.max(1, (Math.sqrt(n) / most) * size)).toFixed(1)}h-1Z` : "")).join("");
    };
    return s("svg", { class: "histogram", viewBox: `0 0 ${count} ${HIGH + LOW}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      s("path", { class: "told", d: path(claims, -1) }), s("path", { class: "printed", d: path(documents, 1) }),
      s("path", { class: "axis", d: `M0 ${HIGH}H${count}`, "vector-effect": "non-scaling-stroke" }));
  }

  // options: {change(state, settled)}; state is {day, known, tied}: tied means that only what was out on the day counts.
  O.timeBar = function (options) {
    const last = Math.max(0, O.core.days.count - 1), state = { day: last, known: last, tied: false };
    let timer = null, dragging = null;
    const handle = (name, label) => h("div", { class: `handle ${name}`, role: "slider", tabindex: "0", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": last, "aria-orientation": "horizontal" }, h("span", { class: "knob" }), h("span", { class: "flag" }));
    const day = handle("day", O.t("The day spoken of")), known = handle("known", O.t("As known on"));
    const play = h("button", { type: "button", class: "play", "aria-pressed": "false" }, h("span", { class: "glyph", "aria-hidden": "true" }), h("span", { class: "sr" }, O.t("Play the days")));
    const tied = h("input", { type: "checkbox", name: "tied" }), words = h("output", { class: "day-words" }), knownWords = h("span", { class: "known-words" });
    const veil = h("div", { class: "not-yet", "aria-hidden": "true" }), status = h("p", { class: "sr", role: "status" });
    const track = h("div", { class: "track" }, histogram(), veil, known, day);
    const axis = h("div", { class: "axis-names", "aria-hidden": "true" }, months());
    for (const name of axis.children) name.style.left = `${name.dataset.at}%`;
    const node = h("section", { class: "time", "aria-label": O.t("Time") },
      h("div", { class: "time-head" }, play, words, knownWords, h("label", { class: "tie" }, tied, h("span", {}, O.t("only what was out by that day")))),
      h("div", { class: "time-body" }, track, axis), status);

    function show() {
      const iso = O.dayIso(state.day), until = O.dayIso(state.known), all = state.known >= last && !state.tied;
      day.style.left = `${O.timeAt(state.day)}%`;
      known.style.left = `${O.timeAt(state.known)}%`;
      veil.style.left = `${O.timeAt(state.known, 1)}%`;
      known.hidden = state.tied;
      words.textContent = O.day(iso);
      knownWords.textContent = all ? O.t("by all that was said since") : O.t("as known on {day}", { day: O.day(until) });
      for (const [slider, value, said] of [[day, state.day, O.day(iso)], [known, state.known, all ? O.t("{day}, all that was said", { day: O.day(until) }) : O.day(until)]]) {
        slider.setAttribute("aria-valuenow", value);
        slider.setAttribute("aria-valuetext", said);
        slider.querySelector(".flag").textContent = O.dayShort(value);
      }
      node.dataset.day = iso;
      node.dataset.known = until;
      tied.checked = state.tied;
    }

    // Every change goes through here; `settled` says that the reader has let go, so that the address may follow.
    function change(changes, settled) {
      Object.assign(state, changes);
      state.day = held(0, state.day, last);
      state.known = state.tied ? state.day : held(0, state.known, last);
      show();
      options.change({ ...state }, settled);
    }

    const byMonth = (from, step) => {
      const date = new Date(`${O.dayIso(from)}T00:00:00Z`), on = date.getUTCDate();
      date.setUTCDate(1);
      date.setUTCMonth(date.getUTCMonth() + step);
      const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      date.setUTCDate(Math.min(on, length));
      return O.dayNumber(date.toISOString().slice(0, 10));
    };
    const KEYS = { ArrowLeft: (n) => n - 1, ArrowDown: (n) => n - 1, ArrowRight: (n) => n + 1, ArrowUp: (n) => n + 1, PageDown: (n) => byMonth(n, -1), PageUp: (n) => byMonth(n, 1), Home: () => 0, End: () => last };
    function keys(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const name = event.currentTarget === known ? "known" : "day";
      if (event.key === " ") toggle();
      else if (KEYS[event.key]) pause(), change({ [name]: KEYS[event.key](state[name]) }, true);
      else return;
      event.preventDefault();
    }
    day.addEventListener("keydown", keys);
    known.addEventListener("keydown", keys);

    const dayAt = (event) => {
      const box = track.getBoundingClientRect();
      return Math.floor(((event.clientX - box.left) / Math.max(1, box.width)) * (last + 1));
    };
    track.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pause();
      dragging = event.target.closest(".handle.known") ? "known" : "day";
      track.setPointerCapture(event.pointerId);
      (dragging === "known" ? known : day).focus({ preventScroll: true });
      change({ [dragging]: dayAt(event) }, false);
      event.preventDefault();
    });
    track.addEventListener("pointermove", (event) => dragging && change({ [dragging]: dayAt(event) }, false));
    for (const name of ["pointerup", "pointercancel"]) track.addEventListener(name, () => {
      if (dragging) change({}, true);
      dragging = null;
    });
    tied.addEventListener("change", () => change({ tied: tied.checked, known: tied.checked ? state.day : last }, true));

    function pause() {
      if (!timer) return;
      clearInterval(timer);
      timer = null;
      play.setAttribute("aria-pressed", "false");
      change({}, true);
    }
    function toggle() {
      if (timer) return pause();
      if (state.day >= last) change({ day: 0 }, false);
      play.setAttribute("aria-pressed", "true");
      timer = setInterval(() => {
        if (!node.isConnected || state.day >= last) pause();
        else change({ day: state.day + 1 }, false);
      }, O.calm() ? CALM_PACE : PACE);
    }
    play.addEventListener("click", toggle);

    show();
    return {
      node, state, toggle, pause, playing: () => timer !== null,
      set(next) {
        Object.assign(state, next);
        show();
      },
      // Said aloud once the reader has let go; not each day of a play.
      tell: (text) => (status.textContent = text),
    };
  };
})(window.Oskil);
