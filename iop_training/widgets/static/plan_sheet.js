// A plan as one page: what was chosen so far, on screen and on paper.
import { make, prose } from "./dom.js";
import { createSheet } from "./sheet.js";

const MANY = 8;

// update(steps, standing): steps as [{text, lines, own}] in order; standing: how much is filled, in words.
export function createPlanSheet(title) {
  const count = make("span", { class: "iop-muted" });
  const list = make("ol", { class: "iop-sheet-steps" });
  const { node, page } = createSheet({
    title, name: "Your plan on one page", press: "Print this plan", look: "iop-plan-page", open: true, count, content: [list],
  });
  return {
    node,
    update(steps, standing) {
      count.textContent = standing;
      page.classList.toggle("is-long", steps.length > MANY);
      list.replaceChildren(...steps.map(sheetStep));
    },
  };
}

function sheetStep({ text, lines, own }) {
  const held = [...lines.map((line) => make("li", {}, ...prose(line))), own ? make("li", { class: "is-own" }, own) : null];
  return make("li", {},
    make("p", { class: "iop-plan-name" }, ...prose(text)),
    held.some(Boolean) ? make("ul", {}, ...held) : make("p", { class: "iop-sheet-blank" }, make("span", { class: "iop-spoken" }, "nothing yet")));
}
