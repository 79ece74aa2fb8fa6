// Letting people in. Everything is decided here first, so that a dead network stops nobody; the server has the last word
// as soon as it can be reached. Scans wait in this phone's storage, each with a number of its own: sent twice they count once.
const page = document.getElementById("main"), key = page.dataset.key, words = JSON.parse(document.getElementById("words").textContent);
const LIST = `door:${key}:list`, QUEUE = `door:${key}:queue`, AN_HOUR = 3600e3, A_DAY = 24 * AN_HOUR;
const at = (id) => document.getElementById(id);
const read = (name, empty) => JSON.parse(localStorage.getItem(name) || "null") || empty;
const keep = (name, value) => localStorage.setItem(name, JSON.stringify(value));
let list = read(LIST, null), token = page.querySelector("[name=csrfmiddlewaretoken]").value, sending = false, camera = null;

const hours = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return uuid(bytes);
}
function uuid(bytes) {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

// --- what this phone knows ---
async function fingerprint(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
function ticket(code) {
  try {
    const raw = Uint8Array.from(atob(code.slice(3).replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const step = new DataView(raw.buffer).getUint32(16);
    return code.startsWith("NJT") && raw.length >= 20 ? { id: uuid(raw.slice(0, 16)), step } : null;
  } catch {
    return null;
  }
}
async function whose(code) {
  const read = ticket(code);
  if (!read) return { outcome: "unknown" };
  const person = list?.people.find((one) => one.id === read.id);
  if (!person) return { outcome: list ? "other_slot" : "later" };
  if (person.print && person.print !== (await fingerprint(code))) return { outcome: "unknown" };
  if (!person.print && Math.abs(Date.now() - read.step * 30e3) > 90e3) return { outcome: "stale" };
  return { person };
}
async function scanned(code) {
  const found = await whose(code);
  take({ code }, found.person, found.outcome);
}
function take(given, found, outcome) {
  const person = found && (list?.people.find((one) => one.id === found.id) || found); // the list may have come anew meanwhile
  const scan = { id: newId(), at: new Date().toISOString(), ...given };
  const before = person?.arrived;
  show(outcome || (before ? "already" : "welcome"), person, before);
  if (person && !before) {
    person.arrived = scan.at;
    keep(LIST, list);
  }
  keep(QUEUE, [...read(QUEUE, []), scan]);
  count();
  send(scan.id);
}

// --- what is said ---
const GOOD = ["welcome", "later"], CARE = ["already"];
function show(outcome, person, first) {
  const box = at("answer"), head = document.createElement("strong"), line = document.createElement("span");
  box.className = `answer ${GOOD.includes(outcome) ? "welcome" : CARE.includes(outcome) ? "already" : "wrong"}`;
  head.textContent = person ? `${person.name}  ${person.tail}` : "";
  line.textContent = filled(words[outcome] || words.unknown, { time: typeof first === "string" ? hours(first) : "—" });
  box.replaceChildren(...(person ? [head] : []), line);
  if (navigator.vibrate) navigator.vibrate(GOOD.includes(outcome) ? 80 : [80, 80, 80]);
}
function count() {
  const people = list?.people || [], waiting = read(QUEUE, []).length;
  at("came").textContent = list ? filled(words.came, { n: people.filter((one) => one.arrived).length, all: people.length }) : "";
  at("queue").textContent = waiting ? filled(words.waiting, { n: waiting }) : "";
  at("net").textContent = navigator.onLine ? words.online : words.offline;
  at("net").className = `tag ${navigator.onLine ? "good" : "wait"}`;
  at("loaded").textContent = list ? filled(words.loaded, { time: hours(list.at) }) : "";
}

// --- talking with the server ---
async function post(path, fields) {
  const body = new URLSearchParams({ key, ...fields, csrfmiddlewaretoken: token });
  const answer = await fetch(`/console/activities/door/${path}`, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.redirected || answer.status === 401) throw new Error("signed_out");
  if (answer.status === 403 && (await renewed())) return post(path, fields);
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.error?.message || "");
  return answer.json();
}
let tried = 0;
async function renewed() {
  if (Date.now() - tried < 10e3) return false;
  tried = Date.now();
  const again = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  token = again.querySelector("[name=csrfmiddlewaretoken]")?.value || token;
  return true;
}
function trouble(error) {
  if (error.message === "signed_out") at("queue").textContent = words.signed_out;
  else if (error.message && error.name === "Error") at("queue").textContent = error.message;
}
async function load() {
  try {
    const told = await post("list", {});
    const here = new Map((list?.people || []).map((one) => [one.id, one.arrived]));
    list = { ...told, at: Date.now(), people: told.people.map((one) => ({ ...one, arrived: one.arrived || here.get(one.id) || false })) };
    keep(LIST, list);
  } catch (error) {
    trouble(error);
  }
  count();
}
async function send(mine) {
  const waiting = read(QUEUE, []).slice(0, 200);
  if (sending || !waiting.length) return;
  sending = true;
  try {
    const told = await post("scans", { scans: JSON.stringify(waiting) });
    const done = new Set(told.scans.map((one) => one.id));
    keep(QUEUE, read(QUEUE, []).filter((one) => !done.has(one.id)));
    told.scans.forEach((one) => learn(one, one.id === mine));
  } catch (error) {
    trouble(error);
  } finally {
    sending = false;
    count();
  }
  if (navigator.onLine && read(QUEUE, []).length > waiting.length) send();
}
function learn(scan, isLast) {
  const person = list?.people.find((one) => one.id === scan.booking);
  if (person && (scan.outcome === "welcome" || scan.outcome === "already")) {
    person.arrived = scan.first_at || person.arrived || true;
    keep(LIST, list);
  }
  if (isLast && scan.outcome !== "welcome") show(scan.outcome, person, scan.first_at);
}

// --- the camera ---
const reader = "BarcodeDetector" in window ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
async function start() {
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    at("answer").textContent = words.no_camera;
    return;
  }
  at("camera").srcObject = camera;
  at("camera").hidden = false;
  await at("camera").play();
  frame();
}
async function seen() {
  const video = at("camera");
  if (reader) return (await reader.detect(video).catch(() => []))[0]?.rawValue;
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  if (!canvas.width) return undefined;
  pen.drawImage(video, 0, 0);
  return jsQR(pen.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height)?.data;
}
let last = { code: "", at: 0 };
async function frame() {
  if (!camera) return;
  const code = await seen();
  if (code && (code !== last.code || Date.now() - last.at > 4000)) {
    last = { code, at: Date.now() };
    await scanned(code);
  }
  setTimeout(frame, 180);
}

// --- the page ---
function people(text) {
  const wanted = text.trim();
  const found = wanted ? (list?.people || []).filter((one) => one.name.startsWith(wanted[0]) || one.tail === wanted) : [];
  at("people").replaceChildren(...found.slice(0, 30).map(person));
  if (wanted && !found.length) at("people").textContent = words.none;
}
function person(one) {
  const line = document.createElement("li"), name = document.createElement("span"), let_in = document.createElement("button");
  name.textContent = `${one.name}  ${one.tail}`;
  let_in.className = "button";
  let_in.textContent = one.arrived ? "✓" : words.welcome;
  let_in.disabled = Boolean(one.arrived);
  let_in.addEventListener("click", () => {
    take({ booking: one.id }, one);
    people(at("name").value);
  });
  line.append(name, let_in);
  return line;
}
function forget() {
  localStorage.removeItem(LIST);
  list = null;
  count();
}
at("scan").addEventListener("click", start);
at("load").addEventListener("click", load);
at("forget").addEventListener("click", forget);
at("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  if (at("code").value.trim()) scanned(at("code").value.trim());
  at("code").value = "";
});
at("find").addEventListener("submit", (event) => event.preventDefault());
at("name").addEventListener("input", () => people(at("name").value));
addEventListener("online", () => { count(); send(); });
addEventListener("offline", count);
setInterval(() => navigator.onLine && send(), 5000);

// Lists of past activities are deleted wherever they lie.
for (const name of Object.keys(localStorage)) {
  const old = name.startsWith("door:") && name.endsWith(":list") && read(name, {});
  if (old && Date.now() - new Date(old.ends_at) > A_DAY) localStorage.removeItem(name);
}
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/console/activities/door/worker.js", { scope: "/console/activities/door" }).catch(() => {});
count();
if (navigator.onLine) { load(); send(); }
