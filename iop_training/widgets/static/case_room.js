// A session with a simulated client: before it, the talk, the way out, the note after it.
import { createBefore } from "./case_before.js";
import { createDebrief } from "./case_debrief.js";
import { createLeave } from "./case_leave.js";
import { createNote } from "./case_note.js";
import { createPress } from "./case_press.js";
import { createTalk } from "./case_talk.js";
import { listen, make, mount } from "./dom.js";
import { createStatus } from "./status.js";
import { tell } from "./restart.js";

const WAITING = { choose: "Not said yet: waiting for the page.", other: "Not done yet: waiting for the page." };
const KEPT_PRESS = "It is kept in this browser.";

class RoomView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.place = model.get("place");
    // Where the person went before the kernel could say so: leaving never waits.
    this.went = null;
    this.mine = false;
    this.press = createPress({
      send: (message) => tell(model, message),
      key: () => `${model.get("storage")}/${this.place.item}/press`,
      blocked: () => Boolean(model.get("blocked")),
      show: (state) => this.showPress(state),
    });
    this.stages = this.createStages();
    this.status = createStatus("iop-status");
    this.why = make("p", { class: "iop-note", hidden: true });
    this.stage = make("div", { class: "iop-slot" });
    this.below = make("div", { class: "iop-slot" });
    this.note = createNote({ model, place: this.place, onPending: () => this.markPending() });
    this.debrief = createDebrief({
      model,
      send: (message) => tell(model, message),
      key: () => `${model.get("storage")}/${this.place.item}/debrief`,
      blocked: () => Boolean(model.get("blocked")),
      onPending: () => this.markPending(),
    });
    this.node = make("section", { id: `iop-${this.place.item}`, class: "iop-stack iop-room", tabindex: "-1", "aria-label": this.place.title },
      this.why, this.stage, this.below, this.note.node, this.debrief.node);
  }

  createStages() {
    const { place } = this;
    const begin = (way) => this.act({ type: "begin", way });
    const talk = createTalk({
      place,
      onSay: (move) => this.act({ type: "choose", turn: this.room.turns.length + 1, move }),
      onBack: (turn) => this.act({ type: "back", turn, taken: this.room.turns.length }),
      onAgain: () => this.act({ type: "again" }),
      onLeave: () => this.leave(),
    });
    return {
      before: createBefore({ place, begin }),
      talk,
      ended: talk,
      paused: createLeave({ place, begin, onResume: () => this.resume() }),
    };
  }

  get room() {
    return this.model.get("room");
  }

  start() {
    const { el, model } = this;
    el.dataset.iopItem = this.place.item;
    el.dataset.iopLabel = "The session";
    el.replaceChildren(this.node);
    this.unlisten = listen(model, {
      "change:room": () => this.draw(),
      "change:debrief": () => this.drawDebrief(),
      "change:debrief_notes": () => this.drawDebrief(),
      "change:blocked": () => this.block(),
      "change:storage": () => this.takeUp(),
      "msg:custom": (message) => this.hear(message),
    });
    this.onKey = (event) => this.leaveByKey(event);
    document.addEventListener("keydown", this.onKey, true);
    this.block();
    this.takeUp();
  }

  stop() {
    this.unlisten();
    document.removeEventListener("keydown", this.onKey, true);
    this.press.stop();
    this.note.stop();
    this.debrief.stop();
    delete this.el.dataset.iopPending;
  }

  act(message) {
    this.mine = true;
    this.press.press({ ...message, attempt: this.room.attempt });
  }

  leave() {
    this.went = "paused";
    this.act({ type: "leave" });
    this.draw();
  }

  resume() {
    this.went = "talk";
    this.act({ type: "resume" });
    this.draw();
  }

  // One key, wherever the focus is on this page, unless something else waits for it.
  leaveByKey(event) {
    const at = document.activeElement;
    const here = !at || at === document.body || this.el.contains(at) || at.contains(this.el);
    if (event.key !== "Escape" || !here || this.shown !== "talk" || !this.el.offsetParent) return;
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  hear(message) {
    if (message.type === "done" && this.press.done(message)) this.settle();
    if (message.type === "refused") this.press.refused(message);
    this.note.hear(message);
    this.debrief.hear(message);
  }

  settle() {
    this.mine = false;
    this.went = null;
    this.draw();
  }

  // What comes in answer to a press here is drawn with the focus on what is new.
  draw() {
    const { room } = this;
    const stage = this.went ?? room.stage;
    const view = this.stages[stage];
    const moved = view !== this.view;
    const drawn = JSON.stringify(room);
    const mine = this.mine && (moved || drawn !== this.drawn);
    const stood = moved && this.node.contains(document.activeElement);
    Object.assign(this, { shown: stage, view, drawn, mine: this.mine && !mine });
    if (moved) this.stage.replaceChildren(view.node);
    if (moved) (view.status ?? this.below).append(...this.status.nodes);
    view.update(room, { blocked: Boolean(this.model.get("blocked")), moved, mine: mine || stood });
    this.note.update();
    // While a session goes on, the note about an earlier one is out of the way.
    if (stage === "talk") this.note.node.hidden = true;
    this.drawDebrief();
  }

  // Likewise, until that session has ended too.
  drawDebrief() {
    this.debrief.update();
    if (this.shown !== "ended") this.debrief.node.hidden = true;
  }

  showPress({ name, message, type, stored }) {
    const words = `${type === "choose" ? WAITING.choose : WAITING.other}${stored ? ` ${KEPT_PRESS}` : ""}`;
    const states = {
      idle: { name: "empty" },
      sent: { name: "empty" },
      held: { name: "note", message: words },
      late: { name: "unanswered", message: words },
      refused: { name: "refused", message },
      told: { name: "note", message },
    };
    this.status.show(type === "leave" ? { name: "empty" } : states[name]);
    const pending = this.press?.pending;
    this.stages.talk.mark(pending?.type === "choose" ? pending.move : null);
    this.markPending();
  }

  // Marks for the hand-in widget, which must not hand in while something is still on its way.
  markPending() {
    delete this.el.dataset.iopPending;
    if (this.press?.pending || this.note?.pending || this.debrief?.pending) this.el.dataset.iopPending = this.model.get("storage");
  }

  block() {
    const sentence = this.model.get("blocked");
    this.why.textContent = sentence;
    this.why.hidden = !sentence;
    if (!sentence) {
      this.press.unblock();
      this.note.unblock();
    }
    this.draw();
  }

  takeUp() {
    this.press.leave();
    this.showPress({ name: "idle" });
    this.went = null;
    this.mine = false;
    const left = this.press.takeUp();
    if (left?.type === "leave") this.went = "paused";
    this.draw();
    this.note.takeUp();
  }
}

function render({ model, el }) {
  const unmount = mount(el);
  let view = null;
  const draw = () => {
    view?.stop();
    view = model.get("problem") ? null : new RoomView(model, el);
    if (view) view.start();
    else el.replaceChildren(make("p", { class: "iop-flag" }, model.get("problem")));
  };
  const unlisten = listen(model, { "change:problem": draw });
  draw();
  return () => {
    unlisten();
    view?.stop();
    unmount();
  };
}

export default { render };
