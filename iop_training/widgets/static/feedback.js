// The boxes that tell why: shared by all kinds. Words carry the meaning, color only repeats it.
import { make, prose } from "./dom.js";

const VERDICTS = {
  right: { words: "Yes", tone: "is-ok" },
  partly: { words: "Partly", tone: "is-not-yet" },
  close: { words: "Close", tone: "is-not-yet" },
  not_yet: { words: "Not yet", tone: "is-not-yet" },
  compare: { words: "One good answer", tone: "is-ok" },
};

// tone: "is-ok" | "is-not-yet" | "is-harm" | ""
export function whyBox({ tone, title, text = "", sources = [] }) {
  return make("div", { class: `iop-why ${tone}`.trim() }, title ? make("b", {}, title) : null, ...prose(text), sourceLine(sources));
}

function sourceLine(sources) {
  if (!sources?.length) return null;
  return make("span", { class: "iop-source" }, `${sources.length === 1 ? "Source" : "Sources"}: ${sources.join(" ")}`);
}

// The box for one part; entry: {label, answer, chosen, right, harm, title, text}. A reason without a verdict stays quiet.
export function partBox({ chosen, right, harm, title, text }, sources = []) {
  const agrees = chosen === right ? "is-ok" : "is-not-yet";
  const tone = title ? agrees : "";
  return whyBox({ tone: harm ? "is-harm" : tone, title, text, sources });
}

// Shows (or, without an entry, takes away) the box in `slot` that explains what `input` holds.
export function explainInput({ input, slot }, entry, sources) {
  slot.replaceChildren(...(entry ? [partBox(entry, sources)] : []));
  if (entry) input.setAttribute("aria-describedby", slot.id);
  else input.removeAttribute("aria-describedby");
}

// A part that nothing was chosen for yet: that, and no reason before somebody has tried.
export function unfilled(entry) {
  return entry && !entry.chosen ? { ...entry, text: "" } : entry;
}

// Whether feedback speaks of this answer (the person may have changed it meanwhile). Objects may name their keys in any
// order; a list has to be in the kernel's.
export function isAbout(feedback, value) {
  return canonical(feedback.value) === canonical(value);
}

function canonical(value) {
  return JSON.stringify(value, (_, inner) => (isPlain(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner));
}

function isPlain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// The box for the whole answer: the verdict, the message, one good answer, the sources.
export function summaryBox({ verdict, message, model_answer: modelAnswer, sources }) {
  const { words, tone } = VERDICTS[verdict];
  const repeated = (message ?? "").toLowerCase().startsWith(words.toLowerCase());
  const text = [message, modelAnswer].filter(Boolean).join("\n\n");
  return whyBox({ tone, title: repeated ? "" : words, text, sources });
}
