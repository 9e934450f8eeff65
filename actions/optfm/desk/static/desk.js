// What the desk's pages do beside htmx: the stream of changes, drafts, alerts, the sign-in in place.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = id => document.getElementById(id);
  const plain = html => new DOMParser().parseFromString(html ?? "", "text/html").body.textContent.trim();
  const send = (path, values, more = {}) =>
    fetch(path, { method: "POST", body: new URLSearchParams(values), headers: { "HX-Request": "true" }, ...more });

  // --- A line at the bottom of the page ---------------------------------------------------------
  const toast = one("toast");
  let hiding = 0;

  function tell(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.hidden = true; }, 8000);
  }

  document.addEventListener("desk:tell", event => tell(event.detail));

  // --- The session is over: whoever types goes on where he was, and what he sent is sent again ---
  const again = one("sign-in-again");
  const door = again.querySelector("form");
  const wrong = door.querySelector(".wrong");
  const pressed = new WeakMap();  // form → the button that sent it
  const waiting = new Set();

  document.addEventListener("submit", event => pressed.set(event.target, event.submitter), true);

  function askToSignIn(form) {
    if (form && form !== door) waiting.add(form);
    if (!again.open) again.showModal();
  }

  door.addEventListener("submit", async event => {
    event.preventDefault();
    wrong.hidden = true;
    let said = "Нет связи с сервером.";
    try {
      const answer = await send(door.action, new FormData(door));
      said = answer.status === 204 ? "" : plain(await answer.text());
    } catch { /* said already */ }
    wrong.textContent = said;
    wrong.hidden = !said;
    if (said) return;
    door.password.value = "";
    again.close();
    connect();
    for (const form of waiting) if (form.isConnected) form.requestSubmit(pressed.get(form) ?? undefined);
    waiting.clear();
  });

  // --- What htmx asks for -------------------------------------------------------------------------
  const isLive = element => element.hasAttribute?.("data-live");

  document.addEventListener("htmx:config:request", event => {
    const { sourceElement, request } = event.detail.ctx;
    if (isLive(sourceElement) && mark) request.headers["X-Desk-Heard"] = mark;
  });

  document.addEventListener("htmx:before:request", event => {
    const form = event.detail.ctx.sourceElement;
    if (form.id !== "composer") return;
    clearTimeout(drafting);
    one("words").readOnly = true;
  });
  document.addEventListener("htmx:after:request", event => {
    const ctx = event.detail.ctx, status = ctx.response?.status ?? 0, source = ctx.sourceElement;
    if (status === 401) askToSignIn(isLive(source) ? null : source.closest("form"));
    else if (isLive(source)) { if (status >= 500) refresh(source, 2000); }
    else if (status >= 400) tell(plain(ctx.text) || "Не получилось: сервер не отвечает. Попробуйте ещё раз.");
  });
  document.addEventListener("htmx:error", event => {
    const ctx = event.detail.ctx;
    if (!ctx || ctx.response) return;
    if (isLive(ctx.sourceElement)) refresh(ctx.sourceElement, 2000);
    else tell("Нет связи с сервером. Ничего не потеряно: попробуйте ещё раз.");
  });
  document.addEventListener("htmx:finally:request", event => {
    const source = event.detail.ctx.sourceElement;
    busy.delete(source);
    if (dirty.delete(source)) refresh(source, 0);
    const words = one("words");
    if (source.id === "composer" && words) words.readOnly = false;
  });
  document.addEventListener("htmx:after:swap", event => {
    if (event.detail.ctx.sourceElement.id === "composer") { toEnd(); one("words")?.focus(); }
    stay();
    reveal();
    readOn();
  });

  // --- The element that shows what changed asks for it, not oftener than it can be read ----------
  const busy = new Set(), dirty = new Set(), timers = new Map();
  let mark = "";  // of the last event: what was looked up since will do

  function refresh(element, after) {
    if (timers.has(element)) return;
    timers.set(element, setTimeout(() => {
      timers.delete(element);
      if (!element.isConnected) return;
      if (busy.has(element)) { dirty.add(element); return; }
      busy.add(element);
      element.dispatchEvent(new CustomEvent("desk:changed"));
    }, after));
  }

  function changed(event) {
    const here = document.querySelector("[data-dialog]")?.dataset.dialog;
    mark = event.at;
    for (const element of all("[data-live]")) {
      const kind = element.dataset.live;
      if (event.dialogs === null) refresh(element, 0);
      else if (kind === "dialog") { if (event.dialogs.includes(here)) refresh(element, 100); }
      else if (kind === "all") refresh(element, 2000);  // all managers' pages at once: they share what is looked up
      else if (event.staff) refresh(element, 200);
    }
    if (leads && event.staff) look();
  }

  // --- One stream for all tabs of this browser: the tab that holds the lock has it ----------------
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("desk") : null;
  const banner = one("connection");
  let leads = false, source = null, heard = 0, tries = 0, downSince = null, reconnecting = 0, overdue = 0;

  function share(message) {
    take(message);
    channel?.postMessage(message);
  }

  function take(message) {
    if (message.event) {
      if (message.event.signed_out) askToSignIn(null);
      else changed(message.event);
    }
    if ("down" in message) {
      document.documentElement.dataset.stream = message.down ? "down" : "up";
      banner.hidden = !message.down;
      banner.textContent = message.down ? `Нет связи с сервером с ${message.down}. Показано то, что было; соединимся сами.` : "";
    }
    if (message.alert) showAlert(message.alert);
    if (message.read) document.dispatchEvent(new CustomEvent("desk:read"));
  }

  if (channel) channel.onmessage = event => {
    if (event.data.ask && leads) channel.postMessage({ down: downSince, alert: lastAlert });
    else if (event.data.signedIn) { if (again.open) again.close(); if (leads) connect(); }
    else take(event.data);
  };

  function connect() {
    if (!leads) { channel?.postMessage({ signedIn: true }); return; }
    clearTimeout(reconnecting);
    source?.close();
    heard = Date.now();
    source = new EventSource("/desk/events");
    source.onopen = () => {
      tries = 0;
      clearTimeout(overdue);
      downSince = null;
      share({ down: null });
    };
    source.onmessage = event => {
      heard = Date.now();
      const told = JSON.parse(event.data);
      if (told.signed_out) source.close();
      if ("dialogs" in told || told.signed_out) share({ event: told });
    };
    source.onerror = () => { source.close(); lost(); };
  }

  function tellDown(since) {
    downSince = since.toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });
    share({ down: downSince });
  }

  function lost() {
    tries += 1;
    // A server that starts anew takes connections and is silent: neither is that a connection.
    if (!downSince) {
      clearTimeout(overdue);
      overdue = setTimeout(tellDown, tries > 1 ? 0 : 3000, new Date());
    }
    clearTimeout(reconnecting);
    reconnecting = setTimeout(async () => {
      try {
        const answer = await fetch("/desk/waiting", { headers: { "HX-Request": "true" } });
        if (answer.status === 401) { share({ event: { signed_out: true } }); return; }
      } catch { /* the next try will tell */ }
      connect();
    }, Math.min(300 * 2 ** tries, 4000));
  }

  function lead() {
    leads = true;
    connect();
    setInterval(() => {
      // The server says something every few seconds: a line that is silent is dead.
      if (source && source.readyState !== EventSource.CLOSED && Date.now() - heard > 20000) { source.close(); lost(); }
    }, 5000);
    setInterval(ring.again, 120000);
    return new Promise(() => {});
  }

  function hurry() {
    if (leads && (downSince || !source || source.readyState === EventSource.CLOSED || Date.now() - heard > 20000)) connect();
  }
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });

  // --- Alerts: the title, a sound, a notification -------------------------------------------------
  const title = document.title, sound = one("sound");
  let lastAlert = null, looking = 0, audio = null;

  function look() {
    if (looking) return;
    looking = setTimeout(async () => {
      looking = 0;
      try {
        const answer = await fetch("/desk/waiting", { headers: { "HX-Request": "true" } });
        if (answer.ok) share({ alert: await answer.json() });
      } catch { /* the stream says that there is no connection */ }
    }, 250);
  }

  function showAlert(alert) {
    lastAlert = alert;
    document.title = alert.count ? `(${alert.count}) ${title}` : title;
    const newest = Math.max(0, ...alert.waiting.map(one => one.last ?? 0));
    const known = localStorage.getItem("desk-alerted");
    if (!leads) return;
    if (known !== null && alert.open) {
      const fresh = alert.waiting.filter(one => one.last > Number(known));
      if (fresh.length) { ring.now(); fresh.forEach(notify); }
    }
    if (known === null || newest > Number(known)) localStorage.setItem("desk-alerted", newest);
  }

  function notify(who) {
    if (!("Notification" in window) || Notification.permission !== "granted" || localStorage.getItem("desk-sound") !== "on") return;
    const shown = new Notification(who.who || "Клиент ждёт ответа", { body: (who.text || "").slice(0, 120), tag: who.dialog });
    shown.onclick = () => { window.focus(); location.href = `/desk/dialogs/${encodeURIComponent(who.dialog)}`; };
  }

  const ring = {
    now() {
      window.dispatchEvent(new CustomEvent("desk:ring"));
      if (localStorage.getItem("desk-sound") !== "on" || audio?.state !== "running") return;
      for (const [at, tone] of [[0, 880], [.18, 1175], [.36, 880]]) {
        const voice = audio.createOscillator(), gain = audio.createGain();
        voice.frequency.value = tone;
        gain.gain.setValueAtTime(.0001, audio.currentTime + at);
        gain.gain.exponentialRampToValueAtTime(.35, audio.currentTime + at + .02);
        gain.gain.exponentialRampToValueAtTime(.0001, audio.currentTime + at + .16);
        voice.connect(gain).connect(audio.destination);
        voice.start(audio.currentTime + at);
        voice.stop(audio.currentTime + at + .18);
      }
    },
    again() { if (lastAlert?.count && lastAlert.open) ring.now(); },
  };

  async function wake() {
    audio ??= new AudioContext();
    await audio.resume();
    showSound();
  }

  function showSound() {
    if (!sound) return;
    const on = localStorage.getItem("desk-sound") === "on", heard = audio?.state === "running";
    sound.hidden = false;
    sound.setAttribute("aria-pressed", String(on));
    sound.textContent = !on ? "Включить звук" : heard ? "Звук включён" : "Звук включится с первым нажатием";
  }

  sound?.addEventListener("click", async () => {
    const on = localStorage.getItem("desk-sound") !== "on";
    localStorage.setItem("desk-sound", on ? "on" : "off");
    if (on) {
      await wake();
      ring.now();
      if ("Notification" in window && Notification.permission === "default") Notification.requestPermission();
    }
    showSound();
  });
  if (localStorage.getItem("desk-sound") === "on")
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, wake, { once: true, capture: true });

  // --- The field of the answer ----------------------------------------------------------------------
  let drafting = 0;
  const dialog = () => document.querySelector("[data-dialog]")?.dataset.dialog;

  async function keepDraft(more = {}) {
    drafting = 0;
    const words = one("words");
    if (!words) return;
    try {
      const answer = await send(words.dataset.draft, { dialog: dialog(), text: words.value, key: words.form.elements.key.value }, more);
      if (answer.status === 401) askToSignIn(null);
    } catch { /* it is kept with the next letter */ }
  }

  // An answer is to what its writer had read when he began it: what a colleague says meanwhile is shown, and holds it.
  function readOn() {
    const words = one("words"), fields = words?.form.elements;
    if ("own" in (one("seen")?.dataset ?? {}))  // a card or an order of his own went out: it holds nothing of his
      for (const seen of all("input[name=seen]")) seen.value = one("seen").value;
    if (!fields || words.value.trim() || fields.file_url || fields.file?.files.length) return;
    fields.seen.value = one("seen").value;
  }

  document.addEventListener("input", event => {
    if (event.target.id === "words") {
      readOn();
      clearTimeout(drafting);
      drafting = setTimeout(keepDraft, 700);
    }
    if (event.target.id === "find-canned") {
      const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of all("#canned li")) {
        const text = item.textContent.toLowerCase() + item.querySelector("button").dataset.insert.toLowerCase();
        item.hidden = !wanted.every(word => text.includes(word));
      }
    }
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "words") {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("[value=answer]"));
    }
    if (event.key === "Enter" && event.target.id === "find-canned") event.preventDefault();
    if (event.key === "Escape") for (const menu of all("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", event => {
    const close = event.target.closest?.("[data-close]"), dialog = one("order-edit");
    if (!close || !dialog) return;
    event.preventDefault();
    one(close.dataset.close).remove();
  });
  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-insert]");
    if (!button) return;
    const words = one("words"), { selectionStart: from, selectionEnd: to, value } = words;
    const before = /\S$/.test(value.slice(0, from)) ? " " : "", after = /^[\p{L}\p{N}]/u.test(value.slice(to)) ? " " : "";
    words.setRangeText(before + button.dataset.insert + after, from, to, "end");
    words.dispatchEvent(new Event("input", { bubbles: true }));
    button.closest("details")?.removeAttribute("open");
    words.focus();
  });

  // --- A file for the customer: its size is told before it goes; a picture can be pasted -----------
  document.addEventListener("change", event => {
    const field = event.target, file = field.files?.[0];
    if (field.id !== "file" || !file || file.size <= Number(field.dataset.largest)) return;
    field.value = "";
    tell(`Файл «${file.name}» больше ${field.dataset.largest / 2 ** 20} МБ: сожмите его или дайте ссылку.`);
  });
  document.addEventListener("paste", event => {
    const pasted = event.clipboardData?.files, field = one("file");
    if (event.target.id !== "words" || !pasted?.length || !field) return;
    event.preventDefault();
    field.files = pasted;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // --- The talk stays at its end; what needs JavaScript is shown --------------------------------------
  const scroller = one("scroller");
  let atEnd = true;

  function stay() { if (scroller && atEnd) scroller.scrollTop = scroller.scrollHeight; }
  function toEnd() { const words = one("words"); words?.setSelectionRange(words.value.length, words.value.length); }
  function reveal() { for (const button of all("button[data-insert][hidden]")) button.hidden = false; }
  scroller?.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  });

  // --- Who has the dialog open --------------------------------------------------------------------------
  let left = new AbortController();

  async function present() {
    if (!dialog() || document.hidden) return;
    const values = { dialog: dialog(), read: one("seen").value };
    try { await send("/desk/look", values, { signal: left.signal }); } catch { /* the next time */ }
  }
  if (dialog()) {
    present();
    setInterval(present, 15000);
    // A colleague whose machine went to sleep says nothing: who is shown is asked for again.
    setInterval(() => { if (document.querySelector("[data-viewers]")) refresh(one("live"), 0); }, 15000);
    document.addEventListener("visibilitychange", present);
    document.addEventListener("htmx:after:swap", event => { if (event.detail.ctx.sourceElement.id === "live") present(); });
    addEventListener("pagehide", () => {
      if (drafting) { clearTimeout(drafting); keepDraft({ keepalive: true }); }
      left.abort(); // a look that comes after the leave would keep him here
      left = new AbortController(); // the page may come back from the browser's cache
      send("/desk/leave", { dialog: dialog() }, { keepalive: true }).catch(() => {});
    });
  }

  stay();
  toEnd();
  reveal();
  showSound();
  if (navigator.locks) navigator.locks.request("desk-stream", lead);
  else lead();
  channel?.postMessage({ ask: true });
})();
