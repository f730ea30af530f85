// The form in front: a dialog that shows the top of the person's stack.

import { act } from "./acts.js";
import { held, tellTyped } from "./fields.js";

const dialog = document.getElementById("modal");
const touch = matchMedia("(pointer: coarse)");
let shown = { step: null, version: null };
let submitted = false;

const form = () => dialog.querySelector("form.view");
// The next step of a form often takes the place of the one before in the same view.
const stepOf = (view) => `${view.dataset.key} ${view.querySelector("h2").textContent}`;

function show() {
  const view = form();
  if (!view) {
    if (dialog.open) dialog.close();
    shown = { step: null, version: null };
    return;
  }
  if (!dialog.open) dialog.showModal();
  const before = shown;
  shown = { step: stepOf(view), version: view.dataset.version };
  // What was drawn anew can be sent, though the answer to the last press may still be on its way.
  if (shown.version !== before.version) view.querySelector("[type=submit]")?.removeAttribute("aria-busy");
  if (shown.step !== before.step) {
    submitted = false;
    begin(view);
  } else if (submitted) toError(view);
}

// A phone's keyboard would hide the form; there the person chooses where to begin.
function begin(view) {
  view.querySelector(".view-body").scrollTop = 0;
  const wanted = [...view.querySelectorAll("[data-field]")];
  const first = wanted.find((each) => each.dataset.block === view.dataset.focus) ?? wanted[0];
  if (first && !touch.matches) focusIn(first);
  else view.querySelector(".view-foot button:last-of-type").focus({ focusVisible: false });
}

function toError(view) {
  const wrong = view.querySelector("[aria-invalid=true]");
  if (!wrong) return;
  submitted = false;
  focusIn(wrong);
}

function focusIn(field) {
  (field.matches("input, textarea") ? field : field.querySelector("input"))?.focus();
}

async function close(everything) {
  await tellTyped();
  if (form()) await act("close", { ...held(form()), everything });
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close(false);
});

// The browser closes it when Escape is pressed again and again; it is still there in Slack.
dialog.addEventListener("close", () => {
  if (form()) show();
});

dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close(false);
  if (event.target.closest("[data-close-all]")) close(true);
});

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const view = form();
  const button = view.querySelector("[type=submit]");
  if (!button || button.hasAttribute("aria-busy")) return;
  submitted = true;
  const { step } = shown;
  button.setAttribute("aria-busy", "true");
  await tellTyped();
  await act("submit", held(view), button);
  if (form() && step === shown.step) toError(form());
});

dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form()?.requestSubmit();
});

document.addEventListener("shown", show);
show();
