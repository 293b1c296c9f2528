import { make, stem, uid } from "../dom.js";

// Value: the text. Compared with one good answer when asked for; the comparison stays while the text changes.
export const writtenKind = {
  checkLabel: "Compare with one good answer",
  blankText: "Write your answer first.",
  typed: true,
  build(item, onInput) {
    const counter = createCounter(item.max_words);
    const id = uid();
    const box = make("textarea", { id, class: "iop-text", rows: 7, spellcheck: "true", "aria-describedby": counter.id });
    const update = () => counter.update(box.value);
    box.addEventListener("input", () => {
      update();
      onInput();
    });
    update();
    return {
      legend: [],
      body: [make("label", { class: "iop-stem", for: id }, ...stem(item.stem)), box, counter.node],
      read: () => box.value,
      isBlank: () => !box.value.trim(),
      write(value) {
        // Writing the same text again would move the cursor of somebody who is typing.
        if (box.value !== (value ?? "")) box.value = value ?? "";
        update();
      },
      disable(disabled) {
        box.disabled = disabled;
      },
      explain: (feedback) => feedback,
      matches: () => true,
    };
  },
};

// The count is always on screen, but spoken only near and over the limit: a number at every word would drown the writing.
function createCounter(limit) {
  const id = uid();
  const count = make("span", { id });
  const spoken = make("span", { class: "iop-spoken", "aria-live": "polite" });
  let level = "";
  return {
    id,
    node: make("p", { class: "iop-counter" }, count, spoken),
    update(text) {
      const words = text.trim() ? text.trim().split(/\s+/).length : 0;
      count.textContent = countText(words, limit);
      count.classList.toggle("is-over", Boolean(limit) && words > limit);
      const now = limitLevel(words, limit);
      if (now !== level) spoken.textContent = now ? countText(words, limit) : "";
      level = now;
    },
  };
}

function limitLevel(words, limit) {
  if (!limit || words < limit * 0.9) return "";
  if (words > limit) return "over";
  return words === limit ? "at" : "near";
}

function countText(words, limit) {
  if (!limit) return `${words} ${words === 1 ? "word" : "words"}`;
  const text = `${words} of ${limit} words`;
  return words > limit ? `${text}. That is ${words - limit} over the limit: nothing is cut off, but please shorten it.` : text;
}
