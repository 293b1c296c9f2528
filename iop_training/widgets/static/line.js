// An answer of one typed line: the box, what stands after it, and why it fits or doesn't yet.
import { make, stem, uid } from "./dom.js";
import { isAbout, partBox } from "./feedback.js";
import { createPause } from "./pause.js";

// unit: words after the box, or "". look: a class for the box. attributes: more of the input's.
// complaint(text): what to say about a text that can't be read, or ""; said after a pause in typing.
export function buildLine({ item, onInput, unit = "", look = "", attributes = {}, complaint = () => "" }) {
  const ids = { input: uid(), unit: uid(), note: uid(), slot: uid() };
  const input = make("input", { id: ids.input, type: "text", class: `iop-text ${look}`.trim(), autocomplete: "off", ...attributes });
  const note = make("p", { id: ids.note, class: "iop-muted", "aria-live": "polite" });
  const slot = make("div", { id: ids.slot, class: "iop-slot", "aria-live": "polite" });
  const describe = () => input.setAttribute("aria-describedby", describedBy(ids, unit, slot));
  const complain = () => {
    const text = complaint(input.value);
    // The same words again would be spoken again.
    if (note.textContent !== text) note.textContent = text;
  };
  const pause = createPause(complain);
  input.addEventListener("input", () => {
    if (!complaint(input.value)) complain();
    pause.begin();
    onInput();
  });
  input.addEventListener("change", complain);
  describe();
  return {
    legend: [],
    body: [
      make("label", { class: "iop-stem", for: ids.input }, ...stem(item.stem)),
      make("div", { class: "iop-row" }, input, unit ? make("span", { id: ids.unit }, unit) : null),
      note,
      slot,
    ],
    read: () => input.value,
    isBlank: () => !input.value.trim(),
    write(value) {
      // Writing the same text again would move the cursor of somebody who is typing.
      if (input.value === (value ?? "")) return;
      input.value = value ?? "";
      complain();
    },
    disable(disabled) {
      input.disabled = disabled;
    },
    // The whole answer is one part, so its box has the sources too. Who mistyped is told that, and not the better answer.
    explain(feedback) {
      const slip = complaint(input.value) || (feedback?.verdict === "close" ? feedback.message : "");
      slot.replaceChildren(...(feedback && !slip ? [partBox(feedback.parts.answer, feedback.sources)] : []));
      describe();
      return feedback && slip ? { ...feedback, message: slip, sources: [] } : null;
    },
    matches: (feedback) => isAbout(feedback, input.value),
  };
}

function describedBy({ unit, note, slot }, hasUnit, { childElementCount }) {
  return [hasUnit ? unit : "", note, childElementCount ? slot : ""].filter(Boolean).join(" ");
}
