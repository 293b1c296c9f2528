// A plan as one page: what was chosen so far, on screen and on paper.
import { button, make, prose } from "./dom.js";
import { askToPrint } from "./print.js";

const MANY = 8;
export const FOOT = "Made in training about a fictional person. It does not go into anybody’s record.";

// update(steps, standing): steps as [{text, lines, own}] in order; standing: how much is filled, in words.
export function createPlanSheet(title) {
  const count = make("span", { class: "iop-muted" });
  const list = make("ol", { class: "iop-sheet-steps" });
  const page = make("div", { class: "iop-sheet" },
    make("p", { class: "iop-plan-title" }, title), list, make("p", { class: "iop-sheet-foot" }, FOOT));
  const press = button("Print this plan", () => askToPrint(page, {
    title, look: "iop-plan-page", onePage: true, done: () => press.focus(),
  }));
  const summary = make("summary", {}, make("b", {}, "Your plan on one page"), " ", count);
  return {
    node: make("details", { class: "iop-plan-whole", open: true }, summary, page, press),
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
