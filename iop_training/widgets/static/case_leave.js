// The way out of a session: short, and without a word of what was said in it.
import { button, make } from "./dom.js";
import { otherWays } from "./case_before.js";

// onResume(): go on. begin(way): take another way.
export function createLeave({ place, onResume, begin }) {
  const title = make("h2", { class: "iop-title is-small", tabindex: "-1" }, "You stopped here. Nothing is lost.");
  const go = button("Go on with the session", onResume, "is-main");
  const ways = make("div", { class: "iop-ways" });
  const node = make("div", { class: "iop-card is-leave" },
    title,
    make("p", {}, "Come back whenever you like, today or another day. Nobody asks why you stopped."),
    make("div", { class: "iop-note" },
      make("b", {}, "If something of this stays with you"),
      make("ul", { class: "iop-crisis" }, ...place.crisis.lines.map((line) => make("li", {}, line)))),
    go,
    ways);
  return {
    node,
    update(room, { blocked, moved, mine }) {
      if (moved && mine) title.focus();
      ways.replaceChildren(...otherWays({ place, room, blocked, begin }));
    },
  };
}
