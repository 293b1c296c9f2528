// The whole course as a list of pages to open.
import { listen, make, mount, plural } from "./dom.js";
import { tell } from "./restart.js";
import { dateText, labUrl } from "./server.js";

function standing({ answered, total, handed_in: handedIn }) {
  if (handedIn) return `Handed in ${dateText(handedIn)}`;
  if (!total) return "";
  if (!answered) return "Not started";
  return answered === total ? `All ${total} answered` : `${answered} of ${total} answered`;
}

function stateClass({ answered, total, handed_in: handedIn }) {
  if (handedIn || (total && answered === total)) return "iop-chip is-done";
  return answered ? "iop-chip is-begun" : "iop-chip";
}

function openInLab(event, path) {
  // With a modifier key the person asked the browser for a new tab or window.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const handled = !window.dispatchEvent(new CustomEvent("iop:open", { cancelable: true, detail: { path } }));
  if (handled) event.preventDefault();
}

function card(entry) {
  const kind = entry.kind.charAt(0).toUpperCase() + entry.kind.slice(1);
  const facts = [kind, entry.minutes ? plural(entry.minutes, "minute") : ""].filter(Boolean).join(" · ");
  const link = make("a", { href: labUrl(entry.path), on: { click: (event) => openInLab(event, entry.path) } }, entry.title);
  const state = standing(entry);
  return make("li", { class: "iop-entry" },
    make("div", {}, make("p", { class: "iop-eyebrow" }, facts), link),
    state ? make("span", { class: stateClass(entry) }, state) : null);
}

function render({ model, el }) {
  const unmount = mount(el);
  const list = make("ol", { class: "iop-pages", role: "list" });
  el.replaceChildren(list);
  const draw = () => list.replaceChildren(...model.get("entries").map(card));
  const unlisten = listen(model, { "change:entries": draw });
  draw();
  // Another page or window may have changed something while this one was out of sight.
  const refresh = () => tell(model, { type: "refresh" });
  const seen = new IntersectionObserver(([entry]) => entry.isIntersecting && refresh());
  seen.observe(el);
  window.addEventListener("focus", refresh);
  return () => {
    seen.disconnect();
    window.removeEventListener("focus", refresh);
    unlisten();
    unmount();
  };
}

export default { render };
