// Step 5: how the goal that was brought along went, and one goal for the next case.
import { make, plural, uid } from "./dom.js";
import { createPrivacyNote } from "./privacy_note.js";

const GOAL_MET = [["yes", "Yes"], ["partly", "Partly"], ["not_yet", "Not yet"]];
const LONGEST_GOAL = 300;

export function buildGoal({ data, earlier, notes, tap, type }) {
  const before = earlier ? earlierGoal(earlier, tap) : null;
  const next = nextGoal(data, tap, type);
  return {
    nodes: [before?.node, next.node].filter(Boolean),
    update() {
      before?.show(notes());
      next.show(notes());
    },
  };
}

function earlierGoal({ text, case: title, count_then: then, count_now: now }, tap) {
  const name = uid();
  const inputs = GOAL_MET.map(([value]) => make("input", { type: "radio", name, value, on: { change: () => tap({ goal_met: value }) } }));
  const labels = GOAL_MET.map(([, words], n) => make("label", {}, inputs[n], words));
  return {
    node: make("section", { class: "iop-note iop-stack is-tight", "aria-label": "The goal you brought along" },
      make("p", {}, make("b", {}, "The goal you brought along: "), text),
      make("p", { class: "iop-muted" }, `From ${title}.${goalCounts(then, now)}`),
      make("fieldset", { class: "iop-stance" }, make("legend", {}, "Did it happen this time?"), ...labels)),
    show: ({ goal_met: met }) => inputs.forEach((input) => { input.checked = input.value === met; }),
  };
}

function goalCounts(then, now) {
  if (now === null) return "";
  const here = `${plural(now, "such line")} this time`;
  return then === null ? ` ${here}.` : ` ${plural(then, "such line")} then, ${here}.`;
}

function nextGoal({ goals }, tap, type) {
  const name = uid();
  const help = uid();
  const box = make("input", { type: "text", class: "iop-text", maxlength: LONGEST_GOAL, autocomplete: "off", "aria-label": "My goal in my own words", "aria-describedby": help,
    on: { input: () => type({ goal: box.value, goal_code: "" }) } });
  // Somebody who has just chosen their own words has written none yet.
  let writing = false;
  const row = (words, hint, goal) => {
    const choose = () => {
      writing = !goal;
      tap(goal ?? { goal: box.value, goal_code: "" });
      if (writing) box.focus();
    };
    const input = make("input", { type: "radio", name, on: { change: choose } });
    const node = make("label", { class: "iop-option" }, input, make("span", {}, words, hint ? make("span", { class: "iop-hint" }, hint) : null));
    return { input, node };
  };
  const ideas = goals.map((idea) => ({ idea, ...row(idea.text, `${plural(idea.count, "such line")} this time`, { goal: idea.text, goal_code: idea.code }) }));
  const own = row("One in my own words", "", null);
  const inside = make("div", { class: "iop-stack is-tight", hidden: true }, box, make("p", { id: help, class: "iop-muted" }, "Small enough to do once, and about what you say or do."));
  const node = make("fieldset", { class: "iop-group" }, make("legend", {}, "What is one thing to do in the next case? It is shown to you before it starts."),
    ...ideas.map((one) => one.node), own.node, inside);
  const privacy = createPrivacyNote(node);
  inside.append(privacy.node);
  return {
    node,
    show({ goal, goal_code: code }) {
      const known = writing ? null : ideas.find(({ idea }) => idea.text === goal && idea.code === code);
      ideas.forEach((one) => { one.input.checked = one === known; });
      own.input.checked = !known && (writing || Boolean(goal));
      for (const { input, node: label } of [...ideas, own]) label.classList.toggle("is-chosen", input.checked);
      inside.hidden = !own.input.checked;
      if (own.input.checked && box.value !== goal) box.value = goal;
      privacy.update();
    },
  };
}
