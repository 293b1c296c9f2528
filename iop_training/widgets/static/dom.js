// Small helpers to build a page: every text goes in as a text node, never as HTML.

// Every widget is its own module instance, so a counter would repeat itself on one page:
// two questions with the same radio name would share one selection.
export function uid() {
  return `iop-${Math.random().toString(36).slice(2, 10)}`;
}

// make("p", {class: "iop-note", on: {click}}, "text", node, null): attributes that are false, null or undefined are left out.
export function make(tag, { on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  for (const [event, handler] of Object.entries(on)) node.addEventListener(event, handler);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function button(text, onClick, look = "") {
  return make("button", { type: "button", class: `iop-button ${look}`.trim(), on: { click: onClick } }, text);
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

// Every line of an author's text is a line here; lines with a leading "- " are a list.
// Spans, because a legend and a label may not hold paragraphs.
export function prose(text) {
  return String(text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => make("span", { class: isItem(line) ? "iop-line is-item" : "iop-line" }, line.replace(/^- /, "• ")));
}

// A question's text: what is asked is its last line, what stands before is the case.
export function stem(text) {
  const lines = prose(text);
  lines.findLast((line) => !line.classList.contains("is-item"))?.classList.add("is-asked");
  return lines;
}

function isItem(line) {
  return line.startsWith("- ");
}

// A sentence to read now: role="alert" is spoken when the node appears.
export function alertBox(text, ...children) {
  return make("div", { class: "iop-alert", role: "alert" }, make("p", {}, text), ...children);
}

// block: where in the window it is to stand, "start" or "nearest".
export function scrollIntoSight(node, block) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

// Makes `el` ours: look, and no notebook shortcuts while somebody types in it. Returns the undo.
export function mount(el) {
  // JupyterLab listens in the capture phase, before any handler of ours: only this attribute keeps its shortcuts out.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("iop");
  el.addEventListener("keydown", keepKey);
  return () => {
    el.removeEventListener("keydown", keepKey);
    el.replaceChildren();
  };
}

function keepKey(event) {
  event.stopPropagation();
  // Without JupyterLab's shortcut the browser would offer to save the web page; answers save themselves.
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
}

// Listens to model events ({"change:value": handler}); returns the undo.
export function listen(model, handlers) {
  for (const [event, handler] of Object.entries(handlers)) model.on(event, handler);
  return () => {
    for (const [event, handler] of Object.entries(handlers)) model.off(event, handler);
  };
}
