import { buildChoices } from "../choices.js";
import { make, plural, stem } from "../dom.js";
import { isAbout } from "../feedback.js";
import { createLanes } from "../lanes.js";
import { namedGroup } from "../named_group.js";
import { createPlaceGrid } from "../place_grid.js";
import { createSheet } from "../sheet.js";
import { createTeller } from "../teller.js";

// Value: {signs: {sign: lane}, decision: option or "", steps: {step: hand}}.
export const referralKind = {
  checkLabel: "Check my referral",
  blankText: "Put at least one sign into a lane first.",
  // Arrow keys pass places on the way to the one that is meant: an answer is sent after a pause.
  typed: true,
  build(item, onInput) {
    const teller = createTeller();
    const signs = createPlaceGrid({ entries: item.signs, places: item.lanes, onChange: change });
    const steps = createPlaceGrid({ entries: item.steps, places: item.hands, onChange: change });
    const decision = buildChoices({ item: { stem: "", options: item.options }, type: "radio", hint: "", announce: false, onInput: () => change("decision", "") });
    const board = createLanes(item.lanes, "sign");
    const note = createReferralNote(item);

    const read = () => ({ signs: signs.read(), decision: decision.read()[0] ?? "", steps: steps.read() });
    const placed = (grid) => Object.keys(grid.read()).length;
    const standing = () => `${placed(signs)} of ${plural(item.signs.length, "sign")}, ${placed(steps)} of ${plural(item.steps.length, "step")}.`;

    function change(what, sentence) {
      draw();
      if (sentence) teller.tell(what, sentence, standing);
      onInput();
    }

    function draw() {
      const chosen = item.options.find(({ id }) => id === read().decision);
      board.update(signs.cards());
      note.update({ signs: signs.cards(), decision: chosen?.text ?? "", steps: steps.cards(), standing: standing() });
    }

    draw();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, "Put each sign into a lane, decide, and say who does what. The note fills as you go.")],
      body: [
        make("div", { class: "iop-referral" },
          make("p", { class: "iop-plan-title" }, item.title),
          namedGroup("What the signs say", about(item.lanes), signs.node, board.node),
          namedGroup("Decision", make("div", { class: "iop-decision" }, ...decision.body)),
          namedGroup("Who does this?", steps.node)),
        note.node,
        teller.node,
      ],
      read,
      isBlank: () => placed(signs) + placed(steps) + decision.read().length === 0,
      write(value) {
        signs.write(value?.signs);
        decision.write(value?.decision ? [value.decision] : []);
        steps.write(value?.steps);
        draw();
      },
      disable: (disabled) => [signs, decision, steps].forEach((one) => one.disable(disabled)),
      explain(feedback) {
        signs.explain(feedback?.parts);
        steps.explain(feedback?.parts);
        // Of the decision only what was chosen is told: the others stay to be tried.
        const chosen = Object.entries(feedback?.parts ?? {}).filter(([, entry]) => entry.chosen);
        decision.explain(Object.fromEntries(chosen), []);
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

// What the lanes mean, where the author says it.
function about(lanes) {
  const told = lanes.filter((lane) => lane.about);
  if (!told.length) return null;
  return make("dl", { class: "iop-lanes-about" }, ...told.map((lane) => make("div", {}, make("dt", {}, lane.text), make("dd", {}, lane.about))));
}

// The same on one page, for paper: signs by lane, the decision, who does what.
function createReferralNote({ title, lanes, hands }) {
  const count = make("span", { class: "iop-muted" });
  const signs = createLanes(lanes, "sign");
  const steps = createLanes(hands, "step");
  const decided = make("p", {});
  const { node } = createSheet({
    title, name: "Your referral note on one page", press: "Print this note", look: "iop-plan-page", open: false, count,
    content: [
      signs.node,
      make("div", { class: "iop-decision" }, make("p", { class: "iop-decision-name" }, "Decision"), decided),
      make("p", {}, make("b", {}, "Who does this")),
      steps.node,
    ],
  });
  return {
    node,
    update(state) {
      count.textContent = state.standing;
      signs.update(state.signs);
      steps.update(state.steps);
      decided.textContent = state.decision || "Not decided yet";
    },
  };
}
