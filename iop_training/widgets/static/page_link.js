// Links to other pages of the course.
import { make } from "./dom.js";
import { labUrl } from "./server.js";

export function pageLink({ path, text, look = null }) {
  return make("a", { class: look, href: labUrl(path), on: { click: (event) => openInLab(event, path) } }, text);
}

// Whether the window shows the page at `path`.
export function isHere(path) {
  return decodeURIComponent(window.location.pathname).endsWith(`/tree/${path}`);
}

// The way on from the end of a page; null after the last page of the course.
export function nextLink(model, look = "is-main") {
  const next = model.get("next_page");
  return next && pageLink({ path: next.path, text: `Next: ${next.title}`, look: `iop-button ${look}`.trim() });
}

function openInLab(event, path) {
  // With a modifier key the person asked the browser for a new tab or window.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const handled = !window.dispatchEvent(new CustomEvent("iop:open", { cancelable: true, detail: { path } }));
  if (handled) event.preventDefault();
}
