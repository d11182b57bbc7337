// Building the page: text always goes in as text, so nothing in the record can become markup.
"use strict";
window.Oskil = {};

// h("a", {href: "#/", class: "x"}, "words", child, [more], null): an element with its children.
Oskil.h = function (tag, attributes, ...children) {
  const element = document.createElement(tag);
  return Oskil.fill(element, attributes, children);
};

const SVG = "http://www.w3.org/2000/svg";
Oskil.s = function (tag, attributes, ...children) {
  return Oskil.fill(document.createElementNS(SVG, tag), attributes, children);
};

Oskil.fill = function (element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
};

// Words of the record, kept apart from the direction of the words around them.
Oskil.bdi = (words, attributes) => Oskil.h("bdi", attributes, words);

// Only web addresses become links, and they tell the other side nothing.
Oskil.outside = function (url, words) {
  if (!/^https?:\/\//i.test(url || "")) return null;
  return Oskil.h("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, words);
};

Oskil.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// Rows as CSV. A cell that a spreadsheet would take for a formula is made words by an apostrophe.
Oskil.csv = (rows) => rows.map((row) => row.map((value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}).join(",")).join("\r\n") + "\r\n";

// Hands the reader a file made on the page.
Oskil.save = function (name, text) {
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  Oskil.h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
