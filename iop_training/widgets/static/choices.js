// The options of a choice question as native radio buttons or checkboxes in one group.
import { make, prose, stem, uid } from "./dom.js";
import { explainInput } from "./feedback.js";

// type: "radio" | "checkbox". announce: whether an option's feedback is spoken by itself when it appears.
export function buildChoices({ item, type, hint, onInput, announce }) {
  const name = uid();
  const rows = item.options.map((option) => makeRow({ option, type, name, announce }));
  const mark = () => rows.forEach((row) => row.label.classList.toggle("is-chosen", row.input.checked));
  rows.forEach((row) => row.input.addEventListener("change", () => {
    mark();
    onInput();
  }));
  return {
    legend: [...stem(item.stem), hint ? make("span", { class: "iop-hint" }, hint) : null],
    body: rows.map((row) => row.node),
    read: () => rows.filter((row) => row.input.checked).map((row) => row.id),
    write(ids) {
      rows.forEach((row) => { row.input.checked = ids.includes(row.id); });
      mark();
    },
    disable(disabled) {
      rows.forEach((row) => { row.input.disabled = disabled; });
    },
    // entries: {option id: entry} or null
    explain(entries, sources) {
      rows.forEach((row) => explainInput(row, entries?.[row.id], sources));
    },
  };
}

function makeRow({ option, type, name, announce }) {
  const input = make("input", { type, name, value: option.id });
  const label = make("label", { class: "iop-option" }, input, make("span", {}, ...prose(option.text)));
  const slot = make("div", { class: "iop-slot", id: uid(), "aria-live": announce ? "polite" : null });
  return { id: option.id, input, label, slot, node: make("div", { class: "iop-choice" }, label, slot) };
}
