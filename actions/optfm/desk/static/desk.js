// What every page of the desk does beside htmx: errors as a toast, the sign-in in place.
"use strict";
(() => {
  const toast = document.getElementById("toast");
  let hiding = 0;

  function tell(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.hidden = true; }, 8000);
  }

  // The session is over: whoever types goes on where he was, and what he sent is sent again.
  const again = document.getElementById("sign-in-again");
  const form = again.querySelector("form");
  const wrong = form.querySelector(".wrong");
  const waiting = new Set();

  function askToSignIn(source) {
    if (source) waiting.add(source);
    if (!again.open) again.showModal();
  }

  form.addEventListener("submit", async event => {
    event.preventDefault();
    wrong.hidden = true;
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
        headers: { "HX-Request": "true" },
      });
    } catch {
      wrong.textContent = "Нет связи с сервером.";
      wrong.hidden = false;
      return;
    }
    if (answer.status !== 204) {
      const said = new DOMParser().parseFromString(await answer.text(), "text/html");
      wrong.textContent = said.body.textContent.trim();
      wrong.hidden = false;
      return;
    }
    form.password.value = "";
    again.close();
    document.dispatchEvent(new CustomEvent("desk:signed-in"));
    for (const source of waiting) if (source.isConnected) source.requestSubmit?.();
    waiting.clear();
  });

  document.addEventListener("htmx:after:request", async event => {
    const ctx = event.detail.ctx, status = ctx.response?.status ?? 0;
    if (status === 401) askToSignIn(ctx.sourceElement.closest("form"));
    else if (status >= 400) {
      const said = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
      tell(said.body.textContent.trim() || "Не получилось: сервер не отвечает. Попробуйте ещё раз.");
    }
  });
  document.addEventListener("htmx:error", event => {
    if (!event.detail.ctx?.response) tell("Нет связи с сервером. Ничего не потеряно: попробуйте ещё раз.");
  });

  window.desk = { tell, askToSignIn };
})();
