// The head of a page: where you are, how far you are, and who you are.
import { button, listen, make, mount, plural } from "./dom.js";
import { createIdForm } from "./id_form.js";
import { createSteady } from "./steady.js";
import { progressText, unansweredList } from "./progress.js";

function heading(model) {
  const titles = make("div", {},
    make("p", { class: "iop-eyebrow" }, eyebrowText(model)),
    make("h2", { class: "iop-title" }, model.get("title")));
  if (!model.get("total")) return [make("div", { class: "iop-top" }, titles)];
  const { text, bar } = progressText(model);
  return [make("div", { class: "iop-top" }, titles, text), bar];
}

function eyebrowText(model) {
  const minutes = model.get("minutes");
  return [model.get("eyebrow"), minutes ? plural(minutes, "minute") : ""].filter(Boolean).join(" · ");
}

function objectives(model) {
  const texts = model.get("objectives");
  if (!texts.length) return null;
  return make("ul", { class: "iop-objectives" }, ...texts.map((text) => make("li", {}, text)));
}

function identity(model, onChange) {
  const name = make("b", {}, model.get("trainee"));
  // tabindex -1: whoever has chosen an id is put here.
  const line = make("p", { class: "iop-muted iop-who", tabindex: "-1", "data-name": "who" }, "You are signed in as ", name, ".");
  const change = model.get("id_fixed") ? null : button("Use another id", onChange, "is-quiet");
  return make("div", { class: "iop-row" }, line, change);
}

function notices(model) {
  const lines = model.get("notices").map((text) => make("p", {}, text));
  return lines.length ? make("div", { class: "iop-note" }, ...lines) : null;
}

class HeaderView {
  constructor(model, el) {
    this.model = model;
    this.list = { open: false };
    this.changingId = false;
    this.form = createIdForm(model, () => this.toggleForm(false));
    this.alarms = make("div", { class: "iop-slot" });
    this.card = make("div", { class: "iop-card is-head" });
    this.steady = createSteady(this.card, () => this.card.querySelector(".iop-who"));
    // One lasting polite region, so that a notice that comes later is spoken.
    this.news = make("div", { class: "iop-slot", "aria-live": "polite" });
    el.replaceChildren(make("div", { class: "iop-stack" }, this.alarms, this.card, this.form.node, this.news));
  }

  start() {
    const draw = () => this.draw();
    const traits = ["eyebrow", "title", "minutes", "objectives", "total", "answered", "unanswered", "id_fixed", "problem"];
    this.unlisten = listen(this.model, {
      ...Object.fromEntries(traits.map((trait) => [`change:${trait}`, draw])),
      "change:notices": () => this.drawNotices(),
      "change:trainee": () => this.form.accepted(),
      "msg:custom": (message) => {
        if (message.type === "refused") this.form.refused(message.message);
      },
    });
    this.draw();
    this.drawNotices();
  }

  stop() {
    this.unlisten();
    this.form.stop();
  }

  toggleForm(changing) {
    const standing = this.form.node.contains(document.activeElement);
    this.changingId = changing;
    this.draw();
    if (standing && this.form.node.hidden) this.card.querySelector(".iop-who")?.focus();
  }

  changeId() {
    this.toggleForm(true);
    this.form.focus();
  }

  draw() {
    const { model } = this;
    const problem = model.get("problem");
    const trainee = model.get("trainee");
    const asking = !problem && (!trainee || this.changingId);
    this.alarms.replaceChildren(...(problem ? [make("p", { class: "iop-flag" }, problem)] : []));
    this.form.toggle(asking);
    this.steady.show(() => [
      ...heading(model),
      objectives(model),
      trainee && !asking ? identity(model, () => this.changeId()) : null,
      trainee && !problem ? unansweredList(model, this.list) : null,
    ]);
  }

  drawNotices() {
    this.news.replaceChildren(...[notices(this.model)].filter(Boolean));
  }
}

function render({ model, el }) {
  const unmount = mount(el);
  const view = new HeaderView(model, el);
  view.start();
  return () => {
    view.stop();
    unmount();
  };
}

export default { render };
