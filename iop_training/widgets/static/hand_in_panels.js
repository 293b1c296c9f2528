// What the hand-in widget shows at each step. Every function returns nodes; the steps themselves are in hand_in.js.
import { alertBox, button, make, plural } from "./dom.js";
import { jumpList } from "./jump.js";
import { nextLink } from "./page_link.js";
import { fileToSend, receiptList } from "./receipt.js";
import { stanceChart } from "./remarks.js";
import { notRunning } from "./restart.js";

export function readyPanel(model, handIn) {
  if (!model.get("trainee")) return [make("p", { class: "iop-note" }, "Choose your id at the top of this page first.")];
  const facts = `${model.get("answered")} of ${model.get("total")} answered. You hand in as `;
  return [
    make("p", {}, facts, make("b", {}, model.get("trainee")), "."),
    objectionList(model),
    button(model.get("stage") === "failed" ? "Try again" : "Hand in", handIn, "is-main"),
  ];
}

// What failed may also be a later hand-in, or looking for feedback: the earlier receipt still counts.
export function failedPanel(model, handIn) {
  const rest = model.get("receipt") ? donePanel : readyPanel;
  return [alertBox(model.get("message")), ...rest(model, handIn)];
}

export function confirmPanel(model, { goOn, goBack }) {
  const unanswered = model.get("unanswered");
  const count = plural(unanswered.length, "question is", "questions are");
  return [
    make("p", {}, make("b", {}, `${count} still unanswered.`)),
    jumpList(unanswered),
    make("div", { class: "iop-row" }, button("Hand in anyway", goOn, "is-main"), button("Go back", goBack)),
  ];
}

// ids: the items whose answers are not saved yet. late: whether this has taken longer than saving ever takes.
export function waitingPanel({ ids, late, cancel }) {
  const entries = ids.map((id) => ({ id, label: labelOf(id) }));
  return [
    make("p", { role: "status" }, `Waiting for ${plural(ids.length, "answer")} to be saved ...`),
    late ? notRunning("This takes longer than it should: perhaps the page is not running. Nothing is handed in yet.") : null,
    late ? jumpList(entries) : null,
    button("Cancel", cancel),
  ];
}

function labelOf(id) {
  return document.querySelector(`[data-iop-item="${CSS.escape(id)}"]`)?.dataset.iopLabel ?? id;
}

// text: what the kernel says it is doing; "" for handing in.
export function workingPanel({ text = "", noReply = false }) {
  return [
    make("p", { role: "status" }, text || "Handing in ... this takes a few seconds"),
    make("progress", { class: "iop-meter", "aria-label": text || "Handing in" }),
    noReply ? notRunning("No reply yet: the page is not running. Nothing is handed in yet.") : null,
  ];
}

export function donePanel(model, handIn) {
  const receipt = model.get("receipt");
  const changed = model.get("changed_since");
  return [
    make("p", { class: "iop-done" }, "Your answers are handed in."),
    receipt ? receiptList(receipt) : null,
    receipt ? fileToSend(receipt) : null,
    objectionList(model),
    stanceChart("How you would act on your answers", model.get("stances")),
    changed ? make("p", { class: "iop-flag" }, changedText(changed)) : null,
    waysOn(model, handIn),
  ];
}

// What is to be done next comes first.
function waysOn(model, handIn) {
  const changed = model.get("changed_since");
  const again = button("Hand in again", handIn, changed ? "is-main" : "is-quiet");
  const next = nextLink(model, changed ? "" : "is-main");
  return make("div", { class: "iop-row" }, ...(changed ? [again, next] : [next, again]));
}

// What somebody finds off goes with the answers, also from the lesson: everything that is sent is shown.
function objectionList(model) {
  const objections = model.get("objections");
  if (!objections.length) return null;
  const entries = objections.map(({ label, text }) => make("li", {}, make("b", {}, `${label}${/[?.]$/.test(label) ? "" : ":"} `), text));
  return make("details", { class: "iop-details", open: true },
    make("summary", {}, `${plural(objections.length, "remark")} on questions and on the lesson, for your supervisor to read with your answers`),
    make("ul", {}, ...entries),
    make("p", { class: "iop-muted" }, "To leave one out, empty its box; at the end of the lesson choose “No answer”."));
}

function changedText(count) {
  return `You changed ${plural(count, "answer or remark", "answers or remarks")} since. Hand in again to send ${count === 1 ? "it" : "them"}.`;
}
