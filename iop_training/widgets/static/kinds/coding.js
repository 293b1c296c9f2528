import { createAgreement } from "../agreement.js";
import { make, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout, unfilled } from "../feedback.js";

const NOT_CODED = "— no code yet";

// Value: {line id: code id} of the lines that have a code. A line without an id is context.
export const codingKind = {
  checkLabel: "Check my codes",
  blankText: "Give at least one line a code first.",
  // Arrow keys pass codes on the way to the one that is meant: an answer is sent after a pause.
  typed: true,
  build(item, onInput) {
    const standing = make("p", { class: "iop-muted" });
    const agreement = createAgreement();
    const turns = item.transcript.map((turn) => (turn.id ? codedTurn(turn, item.codes, change) : contextTurn(turn)));
    const rows = turns.filter((turn) => turn.id);
    const coded = () => rows.filter((row) => row.select.value);
    const read = () => Object.fromEntries(coded().map((row) => [row.id, row.select.value]));

    function mark() {
      rows.forEach((row) => row.mark());
      standing.textContent = `${coded().length} of ${rows.length} lines have a code.`;
    }

    function change() {
      mark();
      onInput();
    }

    mark();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, "Choose one code for each line that has a list.")],
      body: [codebook(item.codes), make("ol", { class: "iop-transcript" }, ...turns.map((turn) => turn.node)), standing, agreement.node],
      read,
      isBlank: () => coded().length === 0,
      write(value) {
        rows.forEach((row) => row.write(value?.[row.id] ?? ""));
        mark();
      },
      disable(disabled) {
        rows.forEach((row) => { row.select.disabled = disabled; });
      },
      explain(feedback) {
        rows.forEach((row) => explainInput({ input: row.select, slot: row.slot }, unfilled(feedback?.parts[row.id])));
        agreement.show(feedback?.more);
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

function codebook(codes) {
  return make("details", { class: "iop-details", open: true },
    make("summary", {}, "The codes"),
    make("dl", { class: "iop-codebook" }, ...codes.map(({ text, about }) => make("div", {},
      make("dt", {}, ...prose(text)), make("dd", {}, ...prose(about))))));
}

function contextTurn({ by, text }) {
  return { id: "", node: make("li", { class: "is-context" }, make("div", { class: "iop-turn" }, spokenWords(by, text))) };
}

function codedTurn({ id, by, text }, codes, onChange) {
  const ids = { said: uid(), label: uid(), select: uid() };
  const select = make("select", { id: ids.select, class: "iop-text", "aria-labelledby": `${ids.label} ${ids.said}`, on: { change: onChange } },
    make("option", { value: "" }, NOT_CODED),
    ...codes.map((code) => make("option", { value: code.id }, code.text.split(/\s+/).join(" "))));
  const meaning = make("p", { class: "iop-muted" });
  const slot = make("div", { class: "iop-slot", id: uid() });
  const box = make("div", { class: "iop-turn iop-placed" },
    make("div", { id: ids.said }, ...spokenWords(by, text).childNodes),
    make("label", { class: "iop-line-code" }, make("span", { id: ids.label, class: "iop-muted" }, "Code"), select),
    meaning);
  return {
    id,
    select,
    slot,
    node: make("li", {}, make("div", { class: "iop-choice" }, box, slot)),
    // The codebook is far away, and a narrow select cuts names: what is chosen stands here whole.
    mark() {
      const code = codes.find((one) => one.id === select.value);
      box.classList.toggle("is-chosen", Boolean(code));
      meaning.textContent = code ? `${code.text}: ${code.about}` : "";
    },
    // Writing the same again would close an open list.
    write(code) {
      if (select.value !== code) select.value = code;
    },
  };
}

function spokenWords(by, text) {
  return make("div", {}, make("b", { class: "iop-by" }, `${by}:`), " ", ...prose(text));
}
