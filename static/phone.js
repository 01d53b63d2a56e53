// A phone in the room. Every tap is put in a queue in the phone and sent from there, again and again until the answer has
// come; each carries a number, so that one that arrives late never takes the place of a newer one. Without this file
// the page is plain forms, one card at a time.
(function () {
  "use strict";

  const root = document.querySelector("[data-phone]");
  if (!root) { return; }
  const address = root.dataset.phone;
  const kept = "malrett-" + address + "-" + root.dataset.round;
  const cards = Array.from(root.querySelectorAll("[data-card]"));
  const token = root.querySelector('input[name="csrf_token"]');
  const late = kept + "-late"; // how many answers came after the round was closed, told once by the page after
  let waiting = 0;
  let sending = false;
  let given = false;

  function read() {
    try { return JSON.parse(localStorage.getItem(kept)) || memory; } catch (error) { return memory; }
  }
  let memory = { queue: [], numbers: {} };
  function write(box) {
    memory = box;
    try { localStorage.setItem(kept, JSON.stringify(box)); } catch (error) { /* full or forbidden: the page remembers */ }
  }

  // The next number of a cell: past what the server has, and past what this phone has used.
  function put(key, stored, item) {
    const box = read();
    item.sequence = Math.max(Number(stored) || 0, box.numbers[key] || 0) + 1;
    box.numbers[key] = item.sequence;
    given = true;
    box.queue = box.queue.filter(function (one) { return one.key !== key; }).concat([Object.assign(item, { key: key })]);
    write(box);
    tell();
    send();
  }

  function tell() {
    const count = read().queue.length;
    const text = root.querySelector("[data-sent-text]");
    if (!text) { return; }
    if (count && (waiting || !navigator.onLine)) { text.textContent = root.dataset.unsent.replace("{n}", count); }
    else if (!count && given) { text.textContent = root.dataset.sent; }
    root.classList.toggle("is-unsent", count > 0 && waiting > 0);
  }

  async function send() {
    if (sending) { return; }
    sending = true;
    try {
      while (read().queue.length) {
        const item = read().queue[0];
        const body = new URLSearchParams(item.fields);
        body.set("sequence", item.sequence);
        const stop = new AbortController();
        const enough = window.setTimeout(function () { stop.abort(); }, 8000);
        const response = await fetch(address + "/" + item.what, {
          method: "POST", body: body, signal: stop.signal, headers: { "X-CSRFToken": token.value },
        }).finally(function () { window.clearTimeout(enough); });
        if (response.status === 400) { await renew(); }
        if (response.status >= 500 || [400, 429].includes(response.status)) { throw new Error("later"); }
        const box = read();
        const over = [403, 404, 409].includes(response.status);
        // The round is over, or the seat is gone: the page says which, and how much of it did not come in.
        if (over) { try { localStorage.setItem(late, box.queue.length); } catch (error) { /* not told, then */ } }
        box.queue = over ? [] : box.queue.filter(function (one) {
          return one.key !== item.key || one.sequence > item.sequence;
        });
        write(box);
        waiting = 0;
        tell();
        if (over) { window.location.reload(); return; }
      }
    } catch (error) {
      waiting = Math.min(waiting + 1, 5);
      tell();
      window.setTimeout(send, 500 * Math.pow(2, waiting) * (0.75 + Math.random() / 2));
    } finally {
      sending = false;
    }
  }

  // A phone that was closed and opened again has lost the cookie that the page's token belongs to.
  async function renew() {
    const page = await fetch(address);
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector('input[name="csrf_token"]');
    if (fresh) { token.value = fresh.value; }
  }

  function answered(card) {
    return card.querySelectorAll("[data-statement] input:checked").length;
  }
  function asked(card) {
    return card.querySelectorAll("[data-statement]").length;
  }

  function count() {
    const done = cards.reduce(function (sum, card) { return sum + answered(card); }, 0);
    const of = cards.reduce(function (sum, card) { return sum + asked(card); }, 0);
    const text = root.querySelector("[data-progress-text]");
    if (text) { text.textContent = root.dataset.progress.replace("{done}", done).replace("{of}", of); }
    cards.forEach(function (card) {
      const mark = root.querySelector('[data-mark="' + CSS.escape(card.dataset.card) + '"]');
      const number = mark && mark.parentElement.querySelector("[data-mark-count]");
      if (number) { number.textContent = number.textContent.replace(/^\S+/, answered(card)); }
    });
  }

  // null: all cards are done.
  function show(card) {
    cards.forEach(function (one) {
      one.hidden = one !== card;
      one.querySelector("button").dataset.variant = one === card ? "primary" : "secondary";
    });
    const done = root.querySelector("[data-all-done]");
    if (done) { done.hidden = card !== null; }
    root.querySelectorAll("[data-mark]").forEach(function (mark) {
      if (card && mark.dataset.mark === card.dataset.card) { mark.setAttribute("aria-current", "page"); }
      else { mark.removeAttribute("aria-current"); }
    });
    const target = card ? card.querySelector("h2") : done;
    window.scrollTo(0, 0);
    if (target) { target.focus({ preventScroll: true }); }
    // Loaded again, the page opens where one was.
    if (card) { window.history.replaceState(null, "", address + "?card=" + encodeURIComponent(card.dataset.card)); }
  }

  root.addEventListener("change", function (event) {
    const card = event.target.closest("[data-card]");
    const cell = event.target.closest("[data-statement]");
    if (cell) {
      const fields = { round: root.dataset.round, initiative: card.dataset.card, statement: cell.dataset.statement };
      const key = card.dataset.card + "/" + cell.dataset.statement;
      put(key, cell.dataset.sequence, { what: "score", fields: Object.assign(fields, { answer: event.target.value }) });
      count();
    } else if (card && event.target.hasAttribute("data-comment")) {
      const fields = { round: root.dataset.round, initiative: card.dataset.card, text: event.target.value };
      put(card.dataset.card + "//", event.target.dataset.sequence, { what: "comment", fields: fields });
    }
  });

  // A comment is kept while it is being written too.
  let pause = 0;
  root.addEventListener("input", function (event) {
    if (!event.target.hasAttribute("data-comment")) { return; }
    window.clearTimeout(pause);
    pause = window.setTimeout(function () { event.target.dispatchEvent(new Event("change", { bubbles: true })); }, 1500);
  });

  root.addEventListener("submit", function (event) {
    const card = event.target.closest("[data-card]");
    if (!card) { return; }
    event.preventDefault();
    event.stopPropagation();
    const place = cards.indexOf(card);
    const rest = cards.slice(place + 1).concat(cards.slice(0, place));
    show(rest.find(function (one) { return answered(one) < asked(one); }) || null);
  }, true);

  root.addEventListener("click", function (event) {
    const mark = event.target.closest("[data-mark]");
    const card = mark && cards.find(function (one) { return one.dataset.card === mark.dataset.mark; });
    if (card) { event.preventDefault(); show(card); }
  });

  // What was tapped and not yet sent when the page was left stands as it was tapped.
  read().queue.forEach(function (item) {
    const card = cards.find(function (one) { return one.dataset.card === item.fields.initiative; });
    if (!card) { return; }
    const chosen = item.what === "score" && card.querySelector(
      '[data-statement="' + CSS.escape(item.fields.statement) + '"] input[value="' + CSS.escape(item.fields.answer) + '"]');
    if (chosen) { chosen.checked = true; }
    if (item.what === "comment") { card.querySelector("[data-comment]").value = item.fields.text; }
  });
  if (cards.length) { count(); }
  try {
    const lost = Number(localStorage.getItem(late));
    const text = root.querySelector("[data-sent-text]");
    if (lost && text) { text.textContent = root.dataset.late.replace("{n}", lost); localStorage.removeItem(late); }
  } catch (error) { /* nothing kept */ }

  // Is there news? Asked so often that all know within two seconds, a little apart from other phones.
  async function ask() {
    try {
      const response = await fetch(address + "/news?seen=" + root.dataset.version);
      if (response.status === 200) {
        const news = await response.json();
        // A change of the set-up alone is no reason to take the card away.
        if (String(news.round) !== root.dataset.round || news.state !== root.dataset.state) {
          if (document.activeElement) { document.activeElement.blur(); } // what is being written goes with the rest
          await send();
          window.location.reload();
          return;
        }
        root.dataset.version = news.sequence;
      } else if (response.status === 404 || response.status === 403) {
        window.location.reload();
        return;
      }
      if (read().queue.length && !sending) { send(); }
    } catch (error) { /* no network: asked again */ }
    window.setTimeout(ask, 1500 + Math.random() * 200);
  }
  window.setTimeout(ask, 1500 * Math.random());
  window.addEventListener("online", function () { waiting = 0; send(); });
  window.addEventListener("offline", tell);
  tell();
  send();
})();
