// The progress note about a session: a form, and in practice what the session has of each line.
import { button, make, plural } from "./dom.js";
import { buildChoices } from "./choices.js";
import { createCheck } from "./check.js";
import { createField } from "./field.js";
import { createStatus } from "./status.js";
import { factRows } from "./case_chart.js";
import { whyBox } from "./feedback.js";
import { tell } from "./restart.js";

const TONES = { in_session: "is-ok", rightly_left: "is-ok" };
const AGREES = "Every line agrees with the session.";

// What stands on a note before anybody writes: from the chart, as text.
function prefilled({ people, prebrief, chart }) {
  const known = chart.facts.some(({ label }) => label === "Client");
  const names = people.map(({ name }) => name).join(", ");
  const client = known ? [] : [{ label: people.length > 1 ? "About" : "Client", text: names }];
  const fold = chart.facts.length
    ? make("details", { class: "iop-details" }, make("summary", {}, "From the chart"), factRows(chart.facts))
    : null;
  const first = chart.facts.filter(({ label }) => label === "Client");
  return [factRows([...client, ...first, { label: "Session", text: prebrief.setting }]), fold].filter(Boolean);
}

function verdictBox({ outcome, title, text, session, harm_reason: reason }) {
  const tone = reason ? "is-harm" : TONES[outcome] ?? "is-not-yet";
  const has = session && !TONES[outcome] ? `The session says: ${session}.` : "";
  return whyBox({ tone, title, text: [has, text, reason].filter(Boolean).join("\n\n") });
}

function claimField(claim, onInput) {
  const choices = buildChoices({ item: { stem: claim.text, options: claim.options }, type: "radio", hint: "", onInput, announce: false });
  const slot = make("div", { class: "iop-slot", "aria-live": "polite" });
  return {
    id: claim.id,
    choices,
    node: make("fieldset", { class: "iop-field" }, make("legend", {}, ...choices.legend), make("div", { class: "iop-segments" }, ...choices.body), slot),
    chosen: () => choices.read()[0] ?? "",
    // A result speaks of what was compared: it goes when the line is changed.
    explain(result) {
      const current = result && result.value === (choices.read()[0] ?? "") ? result : null;
      slot.replaceChildren(...(current ? [verdictBox(current)] : []));
      return current;
    },
  };
}

// model: the room's. onPending(): something began or ended to be on its way. Gives {node, update(), hear(message), takeUp(), stop(), pending}.
export function createNote({ model, place, onPending }) {
  const note = () => model.get("room").note;
  const status = createStatus("iop-status");
  const checkStatus = createStatus("iop-muted");
  const overall = make("div", { class: "iop-slot", "aria-live": "polite" });
  const about = make("p", { class: "iop-muted" });
  const title = make("h2", { class: "iop-title is-small", tabindex: "-1" }, "Progress note");
  const body = make("div", { class: "iop-stack" });
  const node = make("section", { class: "iop-card is-note", "aria-label": "Progress note", hidden: true }, title, about, ...prefilled(place), body, ...status.nodes);
  let claims = [];
  let shown = "";

  const read = () => Object.fromEntries(claims.map((claim) => [claim.id, claim.chosen()]).filter(([, option]) => option));
  const left = () => claims.filter((claim) => !claim.chosen()).length;
  const field = createField({
    send: (message) => tell(model, { ...message, type: "note" }),
    key: () => `${model.get("storage")}/${place.item}/note`,
    blocked: () => Boolean(model.get("blocked")),
    stored: () => ({ value: note()?.said ?? {}, saved: note()?.saved ?? "" }),
    read,
    write: (said) => claims.forEach((claim) => claim.choices.write(said[claim.id] ? [said[claim.id]] : [])),
    typed: false,
    status,
    place: node,
    onChange: () => explain(),
    onPending,
  });
  const check = createCheck({
    status: checkStatus,
    unsaved: () => field.pending,
    blankText: () => (left() === claims.length ? "Fill in the note first." : ""),
    ask() {
      field.flush();
      tell(model, { type: "compare" });
      return false;
    },
  });

  function explain() {
    const results = note()?.results ?? null;
    const current = claims.map((claim) => claim.explain(results?.find(({ id }) => id === claim.id)));
    const agrees = current.length && current.every((result) => TONES[result?.outcome]);
    overall.replaceChildren(...(agrees ? [make("p", { class: "iop-done" }, AGREES)] : []));
    const open = left();
    about.textContent = open ? `Say what happened, and only that. ${plural(open, "line")} still open.` : "Say what happened, and only that.";
  }

  function drawForm() {
    const wanted = note()?.claims ?? [];
    const key = JSON.stringify(wanted);
    node.hidden = !wanted.length;
    if (key === shown) return;
    shown = key;
    claims = wanted.map((claim) => claimField(claim, () => {
      check.clear();
      field.input();
    }));
    const compare = place.mode === "practice" ? [button("Compare with the session", () => check.click()), ...checkStatus.nodes, overall] : [];
    body.replaceChildren(...claims.map((claim) => claim.node), ...compare);
    field.takeUp();
  }

  return {
    node,
    get pending() {
      return field.pending;
    },
    update() {
      drawForm();
      for (const claim of claims) claim.choices.disable(Boolean(model.get("blocked")));
      if (!claims.length) return;
      if (note().results) check.clear();
      field.showStored();
      explain();
    },
    takeUp() {
      shown = "";
      drawForm();
    },
    unblock: field.unblock,
    hear(message) {
      if (message.type === "note_saved") field.saved(message);
      if (message.type === "note_refused") field.refused(message);
    },
    stop: field.stop,
  };
}
