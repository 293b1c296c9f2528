import { buildChoices } from "../choices.js";
import { isAbout } from "../feedback.js";

// Value: a list of option ids. Feedback on every option, only when asked for: choosing is still under way before that.
export const multipleChoiceKind = {
  checkLabel: "Check my answer",
  blankText: "Choose at least one option first.",
  typed: false,
  build(item, onInput) {
    const choices = buildChoices({ item, type: "checkbox", hint: "Choose all that apply.", onInput, announce: false });
    return {
      ...choices,
      isBlank: () => choices.read().length === 0,
      write: (value) => choices.write(value ?? []),
      explain(feedback) {
        choices.explain(feedback?.parts, []);
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, choices.read().sort()),
    };
  },
};
