// What pages do better with a script, and without it all the same: drafts that save themselves, focus on what is wrong,
// a warning before the session ends. No library, no inline code.
"use strict";
(() => {
  const csrf = document.body.dataset.csrf;

  // Errors first: the summary takes the focus.
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
  }

  // A form with data-draft saves itself five seconds after the last key, when it is left, and when the page is hidden.
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const line = form.querySelector("[data-draft-line]");
    let timer = 0;
    let changed = false;
    let saving = null;
    // One at a time: what was written first must not arrive last.
    const save = async () => {
      clearTimeout(timer);
      timer = 0;
      if (!changed || saving) return;
      changed = false;
      saving = new AbortController();
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      try {
        const answer = await fetch(form.dataset.draft, {
          method: "POST",
          body: new URLSearchParams(data),
          headers: { "X-CSRF-Token": csrf },
          keepalive: true,
          signal: saving.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        if (line) line.textContent = await answer.text();
        saving = null;
        if (changed && !timer) save();
      } catch {
        changed = !saving.signal.aborted;
        saving = null;
        if (changed) timer = timer || setTimeout(save, 5000);
      }
    };
    form.addEventListener("input", () => {
      changed = true;
      timer = timer || setTimeout(save, 5000);
    });
    form.addEventListener("change", () => { changed = true; save(); });
    form.addEventListener("submit", () => { changed = false; clearTimeout(timer); if (saving) saving.abort(); });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  }

  // Five minutes before the session ends, the page says so.
  const minutes = Number(document.body.dataset.idleMinutes);
  if (minutes > 5) {
    setTimeout(() => {
      const warning = document.createElement("p");
      warning.className = "govuk-inset-text";
      warning.setAttribute("role", "status");
      warning.textContent = document.body.dataset.idleWords;
      document.getElementById("isi").prepend(warning);
    }, (minutes - 5) * 60000);
  }
})();
