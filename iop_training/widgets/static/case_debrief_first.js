// Step 1, before anybody else says anything: what worked, what to take back, one line in own words.
import { make, uid } from "./dom.js";
import { shortQuote } from "./case_debrief_parts.js";
import { createPrivacyNote } from "./privacy_note.js";

const PICKS = [["worked", "Worked"], ["back", "Take back"]];
const STILL_OPEN = { worked: "the turn that worked", back: "the turn to take back", line: "one line in your words" };
const LONGEST_LINE = 300;

export function buildFirst({ data, notes, tap, type }) {
  const line = ownLineBox(type);
  const table = pickTable(data.turns, tap);
  const node = make("div", { class: "iop-stack" },
    make("p", {}, "Your own look comes first. Which turn worked, and which one would you take back?"),
    table.node, ...line.nodes);
  const privacy = createPrivacyNote(node, JSON.stringify(data.turns));
  node.append(privacy.node);
  return {
    nodes: [node],
    update() {
      table.show(notes());
      line.show(notes());
      privacy.update();
    },
    // What is still to do here, as a sentence; "" when all is done.
    missing() {
      const left = Object.keys(STILL_OPEN).filter((name) => !notes()[name] || !String(notes()[name]).trim());
      return left.length ? `Still open: ${left.map((name) => STILL_OPEN[name]).join(", ")}. You can also skip this.` : "";
    },
  };
}

// One row a turn with two columns to tap, each column a choice of its own.
function pickTable(turns, tap) {
  const groups = PICKS.map(([name, words]) => ({ name, words, id: uid(), group: uid() }));
  const inputs = [];
  const cell = (turn, row, { name, words, id, group }) => {
    const input = make("input", { type: "radio", name: group, "aria-labelledby": `${id} ${row}`, on: { change: () => tap({ [name]: turn }) } });
    inputs.push({ name, turn, input });
    return make("td", {}, make("label", { class: "iop-pick" }, input, make("span", { class: "iop-pick-word", "aria-hidden": "true" }, words)));
  };
  const row = ({ turn, line }) => {
    const id = uid();
    return make("tr", {}, make("th", { scope: "row", id }, make("span", { class: "iop-turn-number" }, `Turn ${turn}`), " ", shortQuote(line.text)),
      ...groups.map((group) => cell(turn, id, group)));
  };
  const head = make("tr", {}, make("td"), ...groups.map(({ words, id }) => make("th", { scope: "col", id }, words)));
  return {
    node: make("table", { class: "iop-picks" }, make("caption", { class: "iop-spoken" }, "Your turns"), make("thead", {}, head),
      make("tbody", {}, ...turns.map(row))),
    show(notes) {
      for (const { name, turn, input } of inputs) input.checked = notes[name] === turn;
    },
  };
}

function ownLineBox(type) {
  const id = uid();
  const box = make("input", { id, type: "text", class: "iop-text", maxlength: LONGEST_LINE, autocomplete: "off", on: { input: () => type({ line: box.value }) } });
  return {
    nodes: [make("label", { for: id, class: "iop-asked" }, "In one line, in your words: what do you take from this session?"), box],
    show(notes) {
      // Writing the same text again would move the cursor of somebody who is typing.
      if (box.value !== notes.line) box.value = notes.line;
    },
  };
}
