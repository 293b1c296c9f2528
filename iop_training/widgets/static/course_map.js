// The whole course as a list of pages to open.
import { listen, make, mount, plural } from "./dom.js";
import { isHere, pageLink } from "./page_link.js";
import { tell } from "./restart.js";
import { dateText } from "./server.js";

function standing({ answered, total, begun, handed_in: handedIn }) {
  if (handedIn) return `Handed in ${dateText(handedIn)}`;
  if (!total) return "";
  if (!answered) return begun ? "Begun" : "Not started";
  if (total === 1) return "Done";
  return answered === total ? `All ${total} answered` : `${answered} of ${total} answered`;
}

function stateClass({ answered, total, begun, handed_in: handedIn }) {
  if (handedIn || (total && answered === total)) return "iop-chip is-done";
  return begun ? "iop-chip is-begun" : "iop-chip";
}

function card(entry) {
  const kind = entry.kind.charAt(0).toUpperCase() + entry.kind.slice(1);
  const here = isHere(entry.path);
  const facts = [kind, entry.minutes ? plural(entry.minutes, "minute") : "", here ? "you are here" : ""];
  const link = pageLink({ path: entry.path, text: entry.title });
  const state = standing(entry);
  return make("li", { class: "iop-entry" },
    make("div", {}, make("p", { class: "iop-eyebrow" }, facts.filter(Boolean).join(" · ")), link,
      entry.note ? make("p", { class: "iop-entry-note" }, entry.note) : null),
    state ? make("span", { class: stateClass(entry) }, state) : null);
}

function render({ model, el }) {
  const unmount = mount(el);
  // tabindex -1: the button "Course map" puts the focus here.
  const list = make("ol", { class: "iop-pages", role: "list", "aria-label": "Course map", tabindex: "-1" });
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
