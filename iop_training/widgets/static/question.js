// One question: shows it, saves the answer, shows feedback.
import { KINDS } from "./kinds.js";
import { listen, make, mount } from "./dom.js";
import { createCheck } from "./check.js";
import { createCard, questionLabel } from "./question_card.js";
import { createPause, onLeave } from "./pause.js";
import { tell } from "./restart.js";
import { createSaver } from "./saver.js";

class QuestionView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.item = model.get("item");
    this.kind = KINDS[this.item.kind];
    this.controls = this.kind.build(this.item, () => this.onInput(), KINDS);
    this.card = createCard({ item: this.item, kind: this.kind, controls: this.controls, onCheck: () => this.check.click() });
    this.check = this.createCheck();
    this.saver = this.createSaver();
    this.pause = createPause(() => this.saver.flush());
  }

  start() {
    const { el, item, model, card, saver } = this;
    this.unlisten = listen(model, this.handlers());
    this.unleave = onLeave(card.group, () => saver.flush());
    el.dataset.iopItem = item.id;
    el.dataset.iopLabel = questionLabel(item);
    el.replaceChildren(card.node);
    card.block(model.get("blocked"));
    this.takeUp();
  }

  stop() {
    this.unlisten();
    this.unleave();
    this.pause.end();
    this.check.clear();
    this.saver.stop();
    delete this.el.dataset.iopPending;
  }

  createSaver() {
    const { model, item } = this;
    return createSaver({
      send: (message) => tell(model, message),
      key: () => `${model.get("storage")}/${item.id}`,
      blocked: () => Boolean(model.get("blocked")),
      show: (state) => {
        this.markPending();
        this.card.status.show(state);
      },
    });
  }

  createCheck() {
    const { model, kind, controls, card } = this;
    return createCheck({
      status: card.checkStatus,
      unsaved: () => this.saver.pending,
      blankText: () => (controls.isBlank() ? kind.blankText : ""),
      ask: () => {
        // The kernel takes messages in order: the answer it checks is the one on screen.
        this.saver.flush();
        tell(model, { type: "check" });
        return this.explain();
      },
    });
  }

  handlers() {
    return {
      "change:value": () => this.showFromKernel(),
      "change:saved": () => this.showSaved(),
      "change:storage": () => this.takeUp(),
      "change:blocked": () => this.onBlocked(),
      "change:feedback": () => {
        this.check.clear();
        this.explain();
      },
      "msg:custom": (message) => {
        if (message.type === "saved") this.onSaved(message);
        if (message.type === "refused") this.saver.refused(message);
      },
    };
  }

  // Marks for the hand-in widget, which must not hand in while an answer is still on its way.
  markPending() {
    delete this.el.dataset.iopPending;
    if (this.saver.pending) this.el.dataset.iopPending = this.model.get("storage");
  }

  onInput() {
    this.check.clear();
    this.saver.change(this.controls.read());
    this.explain();
    if (this.kind.typed) this.pause.begin();
    else this.saver.flush();
  }

  onSaved(message) {
    if (!this.saver.saved(message)) return;
    this.controls.write(this.model.get("value"));
    this.explain();
  }

  onBlocked() {
    this.card.block(this.model.get("blocked"));
    if (!this.model.get("blocked")) this.saver.unblock();
  }

  explain() {
    return this.card.explain(this.model.get("feedback"));
  }

  // What another tab saved; never over an answer that is on its way from here.
  showFromKernel() {
    if (this.saver.pending) return;
    this.controls.write(this.model.get("value"));
    this.showSaved();
    this.explain();
  }

  showSaved() {
    const at = this.model.get("saved");
    if (!this.saver.pending) this.card.status.show(at ? { name: "saved", at } : { name: "empty" });
  }

  // Starts from the kernel's value, or from what this browser still keeps for this person and page.
  takeUp() {
    this.saver.leave();
    this.markPending();
    this.showFromKernel();
    const restored = this.saver.restore();
    if (restored) this.controls.write(restored.value);
    this.explain();
  }
}

function render({ model, el }) {
  const unmount = mount(el);
  let view = null;
  const draw = () => {
    view?.stop();
    view = model.get("problem") ? null : new QuestionView(model, el);
    if (view) view.start();
    else el.replaceChildren(make("p", { class: "iop-flag" }, model.get("problem")));
  };
  const unlisten = listen(model, { "change:item": draw, "change:problem": draw });
  draw();
  return () => {
    unlisten();
    view?.stop();
    unmount();
  };
}

export default { render };
