// The page part of a question: what is on screen, without any of the saving.
import { button, make, plural } from "./dom.js";
import { createPrivacyNote } from "./privacy_note.js";
import { createStatus } from "./status.js";
import { summaryBox } from "./feedback.js";

// What holds in this program, below the reasons.
function localLines(feedback) {
  return (feedback?.local ?? []).map((line) => make("p", { class: "iop-local" }, line));
}

export function questionLabel({ use, number }) {
  return use === "graded" ? `Question ${number}` : `Practice ${number}`;
}

function numberLine(item) {
  const place = `${questionLabel(item)} of ${item.of}`;
  if (item.use !== "graded") return place;
  const points = plural(Number(item.points), "point");
  return item.optional ? `${place} · optional, may add up to ${points}` : `${place} · ${points}`;
}

// controls: what a kind's build() gave. remarks: what createRemarks() gave. onCheck: for practice questions with a check
// button.
export function createCard({ item, kind, controls, remarks, onCheck }) {
  const number = make("span", { class: "iop-number" }, numberLine(item));
  const why = make("p", { class: "iop-note", hidden: true });
  const legend = make("legend", {}, number, ...controls.legend);
  // tabindex -1: the lists of unanswered questions put the focus here.
  const group = make("fieldset", { id: `iop-${item.id}`, tabindex: "-1", class: "iop-group" }, legend, why, ...controls.body);
  const privacy = createPrivacyNote(group, item.stem);
  const status = createStatus("iop-status", () => kind.typed && group.contains(document.activeElement));
  const check = item.use === "formative" && kind.checkLabel ? button(kind.checkLabel, onCheck) : null;
  const checkStatus = createStatus("iop-muted");
  const summary = make("div", { class: "iop-slot", "aria-live": "polite" });
  const node = make("div", { class: "iop-card" }, group, privacy.node, ...status.nodes, remarks.stance, check, ...checkStatus.nodes, summary,
    remarks.objection);
  return {
    node,
    group,
    status,
    checkStatus,
    block(sentence) {
      controls.disable(Boolean(sentence));
      if (check) check.disabled = Boolean(sentence);
      why.textContent = sentence;
      why.hidden = !sentence;
    },
    // Returns whether feedback is on screen: it is hidden while it speaks of another answer.
    explain(feedback) {
      privacy.update();
      const current = feedback && controls.matches(feedback) ? feedback : null;
      const overall = controls.explain(current);
      summary.replaceChildren(...(overall ? [summaryBox(overall)] : []), ...localLines(current));
      return current !== null;
    },
  };
}
