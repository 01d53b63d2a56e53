// Typing paper ballots without a mouse: a digit that cannot be the start of another moves on by itself, Enter and arrow
// down move on, arrow up moves back, and Enter in the last field saves. Without this file the page is a plain form.
(function () {
  "use strict";

  const form = document.querySelector("[data-paper]");
  if (!form) { return; }
  const cells = Array.from(form.querySelectorAll("[data-cell]"));

  function isWhole(cell) {
    const text = cell.value.trim(), most = Number(cell.dataset.most);
    if (!("most" in cell.dataset) || !text) { return false; }
    if (/^[xv?*/-]$/i.test(text)) { return "letters" in cell.dataset || text === "-"; }
    const number = Number(text);
    return /^\d+$/.test(text) && number <= most && (number * 10 > most || number === 0);
  }

  function move(cell, by) {
    const next = cells[cells.indexOf(cell) + by];
    if (next) { next.focus(); next.select(); }
    return Boolean(next);
  }

  form.addEventListener("input", function (event) {
    if (isWhole(event.target) && !event.isComposing && !move(event.target, 1)) {
      form.querySelector('button[type="submit"]').focus();
    }
  });

  form.addEventListener("keydown", function (event) {
    if (!cells.includes(event.target) || event.isComposing) { return; }
    const forward = event.key === "Enter" || event.key === "ArrowDown";
    if ((forward && move(event.target, 1)) || (event.key === "ArrowUp" && move(event.target, -1))) {
      event.preventDefault();
    }
  });

  // The first field that is wrong, or the first of all.
  const start = form.querySelector('[data-cell][aria-invalid="true"]') || cells[0];
  if (start) { start.focus(); start.select(); }
})();
