// The talk: what was said, and what you can say now.
import { button, make, plural, prose, uid } from "./dom.js";
import { chartParts } from "./case_chart.js";
import { goalPart } from "./case_before.js";
import { createLog, toWhom } from "./case_log.js";

const JUST_SHOWN_MS = 350;
const CALM = "(prefers-reduced-motion: reduce)";

function chartFold(place, room) {
  return make("details", { class: "iop-details is-way" },
    make("summary", {}, "Chart and goal"),
    make("div", { class: "iop-stack iop-way-text" }, ...goalPart(place, room), ...chartParts(place.chart)));
}

function lineButton({ id, text, to }, n, onSay) {
  const whom = toWhom(to);
  // The second press of a double one would fall on a line that has just come.
  const press = (event) => { if (event.detail < 2) onSay(id); };
  return make("button", { type: "button", class: "iop-say", "data-move": id, on: { click: press } },
    make("span", { class: "iop-keycap", "aria-hidden": "true" }, `${n + 1}`),
    make("span", {}, whom ? make("span", { class: "iop-whom" }, `${whom.replace("to ", "To ")}: `) : null, ...prose(text)));
}

// The lines on offer. Number keys choose only while the focus is among them.
function createLines(onSay) {
  const id = uid();
  const title = make("p", { id, class: "iop-speaker" });
  const list = make("div", { class: "iop-says" });
  const hint = make("p", { class: "iop-muted iop-keys" });
  const node = make("div", { class: "iop-lines", role: "group", "aria-labelledby": id, tabindex: "-1" }, title, list, hint);
  let shownAt = 0;
  let shown = "";

  node.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[1-6]$/.test(event.key)) return;
    if (event.timeStamp - shownAt > JUST_SHOWN_MS) list.children[Number(event.key) - 1]?.click();
  });

  return {
    node,
    // Returns whether other lines are shown than before.
    update({ now, turns, minutes }, blocked) {
      const key = JSON.stringify([turns.length, now, blocked]);
      if (key === shown) return false;
      shown = key;
      shownAt = performance.now();
      const time = minutes ? ` · ${plural(minutes, "minute")} into the session` : "";
      title.replaceChildren(make("b", {}, "What do you say?"), make("span", { class: "iop-muted" }, ` Turn ${turns.length + 1}${time}`));
      list.replaceChildren(...now.offered.map((line, n) => lineButton(line, n, onSay)));
      for (const line of list.children) line.disabled = blocked;
      hint.textContent = `Keys 1 to ${now.offered.length} choose while you are among these lines. Escape stops the session.`;
      return true;
    },
    mark(move) {
      for (const line of list.children) line.classList.toggle("is-pressed", line.dataset.move === move);
    },
  };
}

function againRow(onAgain) {
  const row = make("div", { class: "iop-row" });
  const ask = button("Start again", () => {
    const yes = button("Start again from the first word", onAgain);
    const no = button("Go on here", () => {
      row.replaceChildren(ask);
      ask.focus();
    }, "is-quiet");
    row.replaceChildren(make("p", { class: "iop-muted", role: "status" }, "The lines of this session are taken back."), yes, no);
    yes.focus();
  }, "is-quiet");
  row.append(ask);
  return row;
}

// After the end: what counts, what comes, and another time for oneself.
function afterEnd({ place, room, onAgain }) {
  const another = button(room.can_back ? "Meet again from the first word" : "Another attempt, for yourself", onAgain);
  if (room.can_back) return [make("div", { class: "iop-row" }, another)];
  const counts = room.attempt === room.counting
    ? "This session counts. The debrief comes with your feedback."
    : `Attempt ${room.counting} counts, the first that reached an ending. Your supervisor sees this one too.`;
  return [make("p", {}, counts), make("div", { class: "iop-row" }, another)];
}

function talkHead({ people, title, mode }, room) {
  const shown = people.length > 1 ? people : people.slice(0, 1);
  const faces = shown.map(({ letters }) => make("span", { class: "iop-face" }, letters));
  const attempt = mode === "assessed" && room.counting && room.stage === "talk" ? `Attempt ${room.attempt}, for yourself` : "";
  return make("div", { class: "iop-talk-head" },
    make("span", { class: "iop-faces", "aria-hidden": "true" }, ...faces),
    make("div", {},
      make("h2", { class: "iop-title is-small" }, people.length > 1 ? title : people[0].name),
      make("p", { class: "iop-muted" }, [people.length > 1 ? people.map(({ name }) => name).join(", ") : title, attempt].filter(Boolean).join(" · "))));
}

// onSay(move), onBack(turn), onAgain(), onLeave()
export function createTalk({ place, onSay, onBack, onAgain, onLeave }) {
  const top = make("div", { class: "iop-slot" });
  const fold = make("div", { class: "iop-slot" });
  const log = createLog({ people: place.people, onBack });
  const story = make("div", { class: "iop-story" }, log.node);
  const lines = createLines(onSay);
  const ending = make("div", { class: "iop-ending", tabindex: "-1" });
  const stop = button("Stop here", onLeave);
  const after = make("div", { class: "iop-stack" });
  const again = make("div", { class: "iop-slot" });
  const foot = make("div", { class: "iop-row iop-talk-foot" }, stop, again);
  const status = make("div", { class: "iop-slot" });
  const node = make("div", { class: "iop-card is-talk" }, top, fold, story, ending, after, lines.node, status, foot);
  let goal = null;

  function drawOnce(room) {
    const key = JSON.stringify([room.goal, room.attempt, room.counting, room.stage]);
    if (goal === key) return;
    goal = key;
    top.replaceChildren(talkHead(place, room));
    fold.replaceChildren(chartFold(place, room));
    again.replaceChildren(...(room.can_back ? [againRow(onAgain)] : []));
  }

  // Who opens the page after the end finds the talk folded: what comes next is below it.
  function foldStory(isFolded, turns) {
    if (isFolded === (log.node.parentNode !== story)) return;
    story.replaceChildren(isFolded
      ? make("details", { class: "iop-details is-way" }, make("summary", {}, `The session, ${plural(turns, "turn")}`), log.node)
      : log.node);
  }

  // Where the reading goes on: at what is new, or, coming back to the talk, at what was said last.
  function goTo(moved, fresh, ended) {
    const target = ended ? ending : moved ? log.opening() : lines.node;
    target?.focus({ preventScroll: true });
    const calm = window.matchMedia(CALM).matches;
    (moved ? target : fresh ?? target)?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  return {
    node,
    // Where it is said how a press stands.
    status,
    mark: lines.mark,

    // mine: whether it answers a press here, so that focus and eyes go to what is new.
    update(room, { blocked, moved, mine }) {
      drawOnce(room);
      const stood = node.contains(document.activeElement);
      if (moved) log.clear();
      const fresh = log.update(room);
      const ended = Boolean(room.ending);
      foldStory(ended && (moved ? !mine : log.node.parentNode !== story), room.turns.length);
      lines.node.hidden = foot.hidden = ended;
      ending.hidden = !ended;
      if (ended) ending.replaceChildren(make("h3", {}, "How it ended"), ...prose(room.ending.text));
      after.replaceChildren(...(ended ? afterEnd({ place, room, onAgain }) : []));
      if (!ended) lines.update(room, blocked);
      const lost = stood && !node.contains(document.activeElement);
      if (mine || lost) goTo(moved, fresh, ended);
    },
  };
}
