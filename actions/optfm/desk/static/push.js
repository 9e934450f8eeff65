// «Включить уведомления»: the browser's push service wakes a worker of ours when no page is open.
"use strict";
(() => {
  const { push: key, staff } = document.body.dataset, choice = `desk-push-${staff}`;
  const buttons = [...document.querySelectorAll("[data-push-switch]")];
  const tell = text => document.dispatchEvent(new CustomEvent("desk:tell", { detail: text }));
  const send = (path, values = {}) =>
    fetch(path, { method: "POST", body: new URLSearchParams(values), headers: { "HX-Request": "true" } });
  const isOn = () => localStorage.getItem(choice) === "on" && Notification.permission === "granted";

  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    for (const note of document.querySelectorAll("[data-push-none]")) note.hidden = false;
    return;
  }

  function show() {
    const on = isOn(), denied = Notification.permission === "denied";
    for (const button of buttons) {
      button.hidden = (on || denied) && button.dataset.pushSwitch === "offer";
      button.disabled = denied;
      button.textContent = on ? "Выключить уведомления" : denied ? "Уведомления запрещены в браузере" : "Включить уведомления";
    }
  }

  async function keep() {
    const registration = await navigator.serviceWorker.register("/desk/push-worker.js", { scope: "/desk/" });
    await navigator.serviceWorker.ready;
    const wanted = Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
    let known = await registration.pushManager.getSubscription();
    const signedFor = known && new Uint8Array(known.options.applicationServerKey ?? []);
    if (known && (signedFor.length !== wanted.length || !wanted.every((byte, n) => signedFor[n] === byte))) {
      await known.unsubscribe();  // the shop has another key now
      known = null;
    }
    known ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
    const { endpoint, keys } = known.toJSON();
    const answer = await send("/desk/push", { endpoint, ...keys });
    if (!answer.ok) throw new Error(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim());
  }

  async function turnOn() {
    if (await Notification.requestPermission() !== "granted") return;
    try {
      await keep();
      localStorage.setItem(choice, "on");
      tell("Уведомления включены: они придут и при закрытой странице.");
    } catch (problem) {
      tell(problem.name === "AbortError" ? "Сервис уведомлений этого браузера не отвечает. Работают звук и письмо." : `Не получилось: ${problem.message}`);
    }
  }

  async function turnOff() {
    localStorage.removeItem(choice);
    const registration = await navigator.serviceWorker.getRegistration("/desk/");
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
    await send("/desk/push/off");
    tell("Уведомления выключены.");
  }

  for (const button of buttons) button.addEventListener("click", async () => {
    button.disabled = true;
    try { await (isOn() ? turnOff() : turnOn()); } catch { tell("Нет связи с сервером. Попробуйте ещё раз."); }
    show();
  });
  show();
  if (isOn()) keep().catch(() => {});  // this session may be another one than the one that was told
})();
