// From a list of unanswered questions to the question.
import { button, make, scrollIntoSight } from "./dom.js";

// Returns whether the question was found (or somebody promised to bring it).
export function jumpTo(id) {
  const target = document.getElementById(`iop-${id}`);
  if (!target) {
    // JupyterLab can be set to drop cells outside the screen: an extension may scroll there for us.
    return !window.dispatchEvent(new CustomEvent("iop:jump", { cancelable: true, detail: { id } }));
  }
  scrollIntoSight(target, "start");
  target.focus({ preventScroll: true });
  return true;
}

// entries: [{id, label}]
export function jumpList(entries, attributes = {}) {
  const note = make("p", { class: "iop-muted", role: "status" });
  const jump = ({ id, label }) => {
    note.textContent = jumpTo(id) ? "" : `${label} is not on the screen yet. Scroll through the page to reach it.`;
  };
  const items = entries.map((entry) => make("li", {}, button(entry.label, () => jump(entry), "is-jump")));
  return make("div", attributes, make("ul", { class: "iop-jumps" }, ...items), note);
}
