// What goes with an answer and earns nothing: whether one would act on it alone, and what is off with the question.
import { button, make, uid } from "./dom.js";
import { createField } from "./field.js";
import { createPrivacyNote } from "./privacy_note.js";
import { createStatus } from "./status.js";
import { tell } from "./restart.js";

const STANCE = "Would you act on this alone, check first, or ask?";
const UNSCORED = "No points hang on this.";
const OFF = "Something is off with this question";

// model: the question's. onPending(): something began or ended to be on its way to the disk.
export function createRemarks(model, item, onPending) {
  const stances = Object.entries(item.stances);
  const parts = { ...(stances.length ? { stance: stancePart(stances) } : {}), objection: objectionPart(model, item.stem) };
  const remarks = Object.entries(parts).map(([name, part]) => ({ name, part, field: createRemark({ model, item, name, part, onPending }) }));
  const each = (act) => remarks.forEach(({ field }) => act(field));
  return {
    stance: parts.stance?.node ?? null,
    objection: parts.objection.node,
    get pending() {
      return remarks.some(({ field }) => field.pending);
    },
    takeUp: () => each((field) => field.takeUp()),
    showStored: () => each((field) => field.showStored()),
    flush: () => each((field) => field.flush()),
    stop: () => each((field) => field.stop()),
    block(sentence) {
      remarks.forEach(({ part }) => part.disable(Boolean(sentence)));
      if (!sentence) each((field) => field.unblock());
    },
    hear(message) {
      const { field } = remarks.find(({ name }) => name === message.name) ?? {};
      if (message.type === "remark_saved") field?.saved(message);
      if (message.type === "remark_refused") field?.refused(message);
    },
  };
}

function createRemark({ model, item, name, part, onPending }) {
  const field = createField({
    send: (message) => tell(model, { ...message, type: "remark", name }),
    key: () => `${model.get("storage")}/${item.id}/${name}`,
    blocked: () => Boolean(model.get("blocked")),
    stored: () => model.get("remarks")[name],
    place: part.node,
    onPending,
    ...part,
  });
  part.onInput(() => field.input());
  return field;
}

// stances: [[id, words]]
function stancePart(stances) {
  const name = uid();
  const status = createStatus("iop-status");
  const inputs = stances.map(([value]) => make("input", { type: "radio", name, value }));
  const labels = stances.map(([, words], n) => make("label", {}, inputs[n], words));
  const legend = make("legend", {}, STANCE, make("span", { class: "iop-hint" }, UNSCORED));
  const node = make("div", {}, make("fieldset", { class: "iop-stance" }, legend, ...labels), ...status.nodes);
  return {
    node,
    status,
    typed: false,
    onInput: (act) => inputs.forEach((input) => input.addEventListener("change", act)),
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    write: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
    disable: (disabled) => inputs.forEach((input) => { input.disabled = disabled; }),
  };
}

// known: the question, whose names are fictional.
function objectionPart(model, known) {
  const ids = { box: uid(), help: uid(), part: uid() };
  const text = make("textarea", { id: ids.box, class: "iop-text", rows: 3, spellcheck: "true", "aria-describedby": ids.help });
  const status = createStatus("iop-status", () => text === document.activeElement);
  const help = make("p", { id: ids.help, class: "iop-muted" }, `${model.get("reader")} It does not change your score.`);
  const label = make("label", { for: ids.box }, make("b", {}, "What is off?"));
  const inside = make("div", { id: ids.part, class: "iop-stack", hidden: true }, label, help, text);
  const privacy = createPrivacyNote(inside, known);
  inside.append(privacy.node, ...status.nodes);
  const open = (isOpen) => {
    inside.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  const toggle = button(OFF, () => {
    open(inside.hidden);
    if (!inside.hidden) text.focus();
  }, "is-quiet");
  toggle.setAttribute("aria-controls", ids.part);
  open(false);
  return {
    node: make("div", { class: "iop-remark" }, toggle, inside),
    status,
    typed: true,
    onInput: (act) => text.addEventListener("input", act),
    read: () => text.value,
    write(value) {
      if (text.value !== value) text.value = value;
      if (value) open(true);
      privacy.update();
    },
    disable: (disabled) => { text.disabled = disabled; },
  };
}

// columns: [{label, count}]; nothing where no stance was chosen. The numbers say all that the columns show.
export function stanceChart(title, columns) {
  if (!columns.length) return null;
  const most = Math.max(...columns.map(({ count }) => count));
  const entries = columns.map(({ label, count }) => make("li", {},
    make("span", { class: "iop-column", style: `--iop-share: ${Math.round((100 * count) / most)}%`, "aria-hidden": "true" }),
    make("b", {}, `${count} `), make("span", {}, label)));
  return make("div", { class: "iop-stack" }, make("b", {}, title), make("ul", { class: "iop-stances" }, ...entries));
}
