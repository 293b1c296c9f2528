// What was said, from the first word on. Only what is new is added, so that only that is spoken.
import { button, make, prose } from "./dom.js";

const CODE_WORDS = { reflection_simple: "simple reflection", reflection_complex: "complex reflection", question_open: "open question", question_closed: "closed question" };

export function codeWords(code) {
  return CODE_WORDS[code] ?? code.replaceAll("_", " ");
}

function face(people, by) {
  const letters = people.find(({ id }) => id === by)?.letters ?? "";
  return make("span", { class: "iop-face", "aria-hidden": "true" }, letters);
}

// Color and side are never all that tells who speaks. goesOn: the same person has just spoken, so the name is for the ear.
function heard(people, { by, name, text, shows }, goesOn) {
  return make("div", { class: goesOn ? "iop-heard is-more" : "iop-heard" },
    goesOn
      ? make("p", { class: "iop-spoken" }, name)
      : make("p", { class: "iop-speaker" }, face(people, by), make("b", {}, name)),
    shows ? make("p", { class: "iop-shows" }, make("em", {}, ...prose(shows))) : null,
    make("div", { class: "iop-bubble" }, ...prose(text)));
}

export function toWhom(to) {
  return to.length ? `to ${to.join(" and ")}` : "";
}

function when({ number, minutes }) {
  return minutes ? `turn ${number} · ${minutes} min in` : `turn ${number}`;
}

function takesBack(turn, { turns, ending }) {
  if (ending) return `You try another line in turn ${turn}. The session that has ended stays as it is.`;
  const after = turns.length - turn;
  return `This takes back turn ${turn}${after ? ` and the ${after === 1 ? "turn" : `${after} turns`} after it` : ""}.`;
}

// Asked twice, since the turns after it go too. latest(): the room as it is when that is asked.
function backRow(turn, latest, onBack) {
  const row = make("div", { class: "iop-row is-back" });
  const ask = button("Try another line here", () => {
    const yes = button(latest().ending ? `Go back to turn ${turn}` : "Take back", () => onBack(turn));
    const no = button("Leave it", () => {
      row.replaceChildren(ask);
      ask.focus();
    }, "is-quiet");
    row.replaceChildren(make("p", { class: "iop-muted", role: "status" }, takesBack(turn, latest())), yes, no);
    yes.focus();
  }, "is-quiet");
  ask.setAttribute("aria-label", `Try another line here, turn ${turn}`);
  row.append(ask);
  return row;
}

function coachBox({ title, text, better, codes, harm, harm_reason: reason, sources }) {
  const look = harm && harm !== "none" ? "is-harm" : title.startsWith("Not yet") ? "is-not-yet" : "is-ok";
  return make("div", { class: `iop-why is-coach ${look}` },
    make("p", { class: "iop-coach-head" }, make("span", { class: "iop-eyebrow" }, "Coach"),
      ...codes.map((code) => make("span", { class: "iop-chip" }, codeWords(code)))),
    make("b", {}, title),
    ...prose(text),
    reason ? make("p", { class: "iop-line" }, `This could harm a client: ${reason.trim()}`) : null,
    better ? make("p", { class: "iop-line" }, make("b", {}, "A line to try: "), better.trim()) : null,
    sources.length ? make("details", { class: "iop-cited" }, make("summary", {}, sources.length > 1 ? "Sources" : "Source"), ...sources.map((source) => make("p", { class: "iop-source" }, source))) : null);
}

// What the coach leaves unsaid can be asked for.
function coachPart({ coach, more }) {
  const slot = make("div", { class: "iop-coached" });
  const tell = () => {
    const box = coachBox(more);
    box.tabIndex = -1;
    slot.replaceChildren(box);
    box.focus();
  };
  slot.append(...[coach ? coachBox(coach) : null, more ? button(coach ? "More from the coach" : "Ask the coach", tell, "is-quiet") : null].filter(Boolean));
  return slot;
}

function mine(turn, offerBack) {
  const whom = toWhom(turn.to);
  return make("div", { class: "iop-mine", "aria-live": "off" },
    make("p", { class: "iop-speaker" }, make("b", {}, whom ? `You, ${whom}` : "You"), make("span", { class: "iop-muted" }, ` ${when(turn)}`)),
    make("div", { class: "iop-bubble" }, ...prose(turn.line)),
    offerBack?.(turn) ?? null);
}

// {key, draw(), opens} of each piece in the order of the talk: pieces with the same key are left standing. opens: the turn that
// begins with it, 0 for none.
function pieces(people, room, offerBack) {
  const listed = [];
  let speaker = null;
  const add = (data, draw, { by = null, opens = 0 } = {}) => {
    speaker = by;
    listed.push({ key: JSON.stringify(data), draw, opens });
  };
  const spoken = (number, part, all) => all.forEach((said, n) => {
    const goesOn = speaker === said.by;
    const opens = part === "said" && n === 0 ? number : 0;
    add([number, part, n, said, goesOn], () => heard(people, said, goesOn), { by: said.by, opens });
  });
  for (const turn of room.turns) {
    spoken(turn.number, "said", turn.said);
    add([turn.number, turn.line, turn.to, Boolean(offerBack)], () => mine(turn, offerBack));
    spoken(turn.number, "reply", turn.reply);
    if (turn.coach || turn.more) add([turn.number, "coach", turn.coach, turn.more], () => coachPart(turn));
  }
  if (room.now) spoken(room.turns.length + 1, "said", room.now.said);
  return listed;
}

// onBack(turn): to try another line there, where that can be done.
export function createLog({ people, onBack }) {
  const node = make("div", { class: "iop-log", role: "log", "aria-label": "What was said" });
  let standing = [];
  let latest = null;
  const offerBack = ({ number }) => backRow(number, () => latest, onBack);

  return {
    node,
    // Returns the first new piece, or null.
    update(room) {
      latest = room;
      const wanted = pieces(people, room, room.can_back ? offerBack : null);
      let same = 0;
      while (same < standing.length && standing[same].key === wanted[same]?.key) same += 1;
      for (const { node: gone } of standing.slice(same)) gone.remove();
      const fresh = wanted.slice(same).map(({ key, draw, opens }) => ({ key, opens, node: draw() }));
      node.append(...fresh.map((piece) => piece.node));
      standing = [...standing.slice(0, same), ...fresh];
      return fresh[0]?.node ?? null;
    },
    // Where what is said now begins, fit to take the focus.
    opening() {
      const first = standing.find(({ opens }) => opens === latest.turns.length + 1);
      first?.node.setAttribute("tabindex", "-1");
      return first?.node ?? node;
    },

    clear() {
      standing = [];
      node.replaceChildren();
    },
  };
}
