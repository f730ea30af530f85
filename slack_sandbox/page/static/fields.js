// What stands in the fields of a form, a message or a Home, and telling the sandbox of it.

import { act, asked } from "./acts.js";

// What a field holds now, as the sandbox takes it.
export function valueOf(field) {
  if (field.matches(".combo")) return JSON.parse(field.dataset.chosen ?? field.dataset.held);
  if (field.matches("[role=group]")) return [...field.querySelectorAll(":checked")].map((box) => box.value);
  if (field.matches("[role=radiogroup]")) return field.querySelector(":checked")?.value ?? "";
  return field.value;
}

export function address(field) {
  const { block, action } = field.dataset;
  return { block, action };
}

export function surfaceOf(element) {
  return element.closest("[data-surface]");
}

// Everything that stands in the fields of a surface, so that nothing typed is behind.
export function held(surface) {
  return {
    surface: surface.dataset.surface,
    fields: [...surface.querySelectorAll("[data-field]")].map((field) => ({ ...address(field), value: valueOf(field) })),
  };
}

export function told(field, value) {
  return { ...held(surfaceOf(field)), ...address(field), value };
}

// The question that an element asks before it acts, if it asks one.
export function question(control) {
  const all = control.closest(".block").querySelectorAll("template[data-confirm-for]");
  return [...all].find((each) => each.dataset.confirmFor === control.dataset.ident);
}

const TYPING_PAUSE = 300;
const waiting = new Map();

function later(field) {
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => tell(field), TYPING_PAUSE));
}

function tell(field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  return act("choose", told(field, field.value));
}

// Slack tells of each character at once: what was typed is told of before anything else is done.
export async function tellTyped() {
  for (const field of [...waiting.keys()]) await tell(field);
}

function count(field) {
  const counter = field.parentElement.querySelector(".counter");
  const most = Number(field.dataset.most);
  if (!counter || !most) return;
  const left = most - field.value.length;
  const wanted = left < 0 || left <= Math.min(most / 2, 100);
  counter.textContent = wanted ? String(left) : "";
  counter.setAttribute("aria-label", left < 0 ? `${-left} characters too many` : `${left} characters left`);
  counter.classList.toggle("over", left < 0);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-field][data-tell]")) return;
  count(field);
  if (field.dataset.tell === "typing") later(field);
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || field.dataset?.tell !== "enter" || event.shiftKey) return;
  event.preventDefault();
  act("choose", told(field, field.value));
});

document.addEventListener("change", async (event) => {
  const field = event.target.closest("[data-field]");
  if (!field || field.matches(".combo")) return;
  if (field.matches("[data-tell]")) {
    act("hold", held(surfaceOf(field)));
    return;
  }
  if (await asked(question(field))) act("choose", told(field, valueOf(field)));
  else restore(field);
});

function restore(field) {
  if (field.matches(".options")) {
    for (const box of field.querySelectorAll("input")) box.checked = box.hasAttribute("checked");
  } else field.value = field.dataset.held;
}

document.addEventListener("click", async (event) => {
  const control = event.target.closest("[data-press]");
  if (!control) return;
  const surface = surfaceOf(control);
  const given = { ...held(surface), ...address(control), value: control.dataset.value };
  if (control.href && question(control)) event.preventDefault();
  if (!(await asked(question(control)))) return;
  await tellTyped();
  act("press", given, control);
});

for (const field of document.querySelectorAll("[data-field][data-tell]")) count(field);
document.addEventListener("shown", () => {
  for (const field of document.querySelectorAll("[data-field][data-tell]")) count(field);
});
