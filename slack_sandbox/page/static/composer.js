// Writing a message: Enter sends; /, @ and # complete.

import { act, fetched } from "./acts.js";
import { toNewest } from "./live.js";
import { activateFirst, active, moved } from "./lists.js";

const composer = document.querySelector("form.composer");
const words = document.getElementById("words");
const list = document.getElementById("completions");
const { me, channel } = document.body.dataset;
const draft = `draft ${me} ${channel}`;
let turn = 0;

const KINDS = [
  ["commands", /^(\/[\w-]*)$/],
  ["people", /(?:^|\s)@([\p{L}\p{N}._'-]*(?: [\p{L}\p{N}._'-]*){0,2})$/u],
  ["channels", /(?:^|\s)#([\p{L}\p{N}_-]*)$/u],
];

// What stands before the caret and could be completed.
function begun() {
  const before = words.value.slice(0, words.selectionStart);
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(before);
    if (found) return { kind, text: found[1], from: before.length - found[1].length - (kind === "commands" ? 0 : 1) };
  }
  return null;
}

// What was found for fewer letters is not chosen from for more.
function narrow() {
  if (list.hidden) return;
  const text = begun()?.text.toLowerCase();
  for (const option of list.querySelectorAll("[role=option]")) {
    if (text === undefined || !option.dataset.inserted.toLowerCase().includes(text)) option.remove();
  }
  if (list.querySelector("[role=option]")) activateFirst(words, list);
  else hide();
}

async function complete() {
  const mine = ++turn;
  const now = begun();
  const found = now && (await fetched(`find?${new URLSearchParams({ kind: now.kind, begun: now.text })}`));
  if (mine !== turn) return;
  if (!found?.querySelector("[role=option]")) return hide();
  list.replaceChildren(found);
  list.hidden = false;
  words.setAttribute("aria-expanded", "true");
  activateFirst(words, list);
}

function hide() {
  turn += 1;
  list.hidden = true;
  words.setAttribute("aria-expanded", "false");
  words.removeAttribute("aria-activedescendant");
}

function take(option) {
  const now = begun();
  hide();
  if (!now) return;
  words.setRangeText(option.dataset.inserted, now.from, words.selectionStart, "end");
  words.focus();
  keep();
}

// Whether the choice is typed out already, so that Enter can only mean to send.
function isWhole(option) {
  const now = begun();
  return Boolean(now) && option.dataset.inserted.trim().replace(/^[@#]/, "").toLowerCase() === now.text.toLowerCase();
}

function keep() {
  if (words.value) sessionStorage.setItem(draft, words.value);
  else sessionStorage.removeItem(draft);
}

async function send() {
  const text = words.value.trim();
  if (!text) return;
  hide();
  words.value = "";
  keep();
  toNewest();
  if (await act("send", { channel, text })) return;
  words.value = words.value || text;
  keep();
}

if (composer) {
  words.value = sessionStorage.getItem(draft) ?? "";
  words.addEventListener("input", () => {
    keep();
    narrow();
    complete();
  });
  words.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (!list.hidden) {
      if (moved(event, words, list)) return;
      if (event.key === "Escape") {
        event.preventDefault();
        return hide();
      }
      const option = active(list);
      if (option && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole(option)))) {
        event.preventDefault();
        return take(option);
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  });
  words.addEventListener("blur", hide);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    // What was found meanwhile must not take the place of what one points at.
    turn += 1;
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  if (!matchMedia("(pointer: coarse)").matches && !document.getElementById("modal").open) words.focus();
}
