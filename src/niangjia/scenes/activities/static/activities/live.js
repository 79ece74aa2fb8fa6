// The numbers of the desk, every five seconds while somebody looks.
const live = document.getElementById("live");
async function look() {
  if (document.hidden || !live) return;
  const answer = await fetch(`/console/activities/live?key=${live.dataset.key}`).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const told = await answer.json();
  for (const cell of live.querySelectorAll("[data-n]")) cell.textContent = told[cell.dataset.n];
  for (const addon of told.addons)
    for (const cell of document.querySelectorAll(`#addons [data-code="${addon.code}"] [data-n]`)) cell.textContent = addon[cell.dataset.n];
  const firms = document.getElementById("firms");
  if (firms) firms.replaceChildren(...told.firms.map(row));
}
function row({ firm, places, arrived }) {
  const line = document.createElement("tr");
  [firm, places, arrived].forEach((value, at) => {
    const cell = line.insertCell();
    cell.textContent = value;
    if (at) cell.className = "number";
  });
  return line;
}
setInterval(look, 5000);
