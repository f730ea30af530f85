// The sandbox's clock: shown as it runs, and moved.

import { act } from "./acts.js";

const jump = document.querySelector("form.jump");
const to = document.getElementById("jump-to");
let base = performance.now();
let shown;

const place = () => document.querySelector(".now");

function now() {
  const since = place().dataset.ticking === undefined ? 0 : performance.now() - base;
  return new Date(Number(place().dataset.now) + since);
}

function parts() {
  const zone = { timeZone: place().dataset.zone };
  const time = now();
  const words = (options) => time.toLocaleString("en-GB", { ...zone, ...options });
  const day = `${words({ weekday: "short" })} ${words({ day: "numeric" })} ${words({ month: "short" }).slice(0, 3)}`;
  return { day, year: ` ${words({ year: "numeric" })}`, clock: words({ hour: "2-digit", minute: "2-digit" }) };
}

function tick() {
  if (place()?.dataset.ticking === undefined) return;
  const { day, year, clock } = parts();
  const time = place().querySelector("time");
  time.firstChild.nodeValue = day;
  time.querySelector(".year").textContent = year;
  time.querySelector("b").textContent = clock;
}

document.addEventListener("shown", () => {
  if (place()?.dataset.now === shown) return;
  shown = place().dataset.now;
  base = performance.now();
});
setInterval(tick, 1000);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clock]");
  if (!button || button.disabled) return;
  document.getElementById("clock-menu").hidePopover();
  act("clock", { move: button.dataset.clock }, button);
});

document.getElementById("clock-menu").addEventListener("toggle", (event) => {
  if (event.newState !== "open") return;
  const local = now().toLocaleString("sv-SE", { timeZone: place().dataset.zone });
  to.value = local.slice(0, 16).replace(" ", "T");
  to.focus();
});

jump.addEventListener("submit", (event) => {
  event.preventDefault();
  document.getElementById("clock-menu").hidePopover();
  act("clock", { move: "to", to: to.value });
});
