// "13 of 21 answered", a bar, and the way to what is missing: shared by header and review.
import { button, make, uid } from "./dom.js";
import { jumpList } from "./jump.js";

export function progressText(model) {
  const id = uid();
  const total = model.get("total");
  const bar = make("progress", { class: "iop-meter", max: Math.max(total, 1), value: model.get("answered"), "aria-labelledby": id });
  const text = make("p", { class: "iop-count", id }, ...(total === 1 ? [whole(model)] : counted(model, total)));
  return { text, bar };
}

function counted(model, total) {
  return [make("b", {}, `${model.get("answered")} of ${total}`), " answered"];
}

// A page with one thing on it, such as a session with a client, has nothing to count and to find.
function whole(model) {
  return model.get("answered") ? "Finished" : "Not finished yet";
}

// A button that opens the list of unanswered questions. `open` is remembered by the caller across redraws.
export function unansweredList(model, state) {
  const entries = model.get("unanswered");
  if (model.get("total") <= 1) return null;
  if (!entries.length) return make("p", { class: "iop-done" }, "Every question is answered.");
  const list = jumpList(entries, { id: uid(), hidden: !state.open });
  const toggle = button("", () => {
    state.open = list.hidden;
    list.hidden = !state.open;
    label();
  });
  // The name tells what a press does; aria-expanded beside it would say the state twice.
  const label = () => { toggle.textContent = `${state.open ? "Hide" : "Show"} what is unanswered (${entries.length})`; };
  label();
  toggle.dataset.name = "unanswered";
  toggle.setAttribute("aria-controls", list.id);
  return make("div", { class: "iop-stack" }, toggle, list);
}
