// How an answer stands: a quiet line, or a red box that is spoken at once.
import { alertBox, make } from "./dom.js";
import { notRunning } from "./restart.js";

const KEPT = "Not saved yet: the page is not running. Your answer is kept in this browser.";
const NOT_KEPT = "Not saved yet: the page is not running. This browser could not keep a copy, so leave this window open.";
const HELD = "Your answer is kept in this browser. It is saved as soon as the page is ready.";

const LINES = {
  empty: () => [],
  saving: () => ["Saving ..."],
  held: () => [HELD],
  note: ({ message }) => [message],
  saved: ({ at }) => [make("span", { class: "iop-tick", "aria-hidden": "true" }, "✓ "), `Saved ${at}`],
};
const ALERTS = {
  late: ({ stored }) => notRunning(stored ? KEPT : NOT_KEPT),
  refused: ({ message }) => alertBox(message),
  unanswered: ({ message }) => notRunning(message),
};

// isTyping(): while somebody types, "Saved" after every pause is not spoken.
export function createStatus(look, isTyping = () => false) {
  const line = make("p", { class: look, "aria-live": "polite" });
  const alerts = make("div", { class: "iop-slot" });
  let wasAlert = false;
  return {
    nodes: [line, alerts],
    show(state) {
      const alarm = ALERTS[state.name];
      line.setAttribute("aria-live", isTyping() && !wasAlert ? "off" : "polite");
      line.replaceChildren(...(alarm ? [] : LINES[state.name](state)));
      alerts.replaceChildren(...(alarm ? [alarm(state)] : []));
      wasAlert = Boolean(alarm);
    },
  };
}
