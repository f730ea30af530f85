// The page of one person at one place.

import { act } from "./acts.js";
import { follow, toNewest } from "./live.js";
import "./lists.js";
import "./fields.js";
import "./pickers.js";
import "./combos.js";
import "./modal.js";
import "./composer.js";
import "./clock.js";
import "./switcher.js";
import { reopen, wasOpen } from "./traffic.js";

const { at } = document.body.dataset;

document.addEventListener("click", async (event) => {
  const shortcut = event.target.closest("[data-shortcut]");
  if (shortcut) act("shortcut", { name: shortcut.dataset.shortcut, surface: shortcut.dataset.surface }, shortcut);
  if (event.target.closest("[data-everything]")) follow("everything", true);
  if (event.target.closest("[data-theme-switch]")) switchTheme();
  if (event.target.closest("[data-reload]") && (await act("reload", {}))) location.reload();
});

function switchTheme() {
  const { theme } = document.documentElement.dataset;
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
}

if (wasOpen()) reopen();
follow("inspector", wasOpen());
toNewest();
if (at === "app/home") act("home", {});
