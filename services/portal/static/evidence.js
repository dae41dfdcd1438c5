// Files of a form: photos are shrunk, everything is sent in parts, an interrupted part is sent again from where it stopped.
"use strict";
(() => {
  const csrf = document.body.dataset.csrf;
  const PART = 64 * 1024;
  const WIDEST = 1280;

  async function shrunk(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, WIDEST / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
      return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
    } catch {
      return file;
    }
  }

  // What went wrong, in words: those of the server where it has some for a line, else the form's own.
  async function wrong(input, answer) {
    if (answer.type === "opaqueredirect") return new Error(input.dataset.ended);
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    return new Error(plain ? await answer.text() : input.dataset.failed);
  }

  // A connection that breaks is tried again, also at the beginning: a file that was announced twice is sent once.
  async function patiently(address, asked) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 15000)) {
      try {
        return await fetch(address, { redirect: "manual", ...asked });
      } catch {
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  }

  function part(address, file, offset) {
    const headers = { "Upload-Offset": String(offset), "X-CSRF-Token": csrf, "Content-Type": "application/offset+octet-stream" };
    return patiently(address, { method: "PATCH", body: file.slice(offset, offset + PART), headers });
  }

  async function send(input, file) {
    const about = new URLSearchParams({ csrf, service: input.dataset.service, path: input.dataset.path, name: file.name, size: String(file.size) });
    const begun = await patiently("/bukti", { method: "POST", body: about });
    if (begun.status !== 201) throw await wrong(input, begun);
    const address = begun.headers.get("Location");
    let offset = 0;
    for (;;) {
      const answer = await part(address, file, offset);
      if (answer.status === 200) return answer.json();
      if (answer.status !== 204 && answer.status !== 409) throw await wrong(input, answer);
      offset = Number(answer.headers.get("Upload-Offset"));
    }
  }

  // What has arrived is ticked below the field, as the server shows it: whoever unticks a file leaves it out.
  function ticked(input, stored) {
    const item = document.createElement("div");
    item.className = "govuk-checkboxes__item";
    const box = item.appendChild(document.createElement("input"));
    Object.assign(box, { className: "govuk-checkboxes__input", type: "checkbox", name: `${input.name}_id`, value: stored.id, id: `${input.name}-${stored.id}`, checked: true });
    const label = item.appendChild(document.createElement("label"));
    Object.assign(label, { className: "govuk-label govuk-checkboxes__label", htmlFor: box.id, textContent: input.dataset.arrived.replace("{name}", stored.title) });
    return item;
  }

  async function take(input, list, chosen) {
    const line = list.appendChild(document.createElement("p"));
    line.className = "govuk-body";
    line.textContent = input.dataset.sending.replace("{name}", chosen.name);
    try {
      line.replaceWith(ticked(input, await send(input, await shrunk(chosen))));
      return true;
    } catch (error) {
      line.textContent = error.message.replace("{name}", chosen.name);
      line.className = "govuk-body kinerja-late";
      return false;
    }
  }

  for (const form of new Set([...document.querySelectorAll("input[data-evidence]")].map((input) => input.form))) {
    const sending = new Set();
    let waits = false;
    for (const input of form.querySelectorAll("input[data-evidence]")) {
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        for (const chosen of files) {
          const one = take(input, document.getElementById(input.dataset.evidence), chosen).then((taken) => {
            sending.delete(one);
            if (!waits) form.dispatchEvent(new Event("change")); // a draft keeps it
            return taken;
          });
          sending.add(one);
        }
      });
    }
    // Whoever sends the form while a file is under way does not lose the file; one that was not taken is seen first.
    form.addEventListener("submit", async (event) => {
      if (!sending.size) return;
      event.preventDefault();
      if (waits) return;
      waits = true;
      const input = form.querySelector("input[data-evidence]");
      const told = document.getElementById(input.dataset.evidence).appendChild(document.createElement("p"));
      told.className = "govuk-body kinerja-quiet";
      told.textContent = input.dataset.waits;
      const taken = await Promise.all([...sending]);
      waits = false;
      told.remove();
      if (taken.every(Boolean)) form.requestSubmit(event.submitter);
      else form.dispatchEvent(new Event("change"));
    });
  }
})();
