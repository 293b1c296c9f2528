// How far somebody agrees with the expert: sentences, a table code by code, and how that went over the attempts.
import { make } from "./dom.js";

const SHOWN_ATTEMPTS = 8;

// show(more): what a kind's feedback has beside the parts, or nothing.
export function createAgreement() {
  const node = make("div", { class: "iop-slot iop-agreement" });
  return {
    node,
    show(more) {
      node.replaceChildren(...(more?.pairings ? [
        ...more.lines.map((line) => make("p", {}, line)),
        pairingTable(more),
        ...attemptList(more.attempts),
      ] : []));
    },
  };
}

function pairingTable({ caption, headings, pairings }) {
  return make("table", { class: "iop-table is-pairings" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...headings.map((text) => make("th", { scope: "col" }, text)))),
    make("tbody", {}, ...pairings.map(({ yours, theirs, lines, agrees }) => make("tr", { class: agrees ? "is-ok" : null },
      make("td", {}, yours), make("td", {}, agrees ? "the same" : theirs), make("td", {}, String(lines))))));
}

// A row for each attempt: figures in words, and the same drawn as a point on its interval.
function attemptList(attempts) {
  if (attempts.length < 2) return [];
  const first = Math.max(0, attempts.length - SHOWN_ATTEMPTS);
  return [
    make("p", {}, make("b", {}, "Your attempts"), make("span", { class: "iop-hint" }, "Kappa with its 95% interval, drawn from 0 (chance) to 1 (full agreement)")),
    make("ol", { class: "iop-attempts" }, ...attempts.slice(first).map(({ figures, kappa, low, high }, n) => make("li", {},
      make("span", {}, `Attempt ${first + n + 1}`),
      make("span", { class: "iop-interval", "aria-hidden": "true", style: `--low: ${low}; --high: ${high}; --kappa: ${kappa}` }),
      make("span", {}, figures)))),
  ];
}
