// Step 6, for who wants it: the conversation coded line by line, the practice indices, the curves.
import { make } from "./dom.js";
import { changeNodes, codeNodes, harmBox, heardNodes, titled, saidNode } from "./case_debrief_parts.js";
import { whyBox } from "./feedback.js";

export function buildWhole(context) {
  const { words } = context;
  return {
    nodes: [
      make("p", {}, words.reach),
      debriefFold("The whole conversation, line by line", () => codedTalk(context)),
      debriefFold("Practice indices", () => indexTable(words.indices)),
      debriefFold("How the client’s state moved", () => curveParts(context)),
    ],
    update() {},
  };
}

// Drawn when it is opened first: most people don't open all of it.
function debriefFold(title, draw) {
  const inside = make("div", { class: "iop-stack" });
  const details = make("details", { class: "iop-details iop-fold" }, make("summary", {}, title), inside);
  details.addEventListener("toggle", () => {
    if (details.open && !inside.firstChild) inside.append(...draw());
  });
  return details;
}

function codedTalk({ data, words }) {
  const turn = ({ turn: number, said, line, emergency }) => make("li", {},
    make("h5", {}, `Turn ${number}`, emergency ? make("span", { class: "iop-chip" }, "Emergency") : null),
    make("div", { class: "iop-talked" }, ...heardNodes(said), saidNode(line), ...heardNodes(line.answer)),
    make("details", { class: "iop-details" },
      make("summary", {}, `${line.codes.map((code) => words.codes[code].name).join(", ")}. ${words.quality[line.quality]}`),
      make("div", { class: "iop-stack" }, ...codeNodes(line.codes, words.codes),
        titled("What it changed", changeNodes(words.changes[number])), harmBox(line),
        whyBox({ tone: line.quality >= 2 ? "is-ok" : "is-not-yet", title: "Why", text: line.why, sources: line.sources }),
        line.better ? whyBox({ tone: "is-better", title: "A line that does more here", text: line.better }) : null)));
  return [make("ol", { class: "iop-coded" }, ...data.turns.map(turn)), make("div", { class: "iop-ending" }, data.story)];
}

function indexTable({ rows, counts, note }) {
  const head = ["Index", "This session", "MITI fair", "MITI good"].map((title) => make("th", { scope: "col" }, title));
  const row = ({ name, value, basis, fair, good, remark }) => make("tr", {},
    make("th", { scope: "row" }, name),
    make("td", {}, make("b", {}, value), make("span", { class: "iop-hint" }, [basis, remark].filter(Boolean).join(". "))),
    make("td", { "data-column": "MITI fair" }, fair), make("td", { "data-column": "MITI good" }, good));
  const table = make("table", { class: "iop-table is-indices" }, make("caption", {}, note), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows.map(row)));
  return [table, ...counts.map((text) => make("p", {}, text))];
}

function curveParts({ data, words, svg }) {
  const turns = data.turns.map(({ turn }) => turn);
  const picture = svg ? make("div", { class: "iop-curves", role: "img", "aria-label": words.curves.join(" ") }, pictureNode(svg)) : null;
  const head = [make("th", { scope: "col" }, "Turn"), ...data.curves.map(({ name }, n) => make("th", { scope: "col" }, words.names[n] ?? name))];
  const row = (turn) => make("tr", {}, make("th", { scope: "row" }, turn === 0 ? "Start" : String(turn)),
    ...data.curves.map(({ values }) => make("td", {}, String(values[turn]))));
  const table = make("table", { class: "iop-table" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...[0, ...turns].map(row)));
  const scales = data.curves.map(({ meaning }, n) => make("div", {}, make("dt", {}, words.names[n]), make("dd", {}, meaning)));
  return [
    make("div", { class: "iop-row iop-beside" }, ...[picture].filter(Boolean),
      make("div", { class: "iop-stack" }, make("p", { class: "iop-muted" }, "Dashed lines stand at the turning points."),
        make("ul", { class: "iop-changes" }, ...words.curves.map((text) => make("li", {}, text))),
        make("dl", { class: "iop-scales" }, ...scales))),
    make("details", { class: "iop-details" }, make("summary", {}, "The same as a table"),
      make("div", { class: "iop-sideways", tabindex: "0", role: "region", "aria-label": "State after each turn" }, table)),
  ];
}

// The kernel's own drawing, parsed as the picture it is.
function pictureNode(text) {
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}
