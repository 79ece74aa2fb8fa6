// How many people qualify, while the rules are being chosen. The page works without.
const form = document.querySelector("form.write"), ask = document.getElementById("count"), shown = document.getElementById("qualify");
ask.hidden = false;
async function count() {
  const answer = await fetch("/console/activities/count", { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer) return;
  const told = await answer.json().catch(() => ({}));
  shown.hidden = false;
  shown.firstElementChild.textContent = [told.people, told.words].filter(Boolean).join(" ");
}
ask.addEventListener("click", count);
document.getElementById("audience").addEventListener("change", count);
