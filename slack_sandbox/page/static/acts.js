// What a person does goes to the sandbox as one act; what comes of it is shown by live.js.

const me = document.body.dataset.me;

// Resolves to whether the act was done; says why when it was not.
export async function act(name, given, control) {
  control?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/as/${me}/do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sent-By": "sandbox-page" },
      body: JSON.stringify(given),
      // What a field holds arrives also when its page is left at once.
      keepalive: name === "hold",
    });
    if (answer.ok) return true;
    const { problem } = answer.status === 409 ? await answer.json() : {};
    say(problem ?? `The sandbox could not do that (${answer.status}).`);
  } catch {
    say("The sandbox does not answer. Is it still running?");
  } finally {
    control?.removeAttribute("aria-busy");
  }
  return false;
}

// A piece of the page, as nodes.
export async function fetched(path) {
  const answer = await fetch(`/as/${me}/${path}`);
  return parsed(answer.ok ? await answer.text() : "");
}

export function parsed(html) {
  const fragment = document.createDocumentFragment();
  fragment.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  return fragment;
}

const SECONDS_SHOWN = 7;
let ending;

export function say(words) {
  const toasts = document.getElementById("toasts");
  clearTimeout(ending);
  // Shown anew, so that it stands before a dialog that was opened meanwhile.
  if (toasts.matches(":popover-open")) toasts.hidePopover();
  toasts.textContent = words;
  toasts.showPopover();
  ending = setTimeout(() => toasts.hidePopover(), SECONDS_SHOWN * 1000);
}

// Asks before something is done; resolves to the answer. No template, no question.
export function asked(template) {
  if (!template) return Promise.resolve(true);
  const dialog = document.getElementById("ask");
  dialog.replaceChildren(template.content.cloneNode(true));
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclick = (event) => {
      const answer = event.target.closest("button")?.value;
      if (answer) dialog.close(answer);
    };
    dialog.onclose = () => {
      resolve(dialog.returnValue === "yes");
      dialog.returnValue = "";
    };
  });
}
