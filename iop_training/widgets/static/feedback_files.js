// "Look for feedback" after a hand-in, and the links to what was found.
import { button, make } from "./dom.js";
import { expectReply, notRunning, sync, tell } from "./restart.js";
import { serverUrl } from "./server.js";

const LOOKING = "Looking ...";
const NO_REPLY = "No reply yet: the page is not running.";

export function createFeedbackFiles(model) {
  const line = make("p", { class: "iop-status", "aria-live": "polite" });
  const alarm = make("div", { class: "iop-slot" });
  const links = make("ul", { class: "iop-links" });
  let stopWaiting = null;
  const look = button("Look for feedback", () => {
    stopWaiting?.();
    alarm.replaceChildren();
    showMessage(LOOKING);
    tell(model, { type: "look_for_feedback" });
    stopWaiting = expectReply(() => {
      showMessage("");
      alarm.replaceChildren(notRunning(NO_REPLY));
    });
  });

  // Set from here too, so that the kernel's reply is a change even when it says the same as last time.
  function showMessage(text) {
    model.set("message", text);
    sync(model);
    line.textContent = text;
  }

  function answered() {
    const message = model.get("message");
    if (message === LOOKING) return;
    stopWaiting?.();
    alarm.replaceChildren();
    line.textContent = model.get("stage") === "done" ? message : "";
    links.replaceChildren(...model.get("feedback_files").map(link));
    links.hidden = !links.children.length;
  }

  answered();
  return {
    node: make("section", { class: "iop-stack is-part", "aria-label": "Feedback" }, look, line, alarm, links),
    answered,
    stop: () => stopWaiting?.(),
  };
}

function link({ label, href }) {
  const anchor = make("a", { href: serverUrl(href), target: "_blank", rel: "noopener" }, label);
  return make("li", {}, anchor, make("span", { class: "iop-muted" }, " (opens in a new tab)"));
}
