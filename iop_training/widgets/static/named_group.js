// A part of a question under a name of its own.
import { make, uid } from "./dom.js";

export function namedGroup(title, ...content) {
  const id = uid();
  return make("div", { class: "iop-board-part", role: "group", "aria-labelledby": id }, make("p", { id }, make("b", {}, title)), ...content);
}
