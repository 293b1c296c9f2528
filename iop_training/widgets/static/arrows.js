// The two buttons that move a line up and down in its list.
import { button } from "./dom.js";

// name: the line's, for those who hear it. move(by): -1 for up, 1 for down.
export function createArrows(name, move) {
  const up = arrow("↑", `Move up: ${name}`, () => move(-1));
  const down = arrow("↓", `Move down: ${name}`, () => move(1));
  return {
    up,
    down,
    // A button at its end stays focusable: who presses it once too often must not lose their place.
    mark({ first, last }) {
      up.setAttribute("aria-disabled", String(first));
      down.setAttribute("aria-disabled", String(last));
    },
    disable(disabled) {
      up.disabled = down.disabled = disabled;
    },
  };
}

function arrow(sign, label, onClick) {
  const made = button(sign, onClick, "is-arrow");
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}
