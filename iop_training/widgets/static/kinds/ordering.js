import { createArrows } from "../arrows.js";
import { button, make, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout, partBox } from "../feedback.js";

const MOVE_HINT = "Move a line with its buttons, with the arrow keys, or by dragging it.";
const KEEP_ORDER = "This order is right";
const ORDER_KEPT = "This order is your answer";
const ORDER_UNTOUCHED = "As long as you move nothing, choose “This order is right” to give this order as your answer.";

// Value: all step ids in order, or [] while nobody has moved a line or said that the order is right.
export const orderingKind = {
  checkLabel: "Check my answer",
  blankText: "Move a line first, or choose “This order is right”.",
  typed: false,
  build(item, onInput) {
    const start = item.steps.map((step) => step.id);
    const spoken = make("span", { class: "iop-spoken", "aria-live": "polite" });
    const list = make("ol", { class: "iop-options is-numbered" });
    const hint = make("span", { class: "iop-hint" });
    const dangers = make("div", { class: "iop-slot iop-stack" });
    const keep = button(KEEP_ORDER, () => {
      if (given || off) return;
      commit("This order is your answer.");
    });
    const lines = new Map(item.steps.map((step) => [step.id, makeLine(step, (by) => move(step.id, by), drag(step.id))]));
    let given = false;
    let off = false;

    const order = () => [...list.children].map((node) => node.dataset.step);

    function commit(said) {
      given = true;
      spoken.textContent = said;
      mark();
      onInput();
    }

    function mark() {
      const ids = order();
      ids.forEach((id, n) => lines.get(id).mark({ first: n === 0, last: n === ids.length - 1 }));
      hint.textContent = given ? MOVE_HINT : `${MOVE_HINT} ${ORDER_UNTOUCHED}`;
      keep.textContent = given ? ORDER_KEPT : KEEP_ORDER;
      keep.setAttribute("aria-disabled", String(given));
    }

    function moved(id) {
      return `${lines.get(id).name} moved to ${order().indexOf(id) + 1} of ${start.length}`;
    }

    // The neighbor goes round the line, so that the line stays in the page and keeps the focus.
    function move(id, by) {
      const { node } = lines.get(id);
      const neighbor = by < 0 ? node.previousElementSibling : node.nextElementSibling;
      if (off || !neighbor) return;
      list.insertBefore(neighbor, by < 0 ? node.nextElementSibling : node);
      commit(moved(id));
    }

    // By mouse: a line goes where it is dragged over; let go elsewhere, it goes back.
    function drag(id) {
      let before = null;
      return {
        dragstart(event) {
          before = order();
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", lines.get(id).name);
          lines.get(id).node.classList.add("is-dragged");
        },
        dragover(event) {
          const dragged = list.querySelector(".is-dragged");
          if (!dragged) return;
          event.preventDefault();
          const { node } = lines.get(id);
          const box = node.getBoundingClientRect();
          if (dragged !== node) node[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
        },
        drop: (event) => event.preventDefault(),
        dragend(event) {
          lines.get(id).node.classList.remove("is-dragged");
          if (event.dataTransfer.dropEffect === "none") arrange(before);
          else if (order().join() !== before.join()) commit(moved(id));
        },
      };
    }

    function arrange(ids) {
      if (order().join() !== ids.join()) list.replaceChildren(...ids.map((id) => lines.get(id).node));
      mark();
    }

    arrange(start);
    return {
      legend: [...stem(item.stem), hint],
      body: [list, dangers, make("div", {}, keep), spoken],
      read: () => (given ? order() : []),
      isBlank: () => !given,
      write(value) {
        given = Boolean(value?.length);
        arrange(given ? value : start);
      },
      disable(disabled) {
        off = disabled;
        keep.disabled = disabled;
        lines.forEach((line) => line.disable(disabled));
      },
      explain(feedback) {
        const parts = { ...feedback?.parts };
        lines.forEach((line, id) => {
          line.explain(parts[id]);
          delete parts[id];
        });
        dangers.replaceChildren(...Object.values(parts).map((part) => partBox({ ...part, title: part.label })));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, given ? order() : []),
    };
  },
};

// on: the handlers for dragging. move(by): -1 for up, 1 for down.
function makeLine({ id, text }, move, on) {
  const name = text.split(/\s+/).join(" ");
  const arrows = createArrows(name, move);
  const slot = make("div", { class: "iop-slot", id: uid() });
  const line = make("div", { class: "iop-placed is-line" },
    make("span", { class: "iop-grow" }, ...prose(text)),
    make("span", { class: "iop-arrows" }, arrows.up, arrows.down));
  const node = make("li", { class: "iop-choice", "data-step": id, draggable: "true", on }, line, slot);
  node.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(by);
  });
  return {
    name,
    node,
    mark: arrows.mark,
    disable(disabled) {
      arrows.disable(disabled);
      node.draggable = !disabled;
    },
    explain: (entry) => explainInput({ input: arrows.up, slot }, entry),
  };
}
