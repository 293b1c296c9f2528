// Handing in: ask about gaps, wait until every answer is saved, hand in, show the receipt, look for feedback.
import { listen, make, mount, scrollIntoSight } from "./dom.js";
import { createFeedbackFiles } from "./feedback_files.js";
import { confirmPanel, donePanel, failedPanel, readyPanel, waitingPanel, workingPanel } from "./hand_in_panels.js";
import { LATE_MS, expectReply, tell } from "./restart.js";
import { createSteady } from "./steady.js";
import { pendingItems } from "./store.js";

const POLL_MS = 300;

class HandInView {
  constructor(model, el) {
    this.model = model;
    // The step on this page ("" leaves it to the kernel's stage): "" | "confirm" | "waiting" | "sent"
    this.step = "";
    // Whether it was this window that handed in: in others nothing moves.
    this.handedIn = false;
    this.body = make("div", { class: "iop-stack", tabindex: "-1" });
    this.steady = createSteady(this.body);
    this.feedback = createFeedbackFiles(model);
    const head = make("div", {}, make("p", { class: "iop-eyebrow" }, model.get("title")), make("h2", { class: "iop-title" }, "Hand in"));
    this.card = make("div", { class: "iop-card" }, head, this.body, this.feedback.node);
    el.replaceChildren(this.card);
  }

  start() {
    const draw = () => this.draw();
    const traits = ["total", "answered", "unanswered", "trainee", "receipt", "changed_since", "objections", "stances"];
    this.unlisten = listen(this.model, {
      ...Object.fromEntries(traits.map((trait) => [`change:${trait}`, draw])),
      "change:stage": () => {
        this.feedback.answered();
        this.go("");
      },
      "change:message": () => this.onMessage(),
      "change:feedback_files": () => this.feedback.answered(),
    });
    this.draw();
  }

  stop() {
    this.unlisten();
    this.feedback.stop();
    this.leaveStep();
  }

  leaveStep() {
    clearInterval(this.poll);
    this.stopWaiting?.();
  }

  go(step) {
    this.leaveStep();
    this.step = step;
    this.draw();
  }

  onMessage() {
    this.feedback.answered();
    if (["failed", "working"].includes(this.model.get("stage"))) this.draw();
  }

  begin() {
    if (this.model.get("unanswered").length) this.go("confirm");
    else this.send();
  }

  // Only what the kernel has on disk is handed in, so every answer on its way comes first.
  send() {
    if (pendingItems(this.model.get("storage")).length) return this.waitForAnswers();
    this.handedIn = true;
    this.go("sent");
    tell(this.model, { type: "hand_in" });
    this.stopWaiting = expectReply(() => this.steady.show(() => workingPanel({ noReply: true })));
  }

  // The receipt is longer than what stood here, and most of it would be below the window.
  showReceipt() {
    const isThere = !this.step && this.model.get("stage") === "done" && this.model.get("receipt");
    if (!this.handedIn || !isThere) return;
    this.handedIn = false;
    scrollIntoSight(this.card, "nearest");
  }

  waitForAnswers() {
    const since = Date.now();
    let shown = "";
    const look = () => {
      const ids = pendingItems(this.model.get("storage"));
      if (!ids.length) return this.send();
      const late = Date.now() - since > LATE_MS;
      const now = `${ids.join(" ")} ${late}`;
      if (now !== shown) this.steady.show(() => waitingPanel({ ids, late, cancel: () => this.go("") }));
      shown = now;
    };
    this.leaveStep();
    this.step = "waiting";
    look();
    this.poll = setInterval(look, POLL_MS);
  }

  draw() {
    if (this.step === "waiting") return;
    // The last gap was filled meanwhile.
    if (this.step === "confirm" && !this.model.get("unanswered").length) this.step = "";
    // Not hidden while it looks: whoever pressed its button would lose the focus.
    this.feedback.node.hidden = !this.model.get("receipt");
    this.steady.show(() => this.panel());
    this.showReceipt();
  }

  panel() {
    const handIn = () => this.begin();
    const panels = {
      ready: () => readyPanel(this.model, handIn),
      confirm: () => confirmPanel(this.model, { goOn: () => this.send(), goBack: () => this.go("") }),
      sent: () => workingPanel({}),
      working: () => workingPanel({ text: this.model.get("message") }),
      failed: () => failedPanel(this.model, handIn),
      done: () => donePanel(this.model, handIn),
    };
    return panels[this.step || this.model.get("stage")]();
  }
}

function render({ model, el }) {
  const unmount = mount(el);
  const view = new HandInView(model, el);
  view.start();
  return () => {
    view.stop();
    unmount();
  };
}

export default { render };
