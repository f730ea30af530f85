// Lists of choices under an input that keeps the focus (ARIA's combobox pattern), and menus.

const options = (list) => [...list.querySelectorAll("[role=option]")].filter((each) => !each.hidden);

export const active = (list) => list.querySelector("[data-active]");

let made = 0;

export function activate(input, list, option) {
  active(list)?.removeAttribute("data-active");
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.id ||= `option-${++made}`;
  option.setAttribute("data-active", "");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

export function activateFirst(input, list) {
  const all = options(list);
  activate(input, list, all.find((each) => each.getAttribute("aria-selected") === "true") ?? all[0]);
}

// Moves with the arrow keys; returns whether the key was one of them.
export function moved(event, input, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return false;
  event.preventDefault();
  const all = options(list);
  if (!all.length) return true;
  const from = all.indexOf(active(list));
  const to = from < 0 ? (step > 0 ? 0 : all.length - 1) : (from + step + all.length) % all.length;
  activate(input, list, all[to]);
  return true;
}

// Menus: the focus goes through their entries.
document.addEventListener("toggle", (event) => {
  const place = event.target;
  if (!place.hasAttribute?.("popover")) return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(place.id)}"]`);
  opener?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState === "open" && place.matches("[role=menu]")) place.querySelector("[role=menuitem]")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[role=menu]");
  if (!menu) return;
  const entries = [...menu.querySelectorAll("[role=menuitem]")];
  const from = entries.indexOf(document.activeElement);
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  entries.at(to % entries.length).focus();
});

document.addEventListener("click", (event) => {
  const entry = event.target.closest("[role=menuitem]");
  if (!entry) return;
  const menu = entry.closest("[role=menu]");
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  menu.hidePopover();
  opener?.focus();
});
