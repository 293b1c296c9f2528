// "Choose your id": asked once, before the first answer.
import { button, make, uid } from "./dom.js";
import { expectReply, notRunning, tell } from "./restart.js";

const HELP = "Your supervisor knows you by it, and may have given you one. If not, make one up and tell your supervisor. "
  + "No real name needed. Letters from a to z, digits, dots, hyphens and underscores; no spaces. For example: ann-b2";
const BLANK = "Type an id in the box first.";
const NO_REPLY = "No reply yet: the page is not running.";

// onDone(): the id was taken, or the person keeps the one there is.
export function createIdForm(model, onDone) {
  const ids = { input: uid(), help: uid(), error: uid() };
  const plain = { autocomplete: "username", autocapitalize: "none", spellcheck: "false" };
  const input = make("input", { id: ids.input, class: "iop-text", type: "text", ...plain });
  const error = make("p", { id: ids.error, class: "iop-error", "aria-live": "polite" });
  const alarm = make("div", { class: "iop-slot" });
  const keep = button("Keep my id", () => accepted(), "is-quiet");
  let stopWaiting = null;

  function show(message) {
    stopWaiting?.();
    alarm.replaceChildren();
    error.textContent = message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", message ? `${ids.error} ${ids.help}` : ids.help);
  }

  function accepted() {
    show("");
    onDone();
  }

  function submit(event) {
    event.preventDefault();
    const id = input.value.trim();
    show(id ? "" : BLANK);
    if (!id) return input.focus();
    if (id === model.get("trainee")) return accepted();
    tell(model, { type: "choose_id", id });
    stopWaiting = expectReply(() => alarm.replaceChildren(notRunning(NO_REPLY)));
  }

  const label = make("label", { class: "iop-stem", for: ids.input }, "Choose your id");
  const send = make("button", { type: "submit", class: "iop-button is-main" }, "Use this id");
  const help = make("p", { id: ids.help, class: "iop-muted" }, HELP);
  const node = make("form", { class: "iop-card", hidden: true, novalidate: true, on: { submit } },
    label, help, input, error, make("div", { class: "iop-row" }, send, keep), alarm);
  show("");
  return {
    node,
    focus: () => input.focus(),
    toggle(visible) {
      if (visible && node.hidden) input.value = model.get("trainee") || model.get("id_suggestion");
      node.hidden = !visible;
      keep.hidden = !model.get("trainee");
    },
    accepted,
    refused(message) {
      show(message);
      input.focus();
    },
    stop: () => stopWaiting?.(),
  };
}
