// Step 4, the loop: a moment again until the client's answer changes, then variants of it, then a harder one.
import { button, make, uid } from "./dom.js";
import { harmBox, heardNodes } from "./case_debrief_parts.js";
import { whyBox } from "./feedback.js";

const CHANGES_ANSWER = 2; // the quality from which a line changes the client's answer
const MOST_TRIES = 60; // tries that are kept

export function buildLoop(context) {
  const { data, notes } = context;
  const place = make("div", { class: "iop-stack" });
  const rounds = data.turning_points.map((point) => roundOf(point, data));
  let round = rounds.find((one) => one.stages.some((stage) => isLastTried(stage, notes()))) ?? rounds[0];
  let shown = null;

  function open(number, focus = true) {
    shown = buildLoopStage(round, number, { ...context, next: () => open(number + 1) });
    place.replaceChildren(...[rounds.length > 1 ? picker() : null, shown.node].filter(Boolean));
    shown.update();
    if (focus) shown.heading.focus();
  }

  function take(chosen) {
    round = chosen;
    open(firstOpen(round, notes()), false);
  }

  function picker() {
    const choose = (one) => {
      take(one);
      place.querySelector('[aria-pressed="true"]').focus();
    };
    const choices = rounds.map((one) =>
      make("button", { type: "button", class: "iop-button is-choice", "aria-pressed": String(one === round), on: { click: () => choose(one) } }, one.title));
    return make("div", { class: "iop-row", role: "group", "aria-label": "Which moment" }, ...choices);
  }

  if (round) open(firstOpen(round, notes()), false);
  else place.append(make("p", {}, "There is no moment to try again in this session."));
  return {
    nodes: [place],
    update: () => shown?.update(),
    // Another step sends somebody here for a turn.
    retry: (turn) => take(rounds.find((one) => one.turn === turn)),
  };
}

// The moment itself and what there is to practise after it: the variants of that moment, or the ones that the run has.
function roundOf({ turn, moment, lines }, { turns, practice }) {
  const there = turns.find((one) => one.turn === turn);
  const own = practice.filter((one) => one.moment === moment);
  const variants = own.length ? own : practice;
  const stage = ({ id, harder, name, says, lines: drilled }) =>
    ({ at: id, title: harder ? "A harder one" : "The moment in another way", said: [{ name, text: says, shows: "" }], lines: drilled });
  const again = { at: moment, title: `Turn ${turn} again`, said: there.said, lines, before: there.line.id };
  return { turn, title: `Turn ${turn}: ${there.title.trim()}`, stages: [again, ...variants.map(stage)] };
}

function triedAt({ at }, { tried }) {
  return tried.filter((one) => one.at === at).map((one) => one.move);
}

function isLastTried({ at }, { tried }) {
  return tried.at(-1)?.at === at;
}

// Whether a line changes what the client answered; the line of the session itself does only where no other does as well.
function changesAnswer({ id, quality }, { before, lines }) {
  const isGood = (line) => line.quality >= CHANGES_ANSWER;
  return quality >= CHANGES_ANSWER && (id !== before || !lines.some((line) => line.id !== before && isGood(line)));
}

function isThrough(stage, notes) {
  const tried = triedAt(stage, notes);
  return stage.lines.some((line) => tried.includes(line.id) && changesAnswer(line, stage));
}

function firstOpen({ stages }, notes) {
  const number = stages.findIndex((stage) => !isThrough(stage, notes));
  return number < 0 ? stages.length - 1 : number;
}

function buildLoopStage(round, number, { notes, tap, next, go }) {
  const stage = round.stages[number];
  const isEnd = number === round.stages.length - 1;
  const id = uid();
  const heading = make("h4", { tabindex: "-1", id }, stage.title);
  const { node: progress, update: showProgress } = loopProgress(round, notes);
  const choices = stage.lines.map((line) => buildTry(line, stage, { notes, tap }));
  const on = make("div", { class: "iop-row" });
  const said = make("p", { class: "iop-done is-empty", role: "status" });
  const forward = isEnd ? button("On to one goal", () => go(5), "is-main") : button(nextStageLabel(round.stages[number + 1]), next, "is-main");
  const skip = isEnd ? null : button("Skip this one", next, "is-quiet");
  return {
    heading,
    node: make("section", { class: "iop-stack", "aria-labelledby": id },
      progress, heading, make("div", { class: "iop-talked" }, ...heardNodes(stage.said)),
      make("p", { class: "iop-asked" }, "What do you say?"),
      make("ul", { class: "iop-tries" }, ...choices.map((choice) => choice.node)), said, on),
    update() {
      choices.forEach((choice) => choice.update());
      showProgress();
      const through = isThrough(stage, notes());
      const words = through && isEnd ? "You have gone all the way through this moment." : "";
      if (said.textContent !== words) said.textContent = words;
      said.classList.toggle("is-empty", !words);
      const wanted = [through ? forward : skip].filter(Boolean);
      if (wanted[0] !== on.firstChild) on.replaceChildren(...wanted);
    },
  };
}

function nextStageLabel({ title }) {
  return title === "A harder one" ? "Next: a harder one" : "Next: the moment in another way";
}

function loopProgress({ stages }, notes) {
  const id = uid();
  const bar = make("progress", { class: "iop-meter", max: stages.length, "aria-labelledby": id });
  const text = make("p", { class: "iop-count", id });
  return {
    node: make("div", { class: "iop-stack is-tight" }, text, bar),
    update() {
      const done = stages.filter((stage) => isThrough(stage, notes())).length;
      bar.value = done;
      text.replaceChildren(make("b", {}, `${done} of ${stages.length}`), stages.length === 1 ? " moment in which the answer changed" : " moments in which the answer changed");
    },
  };
}

// A line to try: the button, and below it what comes back, once it was tried.
function buildTry(line, stage, { notes, tap }) {
  const slot = make("div", { class: "iop-slot", "aria-live": "polite" });
  const then = line.id === stage.before ? make("span", { class: "iop-hint" }, "What you said in the session") : null;
  const press = () => tap({ tried: withTry(notes().tried, stage, line.id) });
  const control = make("button", { type: "button", class: "iop-button is-line", on: { click: press } }, line.text.trim(), then);
  return {
    node: make("li", {}, control, slot),
    update() {
      const tried = triedAt(stage, notes()).includes(line.id);
      control.classList.toggle("is-tried", tried);
      if (tried !== Boolean(slot.firstChild)) slot.replaceChildren(...(tried ? cameBack(line, stage) : []));
    },
  };
}

function cameBack(line, stage) {
  const changes = changesAnswer(line, stage);
  const title = line.id === stage.before ? "What you heard in the session." : changes ? "The answer changes." : "Not yet: try another line.";
  return [
    make("div", { class: "iop-talked" }, ...heardNodes(line.answer)),
    harmBox(line),
    whyBox({ tone: changes ? "is-ok" : "is-not-yet", title, text: line.why, sources: line.sources }),
  ].filter(Boolean);
}

// Each line once; when there are too many, one that did not help goes first.
function withTry(tried, { at, lines }, move) {
  const kept = tried.filter((one) => one.at !== at || one.move !== move);
  if (kept.length >= MOST_TRIES) {
    const helped = new Set(lines.filter((line) => line.quality >= CHANGES_ANSWER).map(({ id }) => id));
    const least = kept.findIndex((one) => one.at !== at || !helped.has(one.move));
    kept.splice(Math.max(0, least), 1);
  }
  return [...kept, { at, move }];
}
