import { buildChoices } from "../choices.js";
import { make, prose, stem } from "../dom.js";
import { isAbout } from "../feedback.js";

// Value: {lines: [ids], missing: [ids]} of what is marked. The lines stand as on paper; what may be missing comes below.
export const defectsKind = {
  checkLabel: "Check my answer",
  blankText: "Mark at least one line first.",
  typed: false,
  build(item, onInput) {
    const lines = marks(item.lines, onInput);
    const missing = marks(item.missing, onInput);
    const both = [lines, missing];
    const paper = make("fieldset", { class: "iop-paper" },
      make("legend", { class: "iop-paper-head" }, ...prose(item.document)),
      make("div", {}, ...lines.body));
    const absent = make("fieldset", { class: "iop-absent" },
      make("legend", {}, make("b", {}, "Is anything missing from it?"), make("span", { class: "iop-hint" }, "Mark what this document should have and has not.")),
      ...missing.body);
    const read = () => ({ lines: lines.read().sort(), missing: missing.read().sort() });
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, "Mark each line that must not stay as it is.")],
      body: item.missing.length ? [paper, absent] : [paper],
      read,
      isBlank: () => both.every((some) => some.read().length === 0),
      write(value) {
        lines.write(value?.lines ?? []);
        missing.write(value?.missing ?? []);
      },
      disable: (disabled) => both.forEach((some) => some.disable(disabled)),
      explain(feedback) {
        both.forEach((some) => some.explain(feedback?.parts, []));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

function marks(options, onInput) {
  return buildChoices({ item: { stem: "", options }, type: "checkbox", hint: "", onInput, announce: false });
}
