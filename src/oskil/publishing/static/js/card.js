// The card of a claim: who said it, on whose word, how surely, of which place and day, and whether it holds.
"use strict";
(function (O) {
  const h = O.h;

  O.side = (side) => h("span", { class: `side ${O.tone(side)}` }, side ? O.sideName(side) : O.t("no side told"));

  // From the speaker outwards: whoever passed the words on, and the outlet that printed them.
  O.chain = function (claim) {
    const steps = [];
    if (!O.ownWord(claim)) {
      steps.push(h("li", { class: `step ${O.tone(claim.side)}` },
        h("a", { href: O.link.claims({ speaker: claim.speaker }) }, O.bdi(claim.speaker)), claim.side ? O.side(claim.side) : null));
      for (const relay of claim.relays) steps.push(h("li", { class: "step none" }, O.bdi(relay)));
    }
    steps.push(h("li", { class: `step ${O.ownWord(claim) ? O.tone(claim.side) : "none"}` }, O.bdi(O.outletOf(claim)),
      h("span", { class: "own" }, O.t(O.ownWord(claim) ? "in its own voice" : "printed it")), O.ownWord(claim) && claim.side ? O.side(claim.side) : null));
    return h("ol", { class: "chain", "aria-label": O.t("On whose word, from the speaker outwards") }, steps);
  };

  // Who, through whom and where it was printed, in a line.
  O.by = function (claim, sides) {
    if (O.ownWord(claim)) return [O.bdi(O.outletOf(claim)), claim.speaker ? null : `, ${O.t("in its own voice")}`, sides && claim.side ? [" ", O.side(claim.side)] : null];
    return [O.bdi(O.who(claim)), sides && claim.side ? [" ", O.side(claim.side)] : null,
      claim.relays.length ? [` ${O.t("through")} `, O.bdi(claim.relays.join(", "))] : null, " · ", O.bdi(O.outletOf(claim))];
  };

  O.certainty = (claim) => h("span", { class: `sure ${claim.certainty}` }, O.certaintyWords(claim.certainty));

  O.placeLinks = function (claim) {
    const places = [...claim.places, ...claim.areas].map((id) => O.places.get(id)).filter(Boolean);
    return places.map((place, i) => [i ? ", " : null, claim.around && claim.around.includes(place.id) ? `${O.t("near")} ` : null, h("a", { href: O.link.place(place) }, O.bdi(place.name))]);
  };

  O.verdictLine = (verdict) => h("li", { class: `verdict ${verdict.outcome.replace(/ /g, "-")}` },
    h("span", { class: "sign", "aria-hidden": "true" }, O.OUTCOME[verdict.outcome]),
    h("span", {}, h("strong", {}, O.t(verdict.outcome)), ` · ${O.t(verdict.check)}: ${O.t("stated")} `, O.bdi(verdict.stated), verdict.found ? [`; ${O.t("found")} `, O.bdi(verdict.found)] : "", ". ",
      O.bdi(verdict.reason), " ", h("a", { href: O.link.verdict(verdict) }, O.t("The working"))));

  function row(name, ...value) {
    return value.flat(Infinity).some((v) => v) ? [h("dt", {}, name), h("dd", {}, value)] : null;
  }

  const opposed = (claim) => claim.against.map((other) => h("li", {},
    h("a", { href: O.link.claim(other) }, h("q", { dir: "auto" }, other.quote)), h("span", { class: "meta" }, O.bdi(O.who(other)), " · ", O.bdi(O.outletOf(other)))));

  // How many outlets published what the claim says, and on whose word.
  O.witnesses = function ({ witnesses: found }) {
    if (!found) return null;
    const named = found.origins.slice(0, 3).join(", "), more = found.origins.length - 3;
    const counted = `${O.count(found.outlets, "outlet")}, ${O.count(found.origins.length, "origin")}`;
    return [Number.isInteger(found.proposition) ? h("a", { href: `#/proposition/${found.proposition}` }, counted) : counted, ": ", O.bdi(named), more > 0 ? ` ${O.t("and {n} more", { n: more })}` : null];
  };

  // `also` are the claims that stand on the same words; `head` is the level of the heading.
  O.card = function (claim, also) {
    const denied = claim.polarity === "denied";
    const against = opposed(claim);
    return h("section", { class: `card ${O.tone(claim.side)}`, "aria-label": O.t("The claim"), "data-claim": claim.id },
      h("p", { class: "tags" },
        h("a", { class: "tag", href: O.link.claims({ kind: claim.kind }) }, O.t(claim.kind)),
        denied ? h("span", { class: "tag denied" }, O.t("denied")) : null,
        claim.evidence ? h("span", { class: "tag" }, O.t("shown: {what}", { what: O.t(claim.evidence) })) : null),
      h("blockquote", { dir: "auto" }, claim.quote),
      O.chain(claim),
      h("dl", {},
        row(O.t("How surely"), O.certainty(claim)),
        row(O.t("Published by"), O.witnesses(claim)),
        row(O.t("When"), O.period(claim.time)),
        row(O.t("Where"), O.placeLinks(claim)),
        row(O.t("Holder"), claim.holder ? O.side(claim.holder) : null),
        row(O.t("Figures"), claim.quantities.map(O.quantity).join("; "))),
      claim.verdicts.length ? [h("h3", {}, O.t("Checked")), h("ul", { class: "verdicts" }, claim.verdicts.map(O.verdictLine))] : null,
      against.length ? [h("h3", {}, O.t("Against it")), h("ul", { class: "against" }, against), claim.against_count > against.length ? h("p", { class: "meta" }, O.t("and {n} more", { n: claim.against_count - against.length })) : null] : null,
      also && also.length ? [h("h3", {}, O.t("On the same words")),
        h("ul", { class: "also" }, also.map((other) => h("li", {}, h("a", { href: O.link.claim(other) }, h("q", { dir: "auto" }, other.quote)), h("span", { class: "meta" }, O.t(other.kind)))))] : null,
      h("p", { class: "permalink" }, h("a", { href: O.link.claim(claim) }, O.t("Link to this claim")), h("code", {}, claim.id)));
  };

  O.claimBrief = (claim) => h("p", { class: `brief ${O.tone(claim.side)}` },
    h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, claim.quote), h("span", { class: "meta block" }, O.by(claim)));

  // One claim as a line of a list: its words, who, and where they were printed.
  O.claimLine = (claim) => h("li", { class: `line ${O.tone(claim.side)}` },
    h("a", { class: "quote", href: O.link.claim(claim), dir: "auto" }, claim.quote),
    h("p", { class: "meta" },
      O.by(claim, true), " · ", O.t(claim.kind), claim.polarity === "denied" ? `, ${O.t("denied")}` : "", " · ", O.certainty(claim),
      claim.time ? ` · ${O.period(claim.time)}` : "",
      claim.verdicts && claim.verdicts.length ? ` · ${O.count(claim.verdicts.length, "check")}` : "",
      claim.against_count ? h("span", { class: "clash" }, ` · ${O.t("contradicted elsewhere")}`) : null));
})(window.Oskil);
