// The menu of further pages: it opens without a script; with one it closes when it has been used.
"use strict";
(function () {
  const menu = document.querySelector(".menu");
  if (!menu) return;
  const close = () => { menu.open = false; };
  window.addEventListener("hashchange", close);
  document.addEventListener("click", (event) => menu.contains(event.target) || close());
  menu.addEventListener("click", (event) => event.target.closest("a") && close());
  menu.addEventListener("focusout", (event) => event.relatedTarget && !menu.contains(event.relatedTarget) && close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
})();
