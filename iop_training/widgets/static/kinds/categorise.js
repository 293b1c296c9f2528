import { button, make, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout, unfilled } from "../feedback.js";

// Value: {entry id: category id} of what has a category.
export const categoriseKind = {
  checkLabel: "Check my answer",
  blankText: "Choose a category for at least one line first.",
  typed: false,
  build(item, onInput) {
    const rows = item.entries.map((entry) => makeEntry(entry, item.categories, onInput));
    const read = () => Object.fromEntries(rows.filter((row) => row.chosen()).map((row) => [row.id, row.chosen()]));
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, "Choose one category for each line.")],
      body: rows.map((row) => row.node),
      read,
      isBlank: () => Object.keys(read()).length === 0,
      write(value) {
        rows.forEach((row) => row.choose(value?.[row.id] ?? null));
      },
      disable(disabled) {
        rows.forEach((row) => { row.group.disabled = disabled; });
      },
      explain(feedback) {
        rows.forEach((row) => explainInput({ input: row.group, slot: row.slot }, unfilled(feedback?.parts[row.id])));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

function makeEntry({ id, text }, categories, onInput) {
  const name = uid();
  const segments = categories.map((category) => makeSegment(category, name, () => change()));
  const back = button("Take back", () => {
    choose(null);
    // The button goes away with the choice; the focus stays in the line.
    segments[0].input.focus();
    onInput();
  }, "is-quiet");
  back.setAttribute("aria-label", `Take back: ${text.split(/\s+/).join(" ")}`);
  const group = make("fieldset", { class: "iop-placed" },
    make("legend", {}, ...prose(text)),
    make("div", { class: "iop-segments" }, ...segments.map((segment) => segment.node), back));
  const slot = make("div", { class: "iop-slot", id: uid() });

  const chosen = () => segments.find((segment) => segment.input.checked)?.id ?? null;

  function mark() {
    segments.forEach((segment) => segment.node.classList.toggle("is-chosen", segment.input.checked));
    group.classList.toggle("is-chosen", chosen() !== null);
    back.hidden = chosen() === null;
  }

  function change() {
    mark();
    onInput();
  }

  function choose(categoryId) {
    segments.forEach((segment) => { segment.input.checked = segment.id === categoryId; });
    mark();
  }

  mark();
  return { id, group, slot, chosen, choose, node: make("div", { class: "iop-choice" }, group, slot) };
}

function makeSegment({ id, text }, name, onChange) {
  const input = make("input", { type: "radio", name, value: id, on: { change: onChange } });
  return { id, input, node: make("label", { class: "iop-option" }, input, make("span", {}, ...prose(text))) };
}
