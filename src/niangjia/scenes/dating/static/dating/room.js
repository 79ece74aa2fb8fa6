// The clock of the round, and what changes in the room: looked for every two seconds while somebody looks.
const room = document.getElementById("room");
const clock = document.getElementById("clock");
let ends = clock.dataset.seconds === "" ? null : Date.now() + Number(clock.dataset.seconds) * 1000;
let planned = null;

function tick() {
  if (ends === null) return void (clock.textContent = "—");
  const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.classList.toggle("over", left === 0);
}
function table(line) {
  const item = document.createElement("li");
  item.textContent = `${line.table} · ♀${line.woman} ♂${line.man}`;
  item.classList.toggle("left", line.left);
  return item;
}
async function look() {
  if (document.hidden) return;
  const answer = await fetch(room.dataset.state).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const told = await answer.json();
  ends = told.seconds === null ? null : Date.now() + told.seconds * 1000;
  room.querySelector("[data-n=round]").textContent = told.round;
  if (planned !== `${told.planned}/${told.round}`) {
    planned = `${told.planned}/${told.round}`;
    for (const list of document.querySelectorAll("[data-list]")) list.replaceChildren(...told[list.dataset.list].map(table));
  }
  tick();
}
setInterval(tick, 500);
setInterval(look, 2000);
tick();
look();
