// What was made, as one page: on screen as it will be on paper, with a button that prints it.
import { button, make } from "./dom.js";
import { askToPrint } from "./print.js";

export const FOOT = "Made in training about a fictional person. It does not go into anybody’s record.";

// name: what stands over it, such as "Your plan on one page". press: words of the button. count: a node beside the name.
// look: a class for the printed page. Returns {node, page}.
export function createSheet({ title, name, press, look, open, count, content }) {
  const page = make("div", { class: "iop-sheet" },
    make("p", { class: "iop-plan-title" }, title), ...content, make("p", { class: "iop-sheet-foot" }, FOOT));
  const print = button(press, () => askToPrint(page, { title, look, onePage: true, done: () => print.focus() }));
  const summary = make("summary", {}, make("b", {}, name), " ", count);
  return { node: make("details", { class: "iop-plan-whole", open }, summary, page, print), page };
}
