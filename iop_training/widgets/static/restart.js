// What to say and do when the kernel does not answer.
import { alertBox, button, make } from "./dom.js";

export const LATE_MS = 4000;

const BY_HAND = "Choose Run, then Restart Kernel and Run All Cells, at the top of the window.";
const STARTING = "Starting this page again. This takes a few seconds.";

export function notRunning(text) {
  const outcome = make("p", { role: "status" });
  const restart = button("Start this page again", () => {
    // The course's JupyterLab extension answers this event; without it the person has to do it.
    const handled = !window.dispatchEvent(new CustomEvent("iop:restart", { cancelable: true }));
    outcome.textContent = handled ? STARTING : BY_HAND;
    // A page that started again is drawn anew; this one stands only where that came to nothing.
    if (handled) window.addEventListener("iop:restarted", () => outcome.replaceChildren(), { once: true });
  }, "iop-restart");
  return alertBox(text, restart, outcome);
}

// After the kernel has died, JupyterLab throws on every message. Nothing is lost by that: who sends also waits for the
// reply, and says so when none comes.
export function tell(model, message) {
  attempt(() => model.send(message));
}

export function sync(model) {
  attempt(() => model.save_changes());
}

function attempt(act) {
  try {
    act();
  } catch (error) {
    console.warn("The page is not running:", error);
  }
}

// Calls `onLate` unless the returned function is called within LATE_MS.
export function expectReply(onLate) {
  const timer = setTimeout(onLate, LATE_MS);
  return () => clearTimeout(timer);
}
