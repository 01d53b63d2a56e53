// A phone in the room. Every tap is put in a queue in the phone and sent from there, again and again until the answer has
// come; each carries a number, so that one that arrives late never takes the place of a newer one. When the workshop goes
// on to its next stage the part of the page that is another then (data-now) is fetched and put in the place of the old;
// what is being written below it stays. Without this file the page is plain forms, one card at a time.
(function () {
  "use strict";

  const root = document.querySelector("[data-phone]");
  if (!root) { return; }
  const address = root.dataset.phone;
  const lasting = box("malrett-" + address + "-said"); // proposals: over when the workshop is
  const boxes = [lasting]; // those of rounds, which are over when the round is, are put before it
  const token = root.querySelector('[data-propose] input[name="csrf_token"]');
  const late = "malrett-" + address + "-late"; // how many answers came after the round was closed, until it is told
  let now, answers, cards, share, shares; // what `begin` finds in the page, anew in each stage
  let waiting = 0;
  let sending = false;
  let given = false;

  // What waits to be sent, and the numbers that are used; kept on the phone, or in the page where that is forbidden.
  function box(name) {
    let memory = { queue: [], numbers: {} };
    return {
      name: name,
      read: function () {
        try { return JSON.parse(localStorage.getItem(name)) || memory; } catch (error) { return memory; }
      },
      write: function (held) {
        memory = held;
        try { localStorage.setItem(name, JSON.stringify(held)); } catch (error) { /* full or forbidden */ }
      },
    };
  }
  function unsent() {
    return boxes.reduce(function (sum, one) { return sum + one.read().queue.length; }, 0);
  }

  // The next number of a cell: past what the server has, and past what this phone has used.
  function put(into, key, stored, item) {
    const held = into.read();
    item.sequence = Math.max(Number(stored) || 0, held.numbers[key] || 0) + 1;
    held.numbers[key] = item.sequence;
    given = true;
    held.queue = held.queue.filter(function (one) { return one.key !== key; }).concat([Object.assign(item, { key: key })]);
    into.write(held);
    tell();
    send();
  }

  function tell() {
    const count = unsent();
    const text = now.querySelector("[data-sent-text]");
    if (!text) { return; }
    if (count && (waiting || !navigator.onLine)) { text.textContent = root.dataset.unsent.replace("{n}", count); }
    else if (!count && given) { text.textContent = root.dataset.sent; }
    root.classList.toggle("is-unsent", count > 0 && waiting > 0);
  }

  async function send() {
    if (sending) { return; }
    sending = true;
    try {
      for (let from; (from = boxes.find(function (one) { return one.read().queue.length; })); ) {
        const item = from.read().queue[0];
        const body = new URLSearchParams(item.fields);
        body.set("sequence", item.sequence);
        const stop = new AbortController();
        const enough = window.setTimeout(function () { stop.abort(); }, 8000);
        const response = await fetch(address + "/" + item.what, {
          method: "POST", body: body, signal: stop.signal, headers: { "X-CSRFToken": token.value },
        }).finally(function () { window.clearTimeout(enough); });
        if (response.status === 400) { await renew(); }
        if (response.status >= 500 || [400, 429].includes(response.status)) { throw new Error("later"); }
        const held = from.read();
        const over = [403, 404, 409].includes(response.status);
        // The round is over, or the seat is gone: the page says which, and how much of it did not come in.
        if (over && from !== lasting) {
          try { localStorage.setItem(late, held.queue.length); } catch (error) { /* not told, then */ }
        }
        // What outlives the round goes on alone when one thing of it comes too late.
        const all = over && (from !== lasting || response.status !== 409);
        held.queue = all ? [] : held.queue.filter(function (one) {
          return one.key !== item.key || (!over && one.sequence > item.sequence);
        });
        from.write(held);
        waiting = 0;
        tell();
        if (item.what === "propose" && !over) { proposed(item, response.ok); }
        if (item.what === "points" && over && !all) { closed(); }
        if (all && (response.status !== 409 || !(await refresh()))) { window.location.reload(); return; }
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
      const fields = { round: now.dataset.round, initiative: card.dataset.card, statement: cell.dataset.statement };
      const key = card.dataset.card + "/" + cell.dataset.statement;
      put(answers, key, cell.dataset.sequence, { what: "score", fields: Object.assign(fields, { answer: event.target.value }) });
      count();
    } else if (card && event.target.hasAttribute("data-comment")) {
      const fields = { round: now.dataset.round, initiative: card.dataset.card, text: event.target.value };
      put(answers, card.dataset.card + "//", event.target.dataset.sequence, { what: "comment", fields: fields });
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

  // Each stage of the workshop, as the page was loaded or as it was fetched into it.
  function begin() {
    now = root.querySelector("[data-now]");
    cards = Array.from(now.querySelectorAll("[data-card]"));
    const name = "malrett-" + address + "-" + now.dataset.round;
    answers = boxes.find(function (one) { return one.name === name; });
    if (!answers) { answers = box(name); boxes.unshift(answers); } // what waits of the round before is sent still, and refused
    given = false;
    // What was tapped and not yet sent when the page was left stands as it was tapped.
    answers.read().queue.forEach(function (item) {
      const card = cards.find(function (one) { return one.dataset.card === item.fields.initiative; });
      if (!card) { return; }
      const chosen = item.what === "score" && card.querySelector(
        '[data-statement="' + CSS.escape(item.fields.statement) + '"] input[value="' + CSS.escape(item.fields.answer) + '"]');
      if (chosen) { chosen.checked = true; }
      if (item.what === "comment") { card.querySelector("[data-comment]").value = item.fields.text; }
    });
    if (cards.length) { count(); }
    beginShare();
    tell();
    try {
      const lost = Number(localStorage.getItem(late));
      const text = now.querySelector("[data-sent-text]");
      if (lost && text) { text.textContent = root.dataset.late.replace("{n}", lost); localStorage.removeItem(late); }
    } catch (error) { /* nothing kept */ }
  }

  // The workshop has gone on: what is another in this stage takes the place of what was. False: load the page anew.
  // One at a time: an answer that came too late, and the news of why, arrive together.
  let refreshing = null;
  function refresh() {
    refreshing = refreshing || take().finally(function () { refreshing = null; });
    return refreshing;
  }

  async function take() {
    const response = await fetch(address + "/now" + window.location.search);
    if (response.status >= 500 || response.status === 429) { throw new Error("later"); }
    const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
    const fresh = page.querySelector("[data-now]");
    if (!fresh) { return false; }
    const active = document.activeElement;
    const writing = root.contains(active) && !now.contains(active) ? active : null; // a proposal: left alone
    const top = writing && writing.getBoundingClientRect().top;
    now.replaceWith(document.adoptNode(fresh));
    begin();
    document.getElementById("announce").textContent = now.querySelector(".answer").textContent;
    if (writing) { window.scrollBy(0, writing.getBoundingClientRect().top - top); return true; }
    const heading = now.querySelector("[data-card]:not([hidden]) h2") || now.querySelector("h1");
    heading.tabIndex = -1;
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
    return true;
  }

  // A proposal: sent like an answer, but it outlives the round. What is being written is kept when the page is loaded anew.
  const form = root.querySelector("[data-propose]");
  const draft = "malrett-" + address + "-draft";
  const written = ["title", "text", "statement"];
  function say(text) { root.querySelector("[data-propose-said]").textContent = text; }
  function list(title) {
    const items = root.querySelector("[data-proposed]");
    items.appendChild(document.createElement("li")).textContent = title;
    items.hidden = false;
    form.dataset.propose = Number(form.dataset.propose) - 1;
    form.hidden = Number(form.dataset.propose) < 1;
  }
  function fill(fields) {
    written.forEach(function (name) { form.elements[name].value = fields[name] || ""; });
    if (fields.title || fields.text) { root.querySelector("[data-propose-part]").open = true; }
  }
  function proposed(item, taken) {
    const words = root.querySelector("[data-propose-said]").dataset;
    say(taken ? (form.hidden ? words.full : words.thanks) : words.refused);
    if (taken) { return; }
    const shown = Array.from(root.querySelectorAll("[data-proposed] li")).find(function (one) {
      return one.textContent === item.fields.title;
    });
    if (shown) { shown.remove(); }
    form.dataset.propose = Number(form.dataset.propose) + 1;
    form.hidden = false;
    fill(item.fields);
  }
  if (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopPropagation();
      if (!form.reportValidity()) { return; }
      const fields = {};
      written.forEach(function (name) { fields[name] = form.elements[name].value.trim(); });
      if (!fields.title) { form.elements.title.focus(); return; }
      say("");
      fill({});
      list(fields.title);
      try { localStorage.removeItem(draft); } catch (error) { /* nothing kept */ }
      put(lasting, "proposal/" + Object.keys(lasting.read().numbers).length, 0, { what: "propose", fields: fields });
    });
    form.addEventListener("input", function () {
      const fields = {};
      written.forEach(function (name) { fields[name] = form.elements[name].value; });
      try { localStorage.setItem(draft, JSON.stringify(fields)); } catch (error) { /* gone with the page, then */ }
    });
    try { fill(JSON.parse(localStorage.getItem(draft)) || {}); } catch (error) { /* nothing kept */ }
    lasting.read().queue.forEach(function (item) { if (item.what !== "propose") { return; }
      const there = Array.from(root.querySelectorAll("[data-proposed] li")).some(function (one) {
        return one.textContent === item.fields.title; // it came in, and the answer did not come back
      });
      if (!there) { list(item.fields.title); }
    });
  }

  // 100 points: kept on the phone as they are moved, and sent each time all of them are given.
  function closed() { if (share) { share.querySelector("#share-left").textContent = share.dataset.closedText; } }
  function given100() {
    return shares.reduce(function (sum, one) { return sum + (Number(one.value) || 0); }, 0);
  }
  function left() {
    const rest = 100 - given100();
    share.querySelector("#share-left").textContent =
      rest ? share.dataset.leftText.replace("{n}", rest) : share.dataset.fullText;
    share.querySelectorAll("[data-step]").forEach(function (button) {
      const step = Number(button.dataset.step);
      const value = Number(button.parentElement.querySelector("input").value) || 0;
      button.disabled = step > 0 ? rest < step : value + step < 0;
    });
    return rest;
  }
  function moved() {
    const fields = { kind: share.dataset.share };
    shares.forEach(function (one) { fields[one.name] = one.value || "0"; });
    try { localStorage.setItem("malrett-" + address + "-points-" + fields.kind, JSON.stringify(fields)); } catch (error) { /* */ }
    if (left() === 0) { put(lasting, "points/" + fields.kind, share.dataset.sequence, { what: "points", fields: fields }); }
  }
  function beginShare() {
    share = now.querySelector("[data-share]");
    shares = share ? Array.from(share.querySelectorAll("input[type=number]")) : [];
    if (!share) { return; }
    share.querySelector("[data-share-send]").hidden = true;
    share.querySelectorAll("[data-step]").forEach(function (button) { button.hidden = false; });
    share.addEventListener("submit", function (event) { event.preventDefault(); event.stopPropagation(); });
    share.addEventListener("click", function (event) {
      const button = event.target.closest("[data-step]");
      if (!button) { return; }
      const field = button.parentElement.querySelector("input");
      field.value = Math.max(0, (Number(field.value) || 0) + Number(button.dataset.step));
      moved();
    });
    share.addEventListener("change", function (event) {
      // Typed: in steps of five, and no more than there is.
      const typed = Math.max(0, Math.round((Number(event.target.value) || 0) / 5) * 5);
      event.target.value = 0;
      event.target.value = Math.min(typed, 100 - given100());
      moved();
    });
    try {
      const kept = JSON.parse(localStorage.getItem("malrett-" + address + "-points-" + share.dataset.share)) || {};
      shares.forEach(function (one) { if (kept[one.name]) { one.value = kept[one.name]; } });
    } catch (error) { /* nothing kept */ }
    left();
  }

  // Is there news? Asked so often that all know within two seconds, a little apart from other phones.
  async function ask() {
    try {
      const response = await fetch(address + "/news?seen=" + now.dataset.version);
      if (response.status === 200) {
        const news = await response.json();
        const is_other = function () { return String(news.round) !== now.dataset.round || news.state !== now.dataset.state; };
        // A change of the set-up alone is no reason to take the card away.
        if (is_other()) {
          // What is being written goes with the rest.
          if (now.contains(document.activeElement)) { document.activeElement.blur(); }
          await send();
          // What was sent may have come too late, and have brought the page with it.
          if (is_other() && !(await refresh())) { window.location.reload(); return; }
        } else { now.dataset.version = news.sequence; }
      } else if (response.status === 404 || response.status === 403) {
        window.location.reload();
        return;
      }
      if (unsent() && !sending) { send(); }
    } catch (error) { /* no network: asked again */ }
    window.setTimeout(ask, 800 + Math.random() * 200);
  }
  window.setTimeout(ask, 900 * Math.random());
  window.addEventListener("online", function () { waiting = 0; send(); });
  window.addEventListener("offline", tell);
  begin();
  send();
})();
