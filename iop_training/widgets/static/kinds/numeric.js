import { buildLine } from "../line.js";

// Value: the text as typed, number or not. What reads as a number, and what to say of another text, comes from the kernel.
export const numericKind = {
  checkLabel: "Check my answer",
  blankText: "Type a number first.",
  typed: true,
  build(item, onInput) {
    const readable = new RegExp(item.readable);
    return buildLine({
      item,
      onInput,
      unit: item.unit,
      look: "is-number",
      attributes: { inputmode: "decimal", spellcheck: "false" },
      complaint: (text) => (!text.trim() || readable.test(text) ? "" : item.unreadable),
    });
  },
};
