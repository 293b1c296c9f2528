// Lines that each get one place: a row of radio buttons under common headings or, with little room, with a name each.
import { button, make, prose, uid } from "./dom.js";
import { explainInput, unfilled } from "./feedback.js";

// entries, places: [{id, text}]. onChange(entry id, sentence): what was put where. Value: {entry id: place id}.
export function createPlaceGrid({ entries, places, onChange }) {
  const rows = entries.map((entry) => createPlaceRow(entry, places, onChange));
  // Every radio button has its name; the headings repeat them for the eye.
  const head = make("div", { class: "iop-grid-head", "aria-hidden": "true" },
    make("span", {}), ...places.map(({ text }) => make("span", {}, ...prose(text))), make("span", {}));
  return {
    node: make("div", { class: "iop-grid-frame", style: `--places: ${places.length}` }, head, ...rows.map((row) => row.node)),
    read: () => Object.fromEntries(rows.filter((row) => row.chosen()).map((row) => [row.id, row.chosen()])),
    cards: () => rows.map((row) => ({ id: row.id, text: row.text, place: row.chosen() })),
    write: (value) => rows.forEach((row) => row.choose(value?.[row.id] ?? null)),
    disable: (disabled) => rows.forEach((row) => { row.group.disabled = disabled; }),
    explain: (parts) => rows.forEach((row) => explainInput({ input: row.group, slot: row.slot }, unfilled(parts?.[row.id]))),
  };
}

function createPlaceRow({ id, text }, places, onChange) {
  const name = uid();
  const line = text.split(/\s+/).join(" ");
  const cells = places.map((place) => {
    const input = make("input", { type: "radio", name, value: place.id, on: {
      change() {
        mark();
        onChange(id, `${line}: ${place.text}.`);
      },
    } });
    return { id: place.id, input, node: make("label", { class: "iop-grid-cell" }, input, make("span", {}, ...prose(place.text))) };
  });
  const back = button("✕", () => {
    choose(null);
    // The button goes away with the choice; the focus stays in the line.
    cells[0].input.focus();
    onChange(id, `${line}: taken back.`);
  }, "is-quiet");
  back.setAttribute("aria-label", `Take back: ${line}`);
  back.title = "Take back";
  const group = make("fieldset", { class: "iop-grid-row" },
    make("legend", {}, ...prose(text)), ...cells.map((cell) => cell.node), make("span", { class: "iop-grid-back" }, back));
  const slot = make("div", { class: "iop-slot", id: uid() });

  const chosen = () => cells.find(({ input }) => input.checked)?.id ?? null;

  function mark() {
    cells.forEach(({ input, node }) => node.classList.toggle("is-chosen", input.checked));
    group.classList.toggle("is-chosen", chosen() !== null);
    back.hidden = chosen() === null;
  }

  function choose(placeId) {
    cells.forEach((cell) => { cell.input.checked = cell.id === placeId; });
    mark();
  }

  mark();
  return { id, text, group, slot, chosen, choose, node: make("div", { class: "iop-choice" }, group, slot) };
}
