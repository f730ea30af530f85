// Menus of Block Kit in which one types to find a choice: of options, people or channels.

import { act, asked, fetched } from "./acts.js";
import { question, told, valueOf } from "./fields.js";
import { activate, activateFirst, active, moved } from "./lists.js";

const comboOf = (target) => target.closest?.(".combo");
const inputOf = (combo) => combo.querySelector("input");
const listOf = (combo) => combo.querySelector(".listbox");
const isOpen = (combo) => listOf(combo).matches(":popover-open");
const isMany = (combo) => combo.dataset.many !== undefined;

let turn = 0;

async function open(combo, begun) {
  const list = listOf(combo);
  if (combo.dataset.source === "options") filter(list, begun);
  else if (!(await find(combo, list, begun))) return;
  const chosen = [valueOf(combo)].flat();
  for (const option of list.querySelectorAll("[role=option]")) {
    option.setAttribute("aria-selected", String(chosen.includes(option.dataset.value)));
  }
  if (!isOpen(combo)) {
    list.showPopover({ source: combo });
    inputOf(combo).setAttribute("aria-expanded", "true");
  }
  activateFirst(inputOf(combo), list);
}

// Whether the answer is still wanted when it comes.
async function find(combo, list, begun) {
  const mine = ++turn;
  const found = await fetched(`find?${new URLSearchParams({ kind: combo.dataset.source, begun })}`);
  if (mine !== turn || document.activeElement !== inputOf(combo)) return false;
  list.replaceChildren(found);
  return true;
}

function filter(list, begun) {
  const wanted = begun.toLowerCase();
  for (const option of list.querySelectorAll("[role=option]")) {
    option.hidden = !option.textContent.toLowerCase().includes(wanted);
  }
}

function close(combo) {
  turn += 1;
  activate(inputOf(combo), listOf(combo), null);
  if (isOpen(combo)) listOf(combo).hidePopover();
  inputOf(combo).setAttribute("aria-expanded", "false");
}

function label(option) {
  return option.querySelector("span").textContent;
}

function pick(combo, option) {
  const value = option.dataset.value;
  close(combo);
  if (!isMany(combo)) return choose(combo, value, label(option));
  const held = valueOf(combo);
  const most = Number(combo.dataset.most ?? Infinity);
  inputOf(combo).value = "";
  if (held.includes(value)) return choose(combo, held.filter((each) => each !== value));
  return held.length < most && choose(combo, [...held, value]);
}

async function choose(combo, value, shown) {
  const before = inputOf(combo).dataset.held;
  if (!(await asked(question(combo)))) {
    if (!isMany(combo)) inputOf(combo).value = before;
    return;
  }
  combo.dataset.chosen = JSON.stringify(value);
  if (shown !== undefined) inputOf(combo).value = shown;
  await act("choose", told(combo, value));
}

document.addEventListener("mousedown", (event) => {
  const combo = comboOf(event.target);
  if (!combo) return;
  // What was found meanwhile must not take the place of what one points at.
  turn += 1;
  // The focus stays in the input while one picks.
  if (event.target !== inputOf(combo)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const combo = comboOf(event.target);
  if (!combo) return;
  const option = event.target.closest("[role=option]");
  const token = event.target.closest(".token");
  if (option) pick(combo, option);
  else if (token && event.target.closest("button")) choose(combo, valueOf(combo).filter((each) => each !== token.dataset.value));
  else if (event.target.closest(".clear")) choose(combo, "", "");
  else if (!event.target.closest(".listbox")) {
    inputOf(combo).focus();
    if (isOpen(combo)) return;
    inputOf(combo).select();
    open(combo, "");
  }
});

document.addEventListener("input", (event) => {
  const combo = comboOf(event.target);
  if (combo) open(combo, event.target.value);
});

document.addEventListener("keydown", (event) => {
  const combo = comboOf(event.target);
  if (!combo) return;
  const input = inputOf(combo);
  const list = listOf(combo);
  if (isOpen(combo)) {
    if (moved(event, input, list)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (active(list)) pick(combo, active(list));
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(combo);
    }
    return;
  }
  if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
    event.preventDefault();
    open(combo, "");
  } else if (event.key === "Backspace" && isMany(combo) && !input.value && valueOf(combo).length) {
    choose(combo, valueOf(combo).slice(0, -1));
  }
});

document.addEventListener("focusout", (event) => {
  const combo = comboOf(event.target);
  if (!combo || combo.contains(event.relatedTarget)) return;
  close(combo);
  const input = inputOf(combo);
  if (isMany(combo)) input.value = "";
  else if (!input.value && valueOf(combo)) choose(combo, "", "");
  else input.value = combo.dataset.chosen === undefined ? input.dataset.held : input.value && shownOf(combo, input);
});

// What was typed to search does not stay in place of the choice.
function shownOf(combo, input) {
  const option = listOf(combo).querySelector(`[data-value="${CSS.escape(valueOf(combo))}"]`);
  return option ? label(option) : input.dataset.held;
}
