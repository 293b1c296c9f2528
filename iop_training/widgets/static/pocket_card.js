// The pocket card: what to have at hand, on screen and on half a sheet of paper.
import { button, listen, make, mount } from "./dom.js";

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

// Printing the page would print all of JupyterLab, so the card goes into a document of its own.
function printAlone(node, css, done) {
  const frame = make("iframe", { class: "iop-print-frame", title: "Pocket card to print", "aria-hidden": "true", tabindex: "-1" });
  frame.srcdoc = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Pocket card</title></head><body class="iop-pocket-page"></body></html>';
  frame.addEventListener("load", () => {
    const { document: sheet } = frame.contentWindow;
    sheet.head.append(make("style", {}, css, "@page { margin: 12mm; }"));
    sheet.body.append(make("div", { class: "iop" }, node.cloneNode(true)));
    const end = () => {
      frame.remove();
      done();
    };
    // Removed within the event, the frame takes the print dialog of some browsers with it.
    frame.contentWindow.addEventListener("afterprint", () => setTimeout(end));
    frame.contentWindow.focus();
    frame.contentWindow.print();
  }, { once: true });
  document.body.append(frame);
}

function render({ model, el }) {
  const unmount = mount(el);
  const slot = make("div", { class: "iop-slot" });
  const press = button("Print this card", () => printAlone(slot.firstElementChild, model.get("_css"), () => press.focus()), "is-main");
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
