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

  async function part(address, file, offset) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 15000)) {
      try {
        return await fetch(address, {
          method: "PATCH",
          body: file.slice(offset, offset + PART),
          headers: { "Upload-Offset": String(offset), "X-CSRF-Token": csrf, "Content-Type": "application/offset+octet-stream" },
        });
      } catch {
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  }

  async function send(input, file) {
    const about = new URLSearchParams({ csrf, service: input.dataset.service, path: input.dataset.path, name: file.name, size: String(file.size) });
    const begun = await fetch("/bukti", { method: "POST", body: about });
    if (begun.status !== 201) throw new Error(await begun.text());
    const address = begun.headers.get("Location");
    let offset = 0;
    for (;;) {
      const answer = await part(address, file, offset);
      if (answer.status === 200) return answer.json();
      if (answer.status !== 204 && answer.status !== 409) throw new Error(await answer.text());
      offset = Number(answer.headers.get("Upload-Offset"));
    }
  }

  for (const input of document.querySelectorAll("input[data-evidence]")) {
    const list = input.closest("form").querySelector("[data-evidence-list]");
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const chosen of files) {
        const line = list.appendChild(document.createElement("li"));
        line.textContent = input.dataset.sending.replace("{name}", chosen.name);
        try {
          const stored = await send(input, await shrunk(chosen));
          line.textContent = input.dataset.arrived.replace("{name}", stored.title);
          const field = line.appendChild(document.createElement("input"));
          field.type = "hidden";
          field.name = "bukti_id";
          field.value = stored.id;
        } catch (error) {
          line.textContent = error.message;
          line.className = "kinerja-late";
        }
      }
    });
  }
})();
