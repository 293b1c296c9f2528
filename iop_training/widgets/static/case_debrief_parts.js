// Pieces that several steps of a debrief show: what was said, what a line is, a moment's name.
import { make, prose } from "./dom.js";
import { whyBox } from "./feedback.js";

// said: [{name, text, shows}]; what has no name is the story's, not somebody's line.
export function heardNodes(said) {
  return said.map(({ name, text, shows }) => (name ? bubble("iop-heard", name, text, shows) : make("p", { class: "iop-shows" }, ...prose(text))));
}

// What the trainee said: {text, to}.
export function saidNode({ text, to = [] }) {
  return bubble("iop-mine", to.length ? `You, to ${to.join(" and ")}` : "You", text);
}

function bubble(side, who, text, shows = "") {
  return make("div", { class: side },
    make("p", { class: "iop-speaker" }, make("b", {}, who)),
    shows ? make("p", { class: "iop-shows" }, make("em", {}, shows)) : null,
    make("div", { class: "iop-bubble" }, ...prose(text)));
}

// What a line is: each code by its name, with what the name means.
export function codeNodes(codes, words) {
  return codes.map((code) => make("p", { class: "iop-code" }, make("b", {}, words[code].name), ` ${words[code].meaning}`));
}

// What a line changed; changes: [[text, scale]].
export function changeNodes(changes) {
  if (!changes.length) return make("p", { class: "iop-muted" }, "Nothing that this story keeps track of.");
  const entry = ([text, scale]) => make("li", {}, text, scale ? make("span", { class: "iop-hint" }, scale) : null);
  return make("ul", { class: "iop-changes" }, ...changes.map(entry));
}

// Harm stands apart from points, in words and in its look.
export function harmBox({ harm, harm_reason: reason }) {
  return harm === "none" ? null : whyBox({ tone: "is-harm", title: "This line could harm a client", text: reason });
}

// The beginning of what was said in a turn, to know it again.
export function shortQuote(text, most = 88) {
  const whole = text.split(/\s+/u).join(" ").trim();
  if (whole.length <= most) return `“${whole}”`;
  return `“${whole.slice(0, most).replace(/\s+\S*$/u, "")} …”`;
}

export function titled(label, ...nodes) {
  return make("div", { class: "iop-stack is-tight" }, make("h5", {}, label), ...nodes.filter(Boolean));
}
