// The debrief of a session: one step at a time, left and taken up again at will, each tap saved.
import { button, make, uid } from "./dom.js";
import { buildFirst } from "./case_debrief_first.js";
import { buildGoal } from "./case_debrief_goal.js";
import { buildLoop } from "./case_debrief_loop.js";
import { buildPoints, buildStory } from "./case_debrief_story.js";
import { buildWhole } from "./case_debrief_whole.js";
import { createField } from "./field.js";
import { createStatus } from "./status.js";

const DEBRIEF_STEPS = [
  { name: "You first", build: buildFirst },
  { name: "The story", build: buildStory },
  { name: "Turning points", build: buildPoints },
  { name: "Try again", build: buildLoop },
  { name: "One goal", build: buildGoal },
  { name: "All of it", build: buildWhole },
];
const [FIRST_STEP, LOOP_STEP, GOAL_STEP, LAST_STEP] = [1, 4, 5, DEBRIEF_STEPS.length];
const LOOKING_BACK = "Looking back over the session ...";

// model: has `debrief` (what does not change with a tap) and `debrief_notes` ({value, saved}). send(message): to the kernel, with the field protocol. key(): where what is on its way is kept in this
// browser. blocked(): whether sending has to wait. onPending(): something began or ended to be on its way.
// Gives {node, update(), hear(message), stop(), pending}.
export function createDebrief({ model, send, key, blocked, onPending = () => {} }) {
  const view = new DebriefView({ model, send, key, blocked, onPending });
  return {
    node: view.node,
    update: () => view.update(),
    hear: (message) => view.hear(message),
    stop: () => view.field.stop(),
    get pending() {
      return view.field.pending;
    },
  };
}

class DebriefView {
  constructor({ model, send, key, blocked, onPending }) {
    this.model = model;
    this.notes = {};
    this.at = 0;
    this.isOpen = false;
    this.key = key;
    this.status = createStatus("iop-status", () => this.node.contains(document.activeElement) && document.activeElement.type === "text");
    this.waiting = make("p", { class: "iop-muted", role: "status" });
    this.inside = make("div", { class: "iop-stack" });
    const id = uid();
    this.title = make("h2", { id, class: "iop-title is-small", tabindex: "-1" }, "Debrief");
    this.node = make("section", { class: "iop-card iop-debrief", "aria-labelledby": id }, this.title, this.waiting, this.inside, ...this.status.nodes);
    this.field = createField({
      send: (message) => send({ ...message, type: "debrief", run: this.run }),
      key: () => `${key()}/${this.run}`,
      blocked,
      stored: () => ({ value: this.stored.value ?? {}, saved: this.stored.saved ?? "" }),
      read: () => this.notes,
      write: (notes) => { this.notes = notes; },
      typed: true,
      status: this.status,
      place: this.node,
      onChange: () => this.draw(),
      onPending,
    });
  }

  get debrief() {
    return this.model.get("debrief");
  }

  get stored() {
    return this.model.get("debrief_notes") ?? {};
  }

  update() {
    const { debrief } = this;
    this.node.hidden = !debrief;
    const words = debrief?.pending ? LOOKING_BACK : (debrief?.problem ?? "");
    if (this.waiting.textContent !== words) this.waiting.textContent = words;
    this.waiting.hidden = !words;
    const place = debrief?.data ? `${this.key()}/${debrief.data.run}` : "";
    if (place === this.place) {
      if (place) this.field.showStored();
    } else this.takeUp(place);
    this.field.unblock();
  }

  // Another session, or another person: nothing of the earlier one stays on screen.
  takeUp(place) {
    this.place = place;
    this.run = this.debrief?.data?.run ?? "";
    this.built = [];
    this.shown = "";
    this.inside.replaceChildren();
    if (!place) return;
    this.at = 0;
    this.field.takeUp();
    this.isOpen = !this.notes.left && !this.notes.done;
    this.shown = "";
    this.draw();
  }

  hear(message) {
    if (message.type === "debrief_saved") this.field.saved(message);
    if (message.type === "debrief_refused") this.field.refused(message);
  }

  // A tap is sent at once, typing after a pause.
  tap(patch) {
    this.type(patch);
    this.field.flush();
  }

  type(patch) {
    this.notes = { ...this.notes, ...patch };
    this.field.input();
  }

  // What a step builds on; the data are those of the run it was built for.
  context() {
    const { data, words, curves_svg: svg, earlier_goal: earlier } = this.debrief;
    return {
      data,
      words,
      svg,
      earlier,
      notes: () => this.notes,
      tap: (patch) => this.tap(patch),
      type: (patch) => this.type(patch),
      go: (step) => this.go(step),
      retry: (turn) => {
        this.step(LOOP_STEP).retry(turn);
        this.go(LOOP_STEP);
      },
    };
  }

  step(number) {
    this.built[number] ??= DEBRIEF_STEPS[number - 1].build(this.context());
    return this.built[number];
  }

  go(step) {
    this.at = step;
    this.tap({ step: Math.max(step, this.notes.step), left: false });
    this.heading.focus();
  }

  draw() {
    if (!this.place) return;
    if (!this.at) this.at = Math.max(FIRST_STEP, this.notes.step || 0);
    const wanted = this.isOpen ? `step ${this.at}` : "closed";
    if (wanted !== this.shown) {
      this.shown = wanted;
      this.inside.replaceChildren(...(this.isOpen ? this.stepNodes() : this.closedNodes()));
    }
    if (!this.isOpen) return;
    this.nav.update();
    this.step(this.at).update();
    if (this.still.textContent) this.still.textContent = this.missing();
  }

  stepNodes() {
    const id = uid();
    this.nav = this.createNav();
    this.heading = make("h3", { id, class: "iop-step-title", tabindex: "-1" }, `${this.at}. ${DEBRIEF_STEPS[this.at - 1].name}`);
    this.still = make("p", { class: "iop-still", role: "status" });
    return [this.nav.node, make("section", { class: "iop-stack", "aria-labelledby": id }, this.heading, ...this.step(this.at).nodes), this.still, this.footer()];
  }

  createNav() {
    const buttons = DEBRIEF_STEPS.map(({ name }, n) => make("button", {
      type: "button", class: "iop-step", "aria-current": n + 1 === this.at ? "step" : null, on: { click: () => this.go(n + 1) },
    }, make("span", { class: "iop-step-number", "aria-hidden": "true" }, String(n + 1)), make("span", { class: "iop-step-name" }, name)));
    return {
      node: make("nav", { "aria-label": "Steps of the debrief" }, make("ol", { class: "iop-steps" }, ...buttons.map((one) => make("li", {}, one)))),
      // Until somebody has looked for themselves, or skipped that, the rest stays closed.
      update: () => buttons.forEach((one, n) => {
        one.disabled = n > 0 && !this.isUnlocked();
        one.classList.toggle("is-seen", n + 1 < this.notes.step);
      }),
    };
  }

  isUnlocked() {
    return this.notes.step > FIRST_STEP;
  }

  footer() {
    // In the loop the way on leads through the loop.
    const look = this.at === LOOP_STEP ? "" : "is-main";
    const forward = this.at < GOAL_STEP
      ? button(`Next: ${DEBRIEF_STEPS[this.at].name}`, () => this.goOn(), look)
      : button("Finish the debrief", () => this.close({ done: true, left: false }), look);
    const nodes = [
      this.at > FIRST_STEP ? button("Back", () => this.go(this.at - 1)) : null,
      forward,
      this.at === GOAL_STEP ? button(`Look at ${DEBRIEF_STEPS[LAST_STEP - 1].name.toLowerCase()}`, () => this.go(LAST_STEP)) : null,
      this.at === FIRST_STEP && !this.isUnlocked() ? button("Skip this", () => this.go(FIRST_STEP + 1), "is-quiet") : null,
      button("Leave it for later", () => this.close({ left: true }), "is-quiet"),
    ];
    return make("div", { class: "iop-row iop-debrief-foot" }, ...nodes.filter(Boolean));
  }

  missing() {
    return this.at === FIRST_STEP && !this.isUnlocked() ? this.step(FIRST_STEP).missing() : "";
  }

  goOn() {
    this.still.textContent = this.missing();
    if (!this.still.textContent) this.go(this.at + 1);
  }

  close(patch) {
    this.isOpen = false;
    this.tap(patch);
    this.title.focus();
  }

  closedNodes() {
    const { done, goal, step } = this.notes;
    const open = () => {
      this.isOpen = true;
      this.at = done ? FIRST_STEP : this.at;
      this.tap({ left: false });
      this.heading.focus();
    };
    const where = DEBRIEF_STEPS[Math.max(FIRST_STEP, step || 0) - 1].name;
    const words = done ? "Done." : `It waits for you at “${where}”. Nothing is lost, and there is no hurry.`;
    return [
      make("p", { class: done ? "iop-done" : null }, words),
      done && goal ? make("p", {}, make("b", {}, "Your goal for the next case: "), goal) : null,
      button(done ? "Look at it again" : "Go on with the debrief", open, done ? "" : "is-main"),
    ].filter(Boolean);
  }
}
