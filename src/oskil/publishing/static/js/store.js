// The record and the ways through it.
"use strict";
(function (O) {
  const R = window.OSKIL_RECORD;
  const waiting = new Map();
  const texts = new Map();

  O.record = R;
  O.places = new Map(R.places.map((p) => [p.id, p]));
  R.claims.forEach((claim, number) => (claim.number = number));
  R.documents.forEach((doc, number) => (doc.number = number));

  // A link with a longer or shorter id still finds its claim, as long as it is the only one.
  O.find = function (list, id) {
    const same = list.filter((one) => one.id === id);
    const near = same.length ? same : list.filter((one) => id.length >= 6 && (one.id.startsWith(id) || id.startsWith(one.id)));
    return near.length === 1 ? near[0] : null;
  };

  O.documentOf = (claim) => R.documents[claim.document];
  O.isCurrent = (claim) => O.documentOf(claim).latest;
  O.current = () => R.claims.filter(O.isCurrent);

  // Texts come one by one, as script files: a page in a folder may fetch nothing else.
  window.OSKIL_DOCUMENT = (text) => texts.set(text.id, text);
  O.text = function (id) {
    if (texts.has(id)) return Promise.resolve(texts.get(id));
    if (!waiting.has(id)) {
      waiting.set(id, new Promise((resolve, reject) => {
        const script = O.h("script", { src: `data/document-${encodeURIComponent(id)}.js` });
        script.onload = () => (texts.has(id) ? resolve(texts.get(id)) : reject(new Error("no text")));
        script.onerror = () => reject(new Error("no text"));
        document.head.append(script);
      }));
    }
    return waiting.get(id);
  };

  const partyNumber = new Map(R.parties.map((party, number) => [party.id, number]));
  O.tone = (side) => (partyNumber.has(side) ? `party-${partyNumber.get(side) % 6}` : side ? "other" : "none");
  O.toneNumber = (side) => partyNumber.get(side) ?? -1;
  O.sideName = function (side) {
    const party = R.parties.find((one) => one.id === side);
    return party ? party.name : side || "side not told";
  };

  O.who = (claim) => claim.speaker || "The outlet’s own voice";
  O.outletOf = (claim) => O.documentOf(claim).outlet || "outlet not known";
  // An outlet or a channel that speaks itself is named once.
  O.ownWord = (claim) => !claim.speaker || claim.speaker === O.outletOf(claim);
  O.dayOf = (claim) => (claim.time && (claim.time[1] || claim.time[0])) || (O.documentOf(claim).published || "").slice(0, 10);

  O.link = {
    claim: (claim) => `#/claim/${encodeURIComponent(claim.id)}`,
    document: (doc) => `#/document/${encodeURIComponent(doc.id)}`,
    verdict: (verdict) => `#/check/${encodeURIComponent(verdict.id)}`,
    place: (place) => `#/place/${place.id}`,
    claims: function (filter) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
      const text = query.toString();
      return `#/claims${text ? "?" + text : ""}`;
    },
  };
})(window.Oskil);
