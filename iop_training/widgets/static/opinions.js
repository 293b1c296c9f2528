// What somebody thinks of the lesson as a whole: a few questions, each of which may be left out.
import { make, uid } from "./dom.js";
import { createField } from "./field.js";
import { createPrivacyNote } from "./privacy_note.js";
import { tell } from "./restart.js";
import { createStatus } from "./status.js";

const NO_ANSWER = "No answer";
const FREE = "Each question may be left out. Nothing here is scored.";

// model: the review's. next: the way on, below the questions. Returns {node, handlers, stop}, or null where nothing is asked.
export function createOpinions(model, next) {
  const questions = model.get("questions");
  if (!questions.length) return null;
  const title = uid();
  const why = make("p", { class: "iop-note", hidden: true });
  const parts = questions.map((question) => createOpinion(model, question));
  const each = (act) => parts.forEach(act);
  const hear = (message) => {
    const { field } = parts.find(({ name }) => name === message.name) ?? {};
    if (message.type === "saved") field?.saved(message);
    if (message.type === "refused") field?.refused(message);
  };
  const block = () => {
    const sentence = model.get("blocked");
    why.textContent = sentence;
    why.hidden = !sentence;
    each(({ control, field }) => {
      control.disable(Boolean(sentence));
      if (!sentence) field.unblock();
    });
  };
  const takeUp = () => each(({ field }) => field.takeUp());
  block();
  takeUp();
  return {
    node: make("section", { class: "iop-card is-opinions", "aria-labelledby": title },
      make("h2", { id: title, class: "iop-title" }, "What do you think of this module?"),
      make("p", {}, model.get("reader")), make("p", { class: "iop-muted" }, FREE), why,
      ...parts.map(({ node }) => node), next),
    handlers: {
      "change:opinions": () => each(({ field }) => field.showStored()),
      "change:storage": takeUp,
      "change:blocked": block,
      "msg:custom": hear,
    },
    stop: () => each(({ field }) => field.stop()),
  };
}

function createOpinion(model, question) {
  const { name } = question;
  const control = question.answers.length ? opinionChoice(question) : opinionText(question);
  const field = createField({
    send: (message) => tell(model, { ...message, type: "opinion", name }),
    key: () => `${model.get("storage")}/opinions/${name}`,
    blocked: () => Boolean(model.get("blocked")),
    stored: () => model.get("opinions")[name],
    place: control.node,
    ...control,
  });
  control.onInput(() => field.input());
  return { name, control, field, node: control.node };
}

// The last button takes an answer back; it is chosen where there is none.
function opinionChoice({ text, answers }) {
  const group = uid();
  const status = createStatus("iop-status");
  const inputs = [...answers.map(([value]) => value), ""].map((value) => make("input", { type: "radio", name: group, value }));
  const words = [...answers.map(([, said]) => said), NO_ANSWER];
  const labels = inputs.map((input, n) => make("label", { class: input.value ? null : "iop-muted" }, input, words[n]));
  return {
    node: make("div", {}, make("fieldset", { class: "iop-stance" }, make("legend", {}, make("b", {}, text)), ...labels), ...status.nodes),
    status,
    // Arrow keys pass answers on the way to the one that is meant: it is sent after a pause.
    typed: true,
    onInput: (act) => inputs.forEach((input) => input.addEventListener("change", act)),
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    write: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
    disable: (disabled) => inputs.forEach((input) => { input.disabled = disabled; }),
  };
}

function opinionText({ text, longest }) {
  const ids = { box: uid(), help: uid() };
  const box = make("textarea", { id: ids.box, class: "iop-text", rows: 3, maxlength: longest, spellcheck: "true", "aria-describedby": ids.help });
  const status = createStatus("iop-status", () => box === document.activeElement);
  const node = make("div", { class: "iop-remark iop-stack" },
    make("label", { for: ids.box }, make("b", {}, text)),
    make("p", { id: ids.help, class: "iop-muted" }, `At most ${longest} characters.`), box);
  const privacy = createPrivacyNote(node);
  node.append(privacy.node, ...status.nodes);
  return {
    node,
    status,
    typed: true,
    onInput: (act) => box.addEventListener("input", act),
    read: () => box.value,
    write(value) {
      if (box.value !== value) box.value = value;
      privacy.update();
    },
    disable: (disabled) => { box.disabled = disabled; },
  };
}
