// Steps 2 and 3: how it ended and how the client sees it; the turns that mattered.
import { button, make, plural, prose } from "./dom.js";
import { changeNodes, codeNodes, harmBox, heardNodes, titled, saidNode } from "./case_debrief_parts.js";
import { whyBox } from "./feedback.js";

const NOTHING_NEW = () => {};

export function buildStory({ data }) {
  return {
    nodes: [make("div", { class: "iop-stack" },
      make("div", { class: "iop-ending" }, ...prose(data.story)),
      make("h4", {}, `How ${data.view_by} sees it`),
      make("div", { class: "iop-talked" }, ...heardNodes([{ name: data.view_by, text: data.view, shows: "" }])))],
    update: NOTHING_NEW,
  };
}

export function buildPoints(context) {
  const { data } = context;
  const count = data.turning_points.length;
  const intro = count
    ? `${count === 1 ? "One turn" : `${plural(count, "turn")}`} that mattered most. What was said, what it did, and what else was there to say.`
    : "No single turn stands out in this session.";
  return {
    nodes: [make("p", {}, intro), ...data.turning_points.map((point) => pointNode(point, context))],
    update: NOTHING_NEW,
  };
}

function pointNode(point, { data, words, retry }) {
  const turn = data.turns.find((one) => one.turn === point.turn);
  const { line } = turn;
  // With what was said next, where there was no answer at once.
  const { answer } = point.lines.find(({ id }) => id === line.id);
  return make("article", { class: `iop-turning is-${point.reason}` },
    make("h4", {}, `Turn ${point.turn}: ${turn.title.trim()}`),
    make("p", {}, make("span", { class: `iop-chip ${POINT_CHIPS[point.reason]}` }, words.reasons[point.reason]), " ",
      make("span", { class: "iop-muted" }, words.lost[point.turn])),
    make("div", { class: "iop-talked" }, ...heardNodes(turn.said), saidNode(line), ...heardNodes(answer)),
    titled("What the line was", ...codeNodes(line.codes, words.codes)),
    titled("What it changed", changeNodes(words.changes[point.turn])),
    harmBox(line),
    whyBox({ tone: point.reason === "strength" ? "is-ok" : "is-not-yet", title: "Why", text: line.why, sources: line.sources }),
    point.better ? whyBox({ tone: "is-better", title: "A line that does more here", text: point.better }) : null,
    button(`Try turn ${point.turn} again`, () => retry(point.turn)));
}

const POINT_CHIPS = { harm: "is-urgent", outcome: "is-open", strength: "is-done" };
