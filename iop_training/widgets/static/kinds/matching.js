import { make, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout, unfilled } from "../feedback.js";

const SHOWN_LENGTH = 34;
const NOT_MATCHED = "— not chosen yet";

// Value: {prompt id: answer id} of what is matched. Answers stand above with letters, because a closed select cuts long texts.
export const matchingKind = {
  checkLabel: "Check my answer",
  blankText: "Choose an answer for at least one line first.",
  typed: false,
  build(item, onInput) {
    const answers = item.answers.map(({ id, text }, n) => ({ id, text, letter: "ABCDEFGH"[n] }));
    const spoken = make("span", { class: "iop-spoken", "aria-live": "polite" });
    const rows = item.prompts.map((prompt) => makePrompt(prompt, answers));
    // What stood where before somebody turned to a line: going through its select with the arrow keys passes answers of
    // other lines, which must get them back.
    let before = null;
    let last = {};

    const read = () => Object.fromEntries(rows.filter((row) => row.select.value).map((row) => [row.id, row.select.value]));
    const mark = () => rows.forEach((row) => row.mark(item.reuse ? {} : read()));

    function choose(row) {
      const chosen = row.select.value;
      const others = rows.filter((other) => other !== row);
      if (before?.row !== row) before = { row, stood: last };
      const from = item.reuse ? null : others.find((other) => chosen && before.stood[other.id] === chosen);
      if (!item.reuse) others.forEach((other) => { other.select.value = other === from ? "" : before.stood[other.id] ?? ""; });
      const { letter } = answers.find((answer) => answer.id === chosen) ?? {};
      spoken.textContent = from ? `${letter} moved here from: ${from.name}` : "";
      last = read();
      mark();
      onInput();
    }

    rows.forEach((row) => {
      row.select.addEventListener("focus", () => { before = { row, stood: read() }; });
      row.select.addEventListener("change", () => choose(row));
    });
    mark();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, hintFor(item))],
      body: [letterList(answers), ...rows.map((row) => row.node), spoken],
      read,
      isBlank: () => Object.keys(read()).length === 0,
      write(value) {
        if (isAbout({ value: value ?? {} }, read())) return;
        rows.forEach((row) => { row.select.value = value?.[row.id] ?? ""; });
        before = null;
        last = read();
        mark();
      },
      disable(disabled) {
        rows.forEach((row) => { row.select.disabled = disabled; });
      },
      explain(feedback) {
        rows.forEach((row) => explainInput({ input: row.select, slot: row.slot }, unfilled(feedback?.parts[row.id])));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

function hintFor({ reuse, answers, prompts }) {
  if (reuse) return "Choose one answer for each line. An answer may fit several.";
  const left = answers.length - prompts.length;
  if (left <= 0) return "Choose one answer for each line. Each fits one line.";
  return `Choose one answer for each line. Each fits one line at most, and ${left === 1 ? "one is" : "some are"} left over.`;
}

function letterList(answers) {
  return make("ul", { class: "iop-letters", "aria-label": "Answers" },
    ...answers.map(({ letter, text }) => make("li", {}, make("b", {}, letter), make("span", {}, ...prose(text)))));
}

function makePrompt({ id, text }, answers) {
  const selectId = uid();
  const options = answers.map((answer) => make("option", { value: answer.id }, shortened(answer)));
  const select = make("select", { id: selectId, class: "iop-text" }, make("option", { value: "" }, NOT_MATCHED), ...options);
  const whole = make("p", { class: "iop-muted" });
  const slot = make("div", { class: "iop-slot", id: uid() });
  const line = make("div", { class: "iop-placed is-match" }, make("label", { for: selectId }, ...prose(text)), select, whole);
  return {
    id,
    name: text.split(/\s+/).join(" "),
    select,
    slot,
    node: make("div", { class: "iop-choice" }, line, slot),
    // taken: {prompt id: answer id} where an answer fits only once
    mark(taken) {
      const chosen = answers.find((answer) => answer.id === select.value);
      line.classList.toggle("is-chosen", Boolean(chosen));
      whole.textContent = chosen ? `${chosen.letter}: ${chosen.text}` : "";
      whole.classList.toggle("is-repeated", Boolean(chosen) && !isCut(chosen));
      const elsewhere = Object.entries(taken).filter(([prompt]) => prompt !== id).map(([, answer]) => answer);
      options.forEach((option, n) => {
        option.textContent = shortened(answers[n]) + (elsewhere.includes(option.value) ? " (in use)" : "");
      });
    },
  };
}

function isCut({ text }) {
  return text.length > SHOWN_LENGTH;
}

function shortened({ letter, text }) {
  const flat = text.split(/\s+/).join(" ");
  return `${letter}: ${flat.length > SHOWN_LENGTH ? `${flat.slice(0, SHOWN_LENGTH).replace(/\s+\S*$/, "")} …` : flat}`;
}
