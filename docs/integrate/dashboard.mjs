// A dashboard: how many final results of each predicate a cycle has, without anybody's name.
//
// KINERJA_WEBHOOK_SECRET=whsec_... node dashboard.mjs 8396 dashboard.log
// POST /hooks takes deliveries, GET / says the numbers. Each delivery is one line of a file that is read again at the start, so that
// a crash loses nothing; a line is written before the delivery is acknowledged.
import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const key = Buffer.from(process.env.KINERJA_WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const [port, file] = process.argv.slice(2);
const tolerance = 300;
const received = new Map(); // by webhook-id: the latest time that it was signed at
const results = new Map(); // by appraisal: the cycle, the version that counts, and its predicate, if it is final

const same = (one, other) => one.length === other.length && timingSafeEqual(one, other);

function genuine(headers, body) {
  const [id, at, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers[name] ?? "");
  if (!id || !signatures || !/^\d{1,12}$/.test(at) || Math.abs(Date.now() / 1000 - Number(at)) > tolerance) return false;
  const right = "v1," + createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest("base64");
  return signatures.split(" ").some((one) => same(Buffer.from(one), Buffer.from(right)));
}

function take(id, at, event) {
  const had = received.has(id);
  received.set(id, at);
  if (had) return; // sent once more, signed anew
  const { appraisal_id: appraisal, cycle_id: cycle, version, predicate, was_final: wasFinal } = event.data;
  const name = event.type.split(".").at(-2);
  if (version < (results.get(appraisal)?.version ?? 0)) return; // an older version never undoes a newer one
  if (name === "result-finalised") results.set(appraisal, { cycle, version, predicate });
  if (name === "result-superseded" && wasFinal) results.set(appraisal, { cycle, version, predicate: null });
}

function numbers() {
  const found = {};
  for (const { cycle, predicate } of results.values()) {
    const row = (found[cycle] ??= {});
    row[predicate ?? "UNDER_REVIEW"] = (row[predicate ?? "UNDER_REVIEW"] ?? 0) + 1;
  }
  return found;
}

if (existsSync(file)) {
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    try {
      const { id, at, event } = JSON.parse(line);
      take(id, at, event);
    } catch {
      appendFileSync(file, "\n"); // the crash cut it off: it was not acknowledged, and comes again
    }
  }
}

createServer(async (request, response) => {
  if (request.method === "GET") return response.end(JSON.stringify(numbers()));
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!genuine(request.headers, body)) return response.writeHead(401).end();
  const { "webhook-id": id, "webhook-timestamp": said } = request.headers;
  const at = Number(said);
  // What is sent once more is signed anew, at a later time; the same time again is somebody who has listened.
  if (received.has(id) && at <= received.get(id)) return response.writeHead(401).end();
  const event = received.has(id) ? undefined : JSON.parse(body);
  appendFileSync(file, JSON.stringify({ id, at, event }) + "\n");
  take(id, at, event);
  response.writeHead(204).end();
}).listen(Number(port), "127.0.0.1");
