// The end of a lesson: what is answered, what is not, and what the lesson rests on.
import { listen, make, mount, prose } from "./dom.js";
import { nextLink } from "./page_link.js";
import { progressText, unansweredList } from "./progress.js";
import { stanceChart } from "./remarks.js";
import { createOpinions } from "./opinions.js";
import { createSteady } from "./steady.js";

function sourceList(model) {
  const sources = model.get("sources");
  if (!sources.length) return null;
  return make("details", { class: "iop-details" },
    make("summary", {}, "Sources used in this lesson"),
    make("ul", {}, ...sources.map((source) => make("li", {}, source))));
}

// Where a marked word leads when nothing opens it in its place.
function wordList(model) {
  const words = model.get("words");
  if (!words.length) return null;
  const entries = words.map(({ key, term, also, definition }) => make("div", { id: `glossary:${key}` },
    make("dt", {}, make("b", {}, [term, ...also].join(", "))), make("dd", {}, ...prose(definition))));
  return make("details", { class: "iop-details" },
    make("summary", {}, `Words of this lesson (${words.length})`),
    make("dl", { class: "iop-words" }, ...entries));
}

// A link into a closed list leads nowhere in some browsers, and in JupyterLab: the list is opened before it is followed.
function openFor(event, place) {
  const id = event.target.closest?.('a[href^="#glossary:"]')?.getAttribute("href").slice(1);
  const entry = id && place.querySelector(`[id="${CSS.escape(id)}"]`);
  if (entry) entry.closest("details").open = true;
}

function progress(model, state) {
  if (!model.get("total")) return [];
  const { text, bar } = progressText(model);
  const stances = stanceChart("How you would act on your answers", model.get("stances"));
  return [text, bar, unansweredList(model, state), stances].filter(Boolean);
}

function render({ model, el }) {
  const unmount = mount(el);
  const state = { open: true };
  const standing = make("div", { class: "iop-stack", tabindex: "-1" });
  const sources = make("div", { class: "iop-slot" });
  const title = make("h2", { class: "iop-title" }, "How far you are");
  const next = nextLink(model);
  const opinions = createOpinions(model, next);
  el.replaceChildren(make("div", { class: "iop-card" }, title, standing, sources, opinions ? null : next));
  if (opinions) el.append(opinions.node);
  const steady = createSteady(standing);
  const drawStanding = () => steady.show(() => progress(model, state));
  const drawSources = () => sources.replaceChildren(...[wordList(model), sourceList(model)].filter(Boolean));
  const unlisten = listen(model, {
    "change:total": drawStanding,
    "change:answered": drawStanding,
    "change:unanswered": drawStanding,
    "change:stances": drawStanding,
    "change:sources": drawSources,
    "change:words": drawSources,
    ...opinions?.handlers,
  });
  drawStanding();
  drawSources();
  const onClick = (event) => openFor(event, sources);
  document.addEventListener("click", onClick, true);
  return () => {
    unlisten();
    opinions?.stop();
    document.removeEventListener("click", onClick, true);
    unmount();
  };
}

export default { render };
