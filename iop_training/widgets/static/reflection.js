// A box to write in for oneself alone: saved like an answer, never handed in, deleted for good when asked for.
import { button, listen, make, mount, prose, uid } from "./dom.js";
import { createField } from "./field.js";
import { createPrivacyNote } from "./privacy_note.js";
import { createStatus } from "./status.js";
import { tell } from "./restart.js";

const DELETED = "Deleted. Nothing of it is kept.";

class ReflectionView {
  constructor(model, el) {
    this.model = model;
    const ids = { box: uid(), promise: uid() };
    this.box = make("textarea", { id: ids.box, class: "iop-text", rows: 4, spellcheck: "true", "aria-describedby": ids.promise });
    this.status = createStatus("iop-status", () => this.box === document.activeElement);
    this.why = make("p", { class: "iop-note", hidden: true });
    this.erase = make("div", { class: "iop-slot" });
    this.erased = false;
    const node = make("div", { class: "iop-card is-private" },
      make("p", { class: "iop-eyebrow" }, "For yourself"),
      make("label", { class: "iop-stem", for: ids.box }, ...prose(model.get("prompt"))),
      make("p", { id: ids.promise, class: "iop-muted" }, model.get("promise")),
      this.why, this.box);
    this.privacy = createPrivacyNote(node, model.get("prompt"));
    node.append(this.privacy.node, ...this.status.nodes, this.erase);
    el.replaceChildren(node);
    this.field = this.createField(node);
    this.box.addEventListener("input", () => this.onInput());
  }

  createField(place) {
    const { model, box, status } = this;
    return createField({
      send: (message) => tell(model, message),
      key: () => model.get("storage"),
      blocked: () => Boolean(model.get("blocked")),
      stored: () => ({ value: model.get("value"), saved: model.get("saved") }),
      read: () => box.value,
      write: (value) => {
        // Writing the same text again would move the cursor of somebody who is typing.
        if (box.value !== value) box.value = value;
      },
      typed: true,
      status: { show: (state) => status.show(this.erased && state.name !== "saving" ? this.whenErased(state) : state) },
      place,
      onChange: () => this.offerErasing(),
    });
  }

  whenErased(state) {
    return ["saved", "empty"].includes(state.name) ? { name: "note", message: DELETED } : state;
  }

  start() {
    this.unlisten = listen(this.model, {
      "change:value": () => this.field.showStored(),
      "change:saved": () => this.field.showSaved(),
      "change:storage": () => this.takeUp(),
      "change:blocked": () => this.block(),
      "msg:custom": (message) => {
        if (message.type === "saved") this.field.saved(message);
        if (message.type === "refused") this.field.refused(message);
      },
    });
    this.block();
    this.takeUp();
  }

  stop() {
    this.unlisten();
    this.field.stop();
  }

  onInput() {
    this.erased = false;
    this.field.input();
  }

  block() {
    const sentence = this.model.get("blocked");
    this.box.disabled = Boolean(sentence);
    this.why.textContent = sentence;
    this.why.hidden = !sentence;
    if (!sentence) this.field.unblock();
  }

  takeUp() {
    this.erased = false;
    this.field.takeUp();
  }

  // The button is there while there is something to delete.
  offerErasing() {
    this.privacy.update();
    const isThere = Boolean(this.box.value);
    if (isThere === Boolean(this.erase.firstChild)) return;
    this.erase.replaceChildren(...(isThere ? [this.askFirst()] : []));
  }

  askFirst() {
    const ask = button("Delete what I wrote", () => {
      row.replaceChildren(sure, keep);
      sure.focus();
    }, "is-quiet");
    const sure = button("Delete it for good", () => this.deleteAll());
    const keep = button("Keep it", () => {
      row.replaceChildren(ask);
      ask.focus();
    }, "is-quiet");
    const row = make("div", { class: "iop-row" }, ask);
    return row;
  }

  deleteAll() {
    this.box.value = "";
    this.box.focus();
    this.erased = true;
    this.field.input();
    this.field.flush();
  }
}

function render({ model, el }) {
  const unmount = mount(el);
  const problem = model.get("problem");
  const view = problem ? null : new ReflectionView(model, el);
  if (view) view.start();
  else el.replaceChildren(make("p", { class: "iop-flag" }, problem));
  return () => {
    view?.stop();
    unmount();
  };
}

export default { render };
