// Before a session: who you are, what comes, the chart, and how you want to take it.
import { button, make, plural, prose } from "./dom.js";
import { chartParts } from "./case_chart.js";
import { pageLink } from "./page_link.js";

const APART = {
  in_person: "Recorded: you show this to your supervisor in person. Tell them, and agree on a time. You can still start the session here.",
  another: "Recorded: you meet another client for this. Your supervisor is told. You can still start the session here.",
};

function briefPart(title, ...children) {
  return make("div", { class: "iop-brief-part" }, make("h3", {}, title), ...children);
}

export function goalPart({ prebrief }, room) {
  const carried = room.goal?.text
    ? briefPart("Your own goal from the last case", make("div", { class: "iop-own-goal" }, ...prose(room.goal.text)))
    : null;
  return [briefPart("Your goal here", ...prose(prebrief.goal)), carried];
}

function briefing(place, room) {
  const { prebrief, people } = place;
  const meet = people.filter(({ description }) => description);
  return make("div", { class: "iop-card is-brief" },
    make("div", { class: "iop-top" },
      make("h2", { class: "iop-title" }, "Before you begin"),
      make("p", { class: "iop-muted" }, `About ${plural(prebrief.minutes, "minute")}`)),
    briefPart("Your role", ...prose(prebrief.role)),
    briefPart("Where you are", ...prose(prebrief.setting)),
    briefPart(people.length > 1 ? "Who is there" : "Who you meet", ...meet.map(({ description }) => make("div", {}, ...prose(description)))),
    ...goalPart(place, room),
    briefPart("What counts", ...prose(prebrief.counts), prebrief.mistakes ? make("p", { class: "iop-line" }, prebrief.mistakes) : null),
    make("div", { class: "iop-note" }, make("b", {}, "What comes up. "), ...prose(prebrief.content_note),
      make("span", { class: "iop-line" }, "The Escape key stops the session at any turn.")));
}

function chartCard({ chart }) {
  const parts = chartParts(chart);
  return parts.length ? make("div", { class: "iop-card" }, make("h2", { class: "iop-title is-small" }, "The chart"), ...parts) : null;
}

function summaryFold({ prebrief }) {
  if (!prebrief.summary) return null;
  return make("details", { class: "iop-details is-way" },
    make("summary", {}, "Read a summary of the story first"),
    make("div", { class: "iop-way-text" }, ...prose(prebrief.summary)));
}

function insteadFold({ instead }) {
  if (!instead.length) return null;
  return make("details", { class: "iop-details is-way" },
    make("summary", {}, "Practice with another client instead"),
    make("ul", { class: "iop-links" }, ...instead.map(({ title, path }) => make("li", {}, pageLink({ path, text: title })))));
}

function wayRow(way, disabled, begin) {
  const press = button(way.label, () => begin(way.id));
  press.disabled = disabled;
  return make("div", { class: "iop-way" }, press, way.text ? make("p", { class: "iop-muted" }, way.text) : null);
}

// The ways other than the first. Also shown after stopping.
export function otherWays({ place, room, blocked, begin }) {
  const ways = place.ways.filter(({ id }) => id !== "session" && id !== room.way);
  const shown = [...ways.map((way) => wayRow(way, blocked, begin)), summaryFold(place), insteadFold(place)].filter(Boolean);
  return shown.length ? [make("h3", {}, "Other ways"), ...shown] : [];
}

// begin(way): one was chosen.
export function createBefore({ place, begin }) {
  const node = make("div", { class: "iop-stack" });

  function choice(room, blocked) {
    const [first] = place.ways;
    const start = button(room.now ? "Go on with the session" : first.label, () => begin(first.id), "is-main");
    start.disabled = blocked;
    return make("div", { class: "iop-card" },
      make("h2", { class: "iop-title is-small iop-choice-head", tabindex: "-1" }, "How do you want to take it?"),
      APART[room.way] ? make("p", { class: "iop-note" }, APART[room.way]) : null,
      room.notice ? make("p", { class: "iop-flag" }, room.notice) : null,
      make("p", {}, place.counts_sentence),
      start,
      make("div", { class: "iop-ways" }, ...otherWays({ place, room, blocked, begin })));
  }

  return {
    node,
    update(room, { blocked, moved, mine }) {
      const stood = node.contains(document.activeElement);
      node.replaceChildren(...[briefing(place, room), chartCard(place), choice(room, blocked)].filter(Boolean));
      if ((moved && mine) || stood) node.querySelector(".iop-choice-head").focus();
    },
  };
}
