// The page follows the workspace: the server sends each part that changed.

import { say } from "./acts.js";
import { morph } from "./morph.js";

const { me, at } = document.body.dataset;
const asked = new URLSearchParams({ at });
let source;

export function follow(name, wanted) {
  if (name && wanted) asked.set(name, "1");
  else if (name) asked.delete(name);
  source?.close();
  source = new EventSource(`/as/${me}/live?${asked}`);
  source.addEventListener("show", (event) => show(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CONNECTING) say("The line to the sandbox is lost. Trying again.");
  });
}

function show(parts) {
  const before = scrolled();
  for (const [name, html] of Object.entries(parts)) {
    const place = document.getElementById(`part-${name}`);
    if (place) morph(place, html);
  }
  if ("main" in parts) scrollOn(before);
  document.dispatchEvent(new CustomEvent("shown", { detail: Object.keys(parts) }));
}

const NEAR = 90;
const newer = document.querySelector(".newer");
const conversation = () => document.querySelector("[data-channel] .scroll");

function scrolled() {
  const place = conversation();
  return place && { near: place.scrollHeight - place.scrollTop - place.clientHeight < NEAR, last: last(place) };
}

function last(place) {
  return place.querySelector(".message:last-child")?.dataset.key;
}

function scrollOn(before) {
  const place = conversation();
  if (!place) return;
  if (!before || before.near) toNewest();
  else if (last(place) !== before.last) newer.hidden = false;
}

export function toNewest() {
  const place = conversation();
  if (place) place.scrollTop = place.scrollHeight;
  newer.hidden = true;
}

newer.addEventListener("click", toNewest);
document.addEventListener("scroll", (event) => {
  const place = event.target;
  if (place === conversation() && place.scrollHeight - place.scrollTop - place.clientHeight < NEAR) newer.hidden = true;
}, true);

// A browser keeps six lines to a server; pages that nobody looks at hold none.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) source?.close();
  else follow();
});
