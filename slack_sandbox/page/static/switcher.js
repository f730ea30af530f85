// Who one is: a list of people to be, and the rail, which a phone opens from the side.

import { fetched } from "./acts.js";
import { activateFirst, active, moved } from "./lists.js";

const panel = document.getElementById("switcher");
const input = panel.querySelector("input");
const list = document.getElementById("people");
const rail = document.getElementById("rail");
const { at } = document.body.dataset;
let turn = 0;

async function find() {
  const mine = ++turn;
  const found = await fetched(`find?${new URLSearchParams({ kind: "as", at, begun: input.value })}`);
  if (mine !== turn) return;
  list.replaceChildren(found);
  activateFirst(input, list);
}

function go(option) {
  if (option) location.assign(option.dataset.href);
}

panel.addEventListener("toggle", (event) => {
  if (event.newState !== "open") return;
  input.value = "";
  input.focus();
  find();
});
input.addEventListener("input", find);
input.addEventListener("keydown", (event) => {
  if (moved(event, input, list)) return;
  if (event.key === "Enter") go(active(list));
});
list.addEventListener("mousedown", () => {
  // What was found meanwhile must not take the place of what one points at.
  turn += 1;
});
list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));

const narrow = matchMedia("(max-width: 720px)");
function fit() {
  if (narrow.matches) rail.setAttribute("popover", "auto");
  else rail.removeAttribute("popover");
}
narrow.addEventListener("change", fit);
fit();
