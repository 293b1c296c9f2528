import { buildLine } from "../line.js";

// Value: the text as typed.
export const shortTextKind = {
  checkLabel: "Check my answer",
  blankText: "Type your answer first.",
  typed: true,
  build: (item, onInput) => buildLine({ item, onInput, attributes: { autocapitalize: "off" } }),
};
