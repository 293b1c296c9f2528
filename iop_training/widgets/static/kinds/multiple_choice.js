import { buildChoices } from "../choices.js";
import { isAbout } from "../feedback.js";

// Value: a list of option ids. Feedback on every option, only when asked for: choosing is still under way before that.
export const multipleChoiceKind = {
  checkLabel: "Check my answer",
  blankText: "Choose at least one option first.",
  typed: false,
  build(item, onInput) {
    const hint = saysHowMany(item.stem) ? "" : "Choose all that apply.";
    const choices = buildChoices({ item, type: "checkbox", hint, onInput, announce: false });
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

// Whether the question ends with a sentence of its own on what to choose, or asks for so many ("Which two ...?").
function saysHowMany(text) {
  const last = text.trim().split("\n").at(-1);
  return /(^|[.?!]\s+)Choose\b[^.?!]*[.?!]?\s*$/.test(text) || /\b(which|what) (two|three|four|five)\b/i.test(last);
}
