// The log on the phone: every entry is kept here first, under an id made here, and goes to the server when there is a
// signal. It is forgotten only once the server says that it has it; the server keeps the same entry once, however often
// it comes. Without this script the form of the page does the same, with a signal.
"use strict";
(() => {
  const form = document.querySelector("form[data-log]");
  const section = document.querySelector("[data-unsent]");
  if (!form || !section || !window.indexedDB) return;
  const words = JSON.parse(section.dataset.words);
  const list = section.querySelector("ul");
  const status = document.querySelector("[data-log-status]");
  const shell = "shell" in form.dataset;
  let who = form.dataset.who || "";
  let mending = "";
  const say = (text, n) => text.replace("{n}", n).replace("{why}", n);

  const opened = new Promise((yes, no) => {
    const asked = indexedDB.open("catatan", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "id" });
      asked.result.createObjectStore("known");
    };
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });
  // Resolves when it is on the disk, not before.
  const act = async (store, mode, what) => {
    const work = (await opened).transaction(store, mode, { durability: "strict" });
    const asked = what(work.objectStore(store));
    return new Promise((yes, no) => {
      work.oncomplete = () => yes(asked && asked.result);
      work.onerror = work.onabort = () => no(work.error);
    });
  };
  const known = (name) => act("known", "readonly", (store) => store.get(name));
  const know = (name, value) => act("known", "readwrite", (store) => store.put(value, name));
  const own = async () => (await act("entries", "readonly", (store) => store.getAll()))
    .filter((one) => one.who === who).sort((a, b) => a.at - b.at);

  // The day in the city, by the phone's clock as far as the server found it right.
  let zone = form.dataset.zone;
  let ahead = 0;
  const dayOf = (at) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
  const day = (back) => dayOf(Date.now() + (ahead - back) * 86400000);
  const chosen = (data) => {
    const when = data.get("when");
    return when === "other" ? data.get("other_day") : day(when === "yesterday" ? 1 : 0);
  };

  const line = (text, ...more) => {
    const item = document.createElement("li");
    item.append(text, ...more);
    return item;
  };
  const button = (text, done) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "kinerja-plain-button";
    made.textContent = text;
    made.addEventListener("click", done);
    return made;
  };
  const mend = (entry) => {
    mending = entry.id;
    for (const name of ["text", "minutes", "late_reason", "work_result_id"]) form.elements[name].value = entry[name] || "";
    form.elements.when.value = "other";
    form.elements.other_day.value = entry.day;
    form.elements.text.focus();
  };
  const remove = async (entry) => {
    await act("entries", "readwrite", (store) => store.delete(entry.id));
    await show();
  };
  const show = async (text) => {
    const waiting = await own();
    section.hidden = !waiting.length;
    list.replaceChildren(...waiting.map((one) => {
      const told = `${one.day}: ${one.text} (${say(words.minutes, one.minutes)})`;
      if (!one.wrong) return line(told);
      const why = document.createElement("strong");
      why.textContent = say(words.wrong, one.wrong);
      return line(told, document.createElement("br"), why, " ",
        button(words.mend, () => mend(one)), " ", button(words.remove, () => remove(one)));
    }));
    const n = waiting.filter((one) => !one.wrong).length;
    if (text || n) status.textContent = text ? say(text, n) : say(words.waiting, n);
  };

  const fresh = async () => {
    const answer = await fetch("/catatan", { redirect: "manual" });
    if (!answer.ok) return;
    const read = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("log");
    const here = document.getElementById("log");
    if (read && here) here.replaceWith(read);
    else if (read && !form.elements.text.value) location.replace("/catatan");
  };
  // One batch after another until nothing waits; a batch without an answer stays where it is.
  const send = async () => {
    let sent = 0;
    for (;;) {
      const batch = (await own()).filter((one) => !one.wrong).slice(0, 50);
      if (!batch.length) break;
      const asked = await fetch("/catatan/kunci", { redirect: "manual", cache: "no-store" });
      if (asked.type === "opaqueredirect") return show(words.sign_in);
      if (!asked.ok) throw new Error(String(asked.status));
      const key = await asked.json();
      if (key.who !== who) return show(words.sign_in);
      const answer = await fetch("/catatan/kirim", {
        method: "POST", redirect: "manual", headers: { "X-CSRF-Token": key.csrf },
        body: new URLSearchParams({ entries: JSON.stringify(batch) }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { outcomes } = await answer.json();
      if (!outcomes.length) break;
      await act("entries", "readwrite", (store) => {
        for (const one of outcomes) {
          if (one.kept) store.delete(one.id);
          else store.put({ ...batch.find((sent) => sent.id === one.id), wrong: one.wrong });
        }
      });
      sent += outcomes.filter((one) => one.kept).length;
    }
    await show(sent ? words.sent : "");
    if (sent) await fresh();
  };
  const flush = async () => {
    if (!who) return;
    const once = () => send().catch(() => show(""));
    await (navigator.locks ? navigator.locks.request("catatan", once) : once());
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const text = data.get("text").trim();
    const minutes = Number(data.get("minutes"));
    const on = chosen(data);
    const wrong = text.length < 3 ? ["text", words.text_wrong]
      : !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440) ? ["minutes", words.minutes_wrong]
      : !/^\d{4}-\d\d-\d\d$/.test(on) ? ["other_day", words.day_wrong] : null;
    if (wrong) {
      status.textContent = wrong[1];
      form.elements[wrong[0]].focus();
      return;
    }
    const entry = { id: mending || crypto.randomUUID(), who, at: Date.now(), written: day(0), day: on, text, minutes };
    for (const name of ["late_reason", "work_result_id"]) {
      const value = (data.get(name) || "").trim();
      if (value) entry[name] = value;
    }
    try {
      await act("entries", "readwrite", (store) => store.put(entry));
    } catch {
      if (shell) status.textContent = words.not_kept;
      else form.submit();
      return;
    }
    mending = "";
    form.reset();
    await show(words.stored);
    await flush();
  });

  const begin = async () => {
    if (shell) {
      [who, zone, ahead] = [await known("who") || "", await known("zone") || "Asia/Jakarta", await known("ahead") || 0];
      for (const [value, text] of await known("results") || []) form.elements.work_result_id.append(new Option(text, value));
    } else {
      ahead = Math.round((Date.parse(form.dataset.today) - Date.parse(dayOf(Date.now()))) / 86400000);
      const results = [...form.elements.work_result_id.options].slice(1).map((one) => [one.value, one.text]);
      for (const [name, value] of Object.entries({ who, zone, ahead, results })) await know(name, value);
      if (await known("language") !== document.documentElement.lang) {
        const kept = await caches.open("catatan");
        await kept.add(new Request("/catatan/kerangka", { cache: "reload" }));
        await know("language", document.documentElement.lang);
      }
    }
    form.dataset.ready = "yes";
    await show();
    await flush();
  };
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/catatan/pekerja.js", { scope: "/catatan" }).catch(() => {});
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(flush, 60000);
  begin().catch(() => { form.dataset.ready = "no"; });
})();
