// The inspector: requests and answers as they come.

import { fetched } from "./acts.js";
import { follow } from "./live.js";

const inspector = document.getElementById("inspector");
const lines = document.getElementById("part-traffic");
const filter = document.getElementById("filter");
const ways = document.getElementById("ways");
const KEPT = "inspector";

function toggle(open) {
  inspector.hidden = !open;
  sessionStorage.setItem(KEPT, open ? "open" : "");
  follow("inspector", open);
  mark();
  if (open) filter.focus();
  else document.querySelector(".inspect").focus();
}

function mark() {
  document.querySelector(".inspect")?.setAttribute("aria-expanded", String(!inspector.hidden));
}

function sift() {
  const wanted = filter.value.toLowerCase();
  for (const line of lines.querySelectorAll(".line")) {
    const fits = !ways.value || line.classList.contains(ways.value);
    line.hidden = !fits || !line.textContent.toLowerCase().includes(wanted);
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-inspect]")) toggle(inspector.hidden);
});
inspector.addEventListener("keydown", (event) => {
  if (event.key === "Escape") toggle(false);
});
filter.addEventListener("input", sift);
ways.addEventListener("change", sift);

lines.addEventListener("toggle", async (event) => {
  const { open, dataset } = event.target;
  const place = event.target.querySelector("[data-lazy]");
  if (!open || place.dataset.loaded !== undefined) return;
  place.dataset.loaded = "";
  place.replaceChildren(await fetched(`traffic/${dataset.number}`));
  place.scrollIntoView({ block: "nearest" });
  event.target.querySelector("summary").scrollIntoView({ block: "nearest" });
}, true);

let atEnd = true;
lines.addEventListener("scroll", () => {
  atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
});
document.addEventListener("shown", (event) => {
  mark();
  if (!event.detail.includes("traffic")) return;
  sift();
  if (atEnd) lines.scrollTop = lines.scrollHeight;
});

export const wasOpen = () => sessionStorage.getItem(KEPT) === "open";

export function reopen() {
  inspector.hidden = false;
  mark();
}
