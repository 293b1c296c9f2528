// The pocket card: what to have at hand, on screen and on half a sheet of paper.
import { button, listen, make, mount } from "./dom.js";
import { printAlone } from "./print.js";

// A line to write on by hand. Its words are for those who don't see the line.
function blank() {
  return make("dd", { class: "iop-blank" }, make("span", { class: "iop-spoken" }, "not filled in: ask your supervisor"));
}

function factRow({ label, lines }) {
  const said = lines.map((line) => make("dd", {}, line));
  return make("div", {}, make("dt", {}, label), ...(said.length ? said : [blank()]));
}

function part({ title, facts }) {
  return make("section", { "aria-label": title },
    make("h3", {}, title),
    make("dl", {}, ...facts.map(factRow)));
}

function nationalRow([number, what]) {
  return make("div", {}, make("dt", {}, number), make("dd", {}, what));
}

// Said once under the card, where anything is left to write in.
function hint(parts) {
  const open = parts.some(({ facts }) => facts.some(({ lines }) => !lines.length));
  return open ? make("p", { class: "iop-muted" }, "For each empty line: ask your supervisor, and write it in.") : null;
}

function cardOf(model) {
  return make("div", { class: "iop-pocket" },
    make("div", { class: "iop-pocket-head" },
      make("h2", { class: "iop-title" }, "Pocket card"),
      model.get("program") ? make("p", {}, model.get("program")) : make("p", {}, "Program: ", make("span", { class: "iop-blank" }))),
    make("dl", { class: "iop-pocket-numbers" }, ...model.get("national").map(nationalRow)),
    make("div", { class: "iop-pocket-parts" }, ...model.get("parts").map(part)),
    hint(model.get("parts")));
}

function render({ model, el }) {
  const unmount = mount(el);
  const slot = make("div", { class: "iop-slot" });
  const press = button("Print this card", () => printAlone({
    node: slot.firstElementChild,
    title: "Pocket card",
    look: "iop-pocket-page",
    css: model.get("_css"),
    done: () => press.focus(),
  }), "is-main");
  el.replaceChildren(make("section", { class: "iop-card", "aria-label": "Pocket card" }, slot, press));
  const draw = () => slot.replaceChildren(cardOf(model));
  const unlisten = listen(model, { "change:program": draw, "change:national": draw, "change:parts": draw });
  draw();
  return () => {
    unlisten();
    unmount();
  };
}

export default { render };
