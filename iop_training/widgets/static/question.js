// One question: shows it, saves the answer, shows feedback.
import { KINDS } from "./kinds.js";
import { listen, make, mount } from "./dom.js";
import { createCheck } from "./check.js";
import { createCard, questionLabel } from "./question_card.js";
import { createField } from "./field.js";
import { onPrint } from "./print.js";
import { createRemarks } from "./remarks.js";
import { tell } from "./restart.js";

class QuestionView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.item = model.get("item");
    this.kind = KINDS[this.item.kind];
    this.controls = this.kind.build(this.item, () => this.onInput(), KINDS);
    this.remarks = createRemarks(model, this.item, () => this.markPending());
    this.card = createCard({
      item: this.item,
      kind: this.kind,
      controls: this.controls,
      remarks: this.remarks,
      onCheck: () => this.check.click(),
    });
    this.check = this.createCheck();
    this.field = this.createField();
  }

  start() {
    const { el, item, model, card } = this;
    this.unlisten = listen(model, this.handlers());
    el.dataset.iopItem = item.id;
    el.dataset.iopLabel = questionLabel(item);
    el.replaceChildren(card.node);
    this.block();
    this.takeUp();
  }

  stop() {
    this.unlisten();
    this.check.clear();
    this.field.stop();
    this.remarks.stop();
    delete this.el.dataset.iopPending;
  }

  createField() {
    const { model, item, card, controls, kind } = this;
    return createField({
      send: (message) => tell(model, message),
      key: () => `${model.get("storage")}/${item.id}`,
      blocked: () => Boolean(model.get("blocked")),
      stored: () => ({ value: model.get("value"), saved: model.get("saved") }),
      read: controls.read,
      write: controls.write,
      typed: kind.typed,
      status: card.status,
      place: card.group,
      onChange: () => this.explain(),
      onPending: () => this.markPending(),
    });
  }

  createCheck() {
    const { model, kind, controls, card } = this;
    return createCheck({
      status: card.checkStatus,
      unsaved: () => this.field.pending,
      blankText: () => (controls.isBlank() ? kind.blankText : ""),
      ask: () => {
        // The kernel takes messages in order: the answer it checks is the one on screen.
        this.field.flush();
        tell(model, { type: "check" });
        return this.explain();
      },
    });
  }

  handlers() {
    return {
      "change:value": () => this.field.showStored(),
      "change:saved": () => this.field.showSaved(),
      "change:remarks": () => this.remarks.showStored(),
      "change:storage": () => this.takeUp(),
      "change:blocked": () => this.block(),
      "change:feedback": () => {
        this.check.clear();
        this.explain();
      },
      "msg:custom": (message) => {
        if (message.type === "saved") this.field.saved(message);
        if (message.type === "refused") this.field.refused(message);
        this.remarks.hear(message);
      },
    };
  }

  // Marks for the hand-in widget, which must not hand in while something is still on its way.
  markPending() {
    delete this.el.dataset.iopPending;
    if (this.field?.pending || this.remarks?.pending) this.el.dataset.iopPending = this.model.get("storage");
  }

  onInput() {
    this.check.clear();
    this.field.input();
  }

  block() {
    const sentence = this.model.get("blocked");
    this.card.block(sentence);
    this.remarks.block(sentence);
    if (!sentence) this.field.unblock();
  }

  explain() {
    return this.card.explain(this.model.get("feedback"));
  }

  takeUp() {
    this.field.takeUp();
    this.remarks.takeUp();
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
  const unprint = onPrint(el, () => model.get("_css"));
  draw();
  return () => {
    unlisten();
    unprint();
    view?.stop();
    unmount();
  };
}

export default { render };
