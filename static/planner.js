// The little that no element does by itself: ask before removing, fold the way on phones, tell what changed,
// show that something is being worked on, and keep focus where the eye is after a swap.
(function () {
  "use strict";

  const wide = window.matchMedia("(min-width: 64rem)");
  function foldWay() {
    document.querySelectorAll(".way-fold").forEach(function (fold) {
      fold.open = wide.matches;
    });
  }
  foldWay();
  wide.addEventListener("change", foldWay);

  document.addEventListener("submit", function (event) {
    const question = event.target.getAttribute("data-confirm");
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = event.submitter;
    const stays = event.target.hasAttribute("hx-post") || event.target.matches("[data-download], [data-phone] form");
    if (button && !stays) {
      window.setTimeout(function () { button.setAttribute("aria-busy", "true"); }, 0);
    }
  }, true);

  // A file over the limit is said before it is sent: the server stops reading, and browsers call that a broken line.
  document.addEventListener("change", function (event) {
    const field = event.target;
    if (field.type !== "file" || !field.dataset.mostBytes) { return; }
    const large = field.files.length > 0 && field.files[0].size > Number(field.dataset.mostBytes);
    field.setCustomValidity(large ? field.dataset.tooLarge : "");
    if (large) { field.reportValidity(); }
  });

  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) { form.requestSubmit(); }
  });

  // Many boxes of one name at once; the form is told once.
  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-check]");
    if (!button) { return; }
    const boxes = button.form.querySelectorAll('input[type="checkbox"][name="' + CSS.escape(button.dataset.check) + '"]');
    boxes.forEach(function (box) { box.checked = button.dataset.on === "yes"; });
    if (boxes.length) { boxes[0].dispatchEvent(new Event("change", { bubbles: true })); }
  });

  // A slider and the number beside it say the same. The number is what is sent, so without this it is just a field.
  document.addEventListener("input", function (event) {
    const field = event.target;
    if (field.dataset.number) {
      const number = Number(field.value).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
      document.getElementById(field.dataset.number).value = number;
    } else if (field.id) {
      const slider = document.querySelector('input[type="range"][data-number="' + CSS.escape(field.id) + '"]');
      const typed = Number(field.value.replace(",", ".").replace("%", ""));
      if (slider && typed) { slider.value = typed; }
    }
  });

  // A link into a fold: opened by the browser alone, what is below it keeps its place and the row is out of sight.
  document.addEventListener("click", function (event) {
    const link = event.target.closest('a[href^="#wish-"]');
    const row = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!row) { return; }
    event.preventDefault();
    const fold = row.closest("details");
    // The fold opens slowly, and nothing in it takes the focus before it is open.
    const wait = fold.open ? 0 : 400;
    fold.open = true;
    window.setTimeout(function () {
      row.scrollIntoView({ block: "center" });
      row.querySelector("select").focus({ preventScroll: true });
    }, wait);
  });

  // A part that is filled in while it is read keeps what is unfolded and the focus where it was, and waits for who types.
  let unfolded = [], held = null;
  const named = function (fold) { return fold.id || fold.querySelector("summary").textContent.trim(); };
  const places = function (part) { return Array.from(part.querySelectorAll('summary, a, button, input, select, [tabindex="0"]')); };
  const called = function (one) { return one.id || (one.getAttribute("aria-label") || one.name || "") + one.textContent.trim(); };

  document.body.addEventListener("htmx:beforeOnLoad", function (event) {
    const polled = (event.detail.elt.getAttribute("hx-trigger") || "").startsWith("every");
    const active = document.activeElement;
    if (polled && event.detail.target.contains(active) && active.matches("input") && active.value !== active.defaultValue) {
      event.preventDefault();
    }
  });

  document.body.addEventListener("htmx:beforeSwap", function (event) {
    const part = event.detail.target, active = part.contains(document.activeElement) ? document.activeElement : null;
    unfolded = Array.from(part.querySelectorAll("details[open]"), named);
    const fold = active && active.closest("details");
    held = active && { fold: fold && named(fold), place: places(fold || part).indexOf(active), name: called(active) };
  });

  // The same thing in what came instead; when it is gone, the row's own link, or the part itself: never nowhere.
  function focusAgain(part) {
    const fold = held.fold && Array.from(part.querySelectorAll("details")).find(function (one) { return named(one) === held.fold; });
    const there = places(fold || part), alike = there.filter(function (one) { return called(one) === held.name; });
    const same = alike.includes(there[held.place]) ? there[held.place] : alike[0];
    const instead = part.matches("tr") ? there[there.length - 1] : part;
    if (!same && instead === part) { part.setAttribute("tabindex", "-1"); }
    (same || (fold && there[held.place]) || instead).focus({ preventScroll: true });
  }

  document.body.addEventListener("htmx:afterSwap", function (event) {
    const part = event.detail.elt;
    part.querySelectorAll("details").forEach(function (fold) {
      // At once, not slowly: nothing takes the focus in a fold that is still opening.
      if (unfolded.includes(named(fold))) { fold.classList.add("at-once"); fold.open = true; }
    });
    if (held && (document.activeElement === document.body || !document.activeElement)) { focusAgain(part); }
    held = null;
    const told = event.detail.elt.querySelector("[data-announce]") || event.detail.elt.closest("[data-announce]");
    if (told) { document.getElementById("announce").textContent = told.getAttribute("data-announce"); }
    const focus = event.detail.elt.querySelector("[data-focus]");
    if (focus) { focus.focus(); }
  });

  // What a reloaded page has to tell: the live region must be there, and empty, before its text comes.
  const news = document.querySelector("[data-announce-load]");
  if (news) { window.setTimeout(function () { document.getElementById("announce").textContent = news.textContent; }, 500); }

  // Refused, broken, or no line at all: told where it is seen as well as heard, until something goes well again.
  const failed = function () {
    const place = document.getElementById("announce");
    place.textContent = place.dataset.failed;
    place.className = "failed";
  };
  document.body.addEventListener("htmx:responseError", failed);
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:afterSwap", function () { document.getElementById("announce").className = "ds-sr-only"; });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  });
})();
