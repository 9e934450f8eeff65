// Shows what the shop's server pushes while no page of the desk is open, and opens the dialog.
"use strict";

self.addEventListener("push", event => {
  const told = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(told.title || "Клиент ждёт ответа", {
    body: told.text || "",
    tag: told.dialog || "desk",  // that of the page's own notification: a dialog has one
    renotify: true,
    icon: "/desk/static/icon.svg",
    data: { path: told.path },
  }));
});

self.addEventListener("notificationclick", event => {
  event.notification.close();
  const address = new URL(event.notification.data?.path || "/desk/", self.location.origin);
  if (!address.pathname.startsWith("/desk/")) return;
  event.waitUntil((async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const open = pages.find(page => new URL(page.url).pathname === address.pathname);
    await (open ? open.focus() : self.clients.openWindow(address));
  })());
});

// Its push service has given the browser another address.
self.addEventListener("pushsubscriptionchange", event => {
  event.waitUntil((async () => {
    const fresh = event.newSubscription ?? await self.registration.pushManager.subscribe(event.oldSubscription.options);
    const { endpoint, keys } = fresh.toJSON();
    await fetch("/desk/push", { method: "POST", body: new URLSearchParams({ endpoint, ...keys }) });
  })());
});
