// Makes what stands in the page like what the server drew anew, and leaves alone what a person is
// at: what is typed, the focus, open menus, the scroll position.

// Attributes that belong to the browser, not to the server.
const OWN = new Set(["open", "style", "aria-expanded", "aria-selected", "aria-busy", "aria-activedescendant", "data-active", "data-chosen", "data-loaded"]);

export function morph(place, html) {
  const drawn = new DOMParser().parseFromString(html, "text/html").body;
  children(place, drawn);
}

function children(old, drawn) {
  let cursor = old.firstChild;
  const coming = [...drawn.childNodes];
  while (coming.length) {
    const next = coming.shift();
    const found = match(cursor, next, coming);
    if (!found) {
      old.insertBefore(document.adoptNode(next), cursor);
      continue;
    }
    while (cursor !== found) cursor = removed(cursor);
    node(found, next);
    cursor = found.nextSibling;
  }
  while (cursor) cursor = removed(cursor);
}

function removed(child) {
  const after = child.nextSibling;
  child.remove();
  return after;
}

// The old node that becomes `next`: here, or further on if nothing between is wanted any more.
function match(cursor, next, coming) {
  const wanted = signature(next);
  if (cursor && signature(cursor) === wanted) return cursor;
  if (!isElement(next)) return null;
  const kept = new Set(coming.filter(isElement).map(signature));
  for (let each = cursor; each; each = each.nextSibling) {
    if (signature(each) === wanted) return each;
    if (isElement(each) && kept.has(signature(each))) return null;
  }
  return null;
}

const isElement = (each) => each.nodeType === Node.ELEMENT_NODE;

// What makes two nodes the same thing: kind of element, first class, and a key or field's address.
function signature(each) {
  if (!isElement(each)) return each.nodeName;
  const { key, block, action, field } = each.dataset;
  return [each.nodeName, each.type ?? "", each.classList[0] ?? "", key ?? "", field === undefined ? "" : `${block} ${action}`].join("|");
}

function node(old, next) {
  if (!isElement(old)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.isEqualNode(next)) return;
  const told = old.dataset.held !== next.dataset.held;
  attributes(old, next);
  if (old.dataset.loaded !== undefined || old.dataset.own !== undefined || old.matches(".listbox:popover-open")) return;
  if (old.matches("input, textarea")) return field(old, next, told);
  if (old.matches(".combo") && told) delete old.dataset.chosen;
  children(old, next);
  if (old.matches(".options") && told) {
    for (const box of old.querySelectorAll("input")) box.checked = box.hasAttribute("checked");
  }
}

function attributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (!OWN.has(name) && !next.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (!OWN.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// The server's value wins only where it is news, and where nobody types just now.
function field(old, next, told) {
  if (told && document.activeElement !== old) old.value = next.value;
}
