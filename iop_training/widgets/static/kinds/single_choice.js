import { buildChoices } from "../choices.js";
import { isAbout } from "../feedback.js";

// Value: an option id, or null. Feedback comes with the answer, under the chosen option.
export const singleChoiceKind = {
  checkLabel: "",
  typed: false,
  build(item, onInput) {
    const choices = buildChoices({ item, type: "radio", hint: "", onInput, announce: true });
    return {
      ...choices,
      read: () => choices.read()[0] ?? null,
      isBlank: () => choices.read().length === 0,
      write: (value) => choices.write(value ? [value] : []),
      explain(feedback) {
        const chosen = feedback && Object.entries(feedback.parts).filter(([, entry]) => entry.chosen);
        choices.explain(chosen && Object.fromEntries(chosen), feedback?.sources);
        return feedback?.message ? { ...feedback, sources: [] } : null;
      },
      matches: (feedback) => isAbout(feedback, choices.read()[0] ?? null),
    };
  },
};
