// Says what was moved and where that leads, for those who don't see it. One sentence after a pause: a change at every
// press of an arrow key would drown the rest.
import { make } from "./dom.js";

const TELL_MS = 700;

// node goes into the page before anything is said. tell(what, sentence, standing): the last sentence about each `what`.
export function createTeller() {
  const node = make("span", { class: "iop-spoken", "aria-live": "polite" });
  const moves = new Map();
  let timer = null;
  return {
    node,
    tell(what, sentence, standing) {
      moves.set(what, sentence);
      clearTimeout(timer);
      timer = setTimeout(() => {
        node.textContent = [...moves.values(), standing()].join(" ");
        moves.clear();
      }, TELL_MS);
    },
  };
}
