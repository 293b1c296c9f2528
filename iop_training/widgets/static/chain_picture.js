// A chain as a picture: its links joined by arrows, what stands on each, and what cuts it. rendering/kinds/chain.py draws the same.
import { button, make, prose } from "./dom.js";
import { askToPrint } from "./print.js";
import { FOOT } from "./sheet.js";

const LOOP_BACK = "which makes the next time more likely";
// Links up to which a loop is a ring where there is room; a longer one runs down.
const RING = 6;

// What people call it: a thought record has fields, and no links.
export function chainNoun({ view }) {
  return view === "record" ? "record" : "chain";
}

// update(links, standing): for each link {held: [{text, at, tone}], cuts: [{text, tone}], own}; standing: how much is
// filled, in words.
export function createChainPicture({ title, view, links }) {
  const count = make("span", { class: "iop-muted" });
  const ring = view === "loop" && links.length <= RING ? ` is-of-${links.length}` : "";
  const list = make("ol", { class: `iop-chain-links${ring}` });
  const picture = make("div", { class: `iop-chain is-${view}` },
    make("div", { class: "iop-plan-head" }, make("span", { class: "iop-plan-title" }, title), count),
    list, make("p", { class: "iop-sheet-foot" }, FOOT));
  const press = button(`Print this ${chainNoun({ view })}`, () => askToPrint(picture, {
    title, look: "iop-chain-page", onePage: true, done: () => press.focus(),
  }));
  return {
    node: make("div", { class: "iop-stack" }, picture, press),
    update(states, standing) {
      count.textContent = standing;
      list.replaceChildren(...links.map((link, n) => chainLink(link, states[n], view === "loop" && n === links.length - 1)));
    },
  };
}

function chainLink({ name, about, given, takes }, { held, cuts, own }, isLast) {
  const open = Array.from({ length: Math.max(0, takes - held.length) }, () => make("li", { class: "is-open" }, make("span", { class: "iop-spoken" }, "nothing yet")));
  const box = make("div", { class: "iop-link-box" },
    make("p", { class: "iop-link-name" }, ...prose(name)),
    about ? make("p", { class: "iop-muted" }, about) : null,
    make("ul", { class: "iop-held" },
      given ? make("li", { class: "is-given" }, make("span", {}, ...prose(given))) : null,
      ...held.map(heldPiece), ...open),
    own ? make("p", { class: "iop-link-own" }, own) : null);
  const looks = ["iop-link", given ? "is-given" : "", cuts.length ? "is-cut" : ""];
  return make("li", { class: looks.filter(Boolean).join(" ") }, box,
    cuts.length ? make("ul", { class: "iop-cuts" }, ...cuts.map(cutMark)) : null,
    isLast ? make("p", { class: "iop-loop-back" }, LOOP_BACK) : null);
}

function heldPiece({ text, at, tone }) {
  return make("li", { class: tone || null }, at ? make("b", { class: "iop-at" }, at) : null, make("span", {}, ...prose(text)));
}

function cutMark({ text, tone }) {
  return make("li", { class: tone || null }, make("span", { class: "iop-spoken" }, "Cut here: "), make("span", {}, ...prose(text)));
}
