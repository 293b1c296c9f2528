import { make, plural, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout } from "../feedback.js";
import { createPlanSheet } from "../plan_sheet.js";
import { createTeller } from "../teller.js";

// Value: {section: {picked: [entries], own: text}} of what isn't empty.
export const planKind = {
  checkLabel: "Check my plan",
  blankText: "Choose something for at least one step first.",
  typed: true,
  build(item, onInput) {
    const count = make("span", { class: "iop-muted" });
    const meter = make("progress", { class: "iop-meter", max: item.sections.length, value: 0, "aria-label": "Steps that are filled" });
    const sheet = createPlanSheet(item.title);
    const teller = createTeller();
    const steps = item.sections.map((section) => createStep(section, item, (what, sentence) => {
      draw();
      if (sentence) teller.tell(what, sentence, standing);
      onInput();
    }));

    const filled = () => steps.filter((step) => step.picked().length).length;
    const standing = () => `${filled()} of ${plural(steps.length, "step")}`;
    const picks = () => Object.fromEntries(steps.filter((step) => step.picked().length).map((step) => [step.id, step.picked()]));

    function draw() {
      count.textContent = standing();
      meter.value = filled();
      sheet.update(steps.map((step) => step.written()), standing());
    }

    draw();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, hint(item))],
      body: [
        make("div", { class: "iop-plan" },
          make("div", { class: "iop-plan-head" }, make("span", { class: "iop-plan-title" }, item.title), count, meter),
          ...steps.map((step) => step.node)),
        sheet.node,
        teller.node,
      ],
      read: () => Object.fromEntries(steps.filter((step) => !step.isEmpty()).map((step) => [step.id, step.read()])),
      isBlank: () => filled() === 0,
      write(value) {
        steps.forEach((step) => step.write(value?.[step.id]));
        draw();
      },
      disable: (disabled) => steps.forEach((step) => step.disable(disabled)),
      explain(feedback) {
        steps.forEach((step) => step.explain(feedback?.parts));
        return feedback;
      },
      // Own words are not judged, so feedback stays while they change.
      matches: (feedback) => isAbout({ value: picksOf(feedback.value) }, picks()),
    };
  },
};

function hint({ own_words: own }) {
  const words = own ? " What you write in your own words is kept and printed, and not scored." : "";
  return `For each step choose what belongs there.${words}`;
}

function picksOf(value) {
  return Object.fromEntries(Object.entries(value).filter(([, { picked }]) => picked).map(([id, { picked }]) => [id, picked]));
}

// onChange(what, sentence): what was changed, and how; no sentence for typing, which is heard anyway.
function createStep(section, { own_words: ownWords, longest }, onChange) {
  const limit = make("p", { class: "iop-muted" });
  const rows = section.entries.map((entry) => createEntry(entry, (row) => {
    mark();
    onChange(row.id, `${row.name}: ${row.input.checked ? "in the plan" : "taken out"}.`);
  }));
  const own = ownWords ? createOwn(longest, () => onChange(section.id, "")) : null;
  const node = make("fieldset", { class: "iop-plan-step" },
    make("legend", {},
      make("span", { class: "iop-plan-name" }, ...prose(section.text)),
      section.help ? make("span", { class: "iop-hint" }, section.help) : null,
      section.pick ? make("span", { class: "iop-hint" }, `Choose ${section.pick}.`) : null),
    ...rows.map((row) => row.node), limit, own?.node ?? null);
  let blocked = false;

  const picked = () => rows.filter((row) => row.input.checked).map((row) => row.id).sort();
  const isEmpty = () => !picked().length && !own?.read().trim();

  // At the limit the others wait, and it is said why.
  function mark() {
    const full = Boolean(section.pick) && picked().length >= section.pick;
    rows.forEach((row) => row.mark(blocked, full));
    limit.textContent = full && rows.length > section.pick ? `${section.pick} of ${section.pick} chosen. Take one out to choose another.` : "";
    node.classList.toggle("is-filled", picked().length > 0);
  }

  mark();
  return {
    id: section.id,
    node,
    picked,
    isEmpty,
    read: () => ({ ...(picked().length ? { picked: picked() } : {}), ...(own?.read().trim() ? { own: own.read() } : {}) }),
    written: () => ({
      text: section.text,
      lines: rows.filter((row) => row.input.checked).map((row) => row.text),
      own: own?.read().trim() ?? "",
    }),
    write(value) {
      rows.forEach((row) => { row.input.checked = Boolean(value?.picked?.includes(row.id)); });
      own?.write(value?.own ?? "");
      mark();
    },
    disable(disabled) {
      blocked = disabled;
      own?.disable(disabled);
      mark();
    },
    // Reasons only where somebody has tried: an empty step keeps its secret.
    explain(parts) {
      const tried = picked().length > 0;
      rows.forEach((row) => explainInput(row, tried ? parts?.[row.id] : null, []));
    },
  };
}

function createEntry({ id, text }, onChange) {
  const input = make("input", { type: "checkbox", on: { change: () => onChange(row) } });
  const label = make("label", { class: "iop-option" }, input, make("span", {}, ...prose(text)));
  const slot = make("div", { class: "iop-slot", id: uid() });
  const row = {
    id,
    text,
    name: text.split(/\s+/).join(" "),
    input,
    slot,
    node: make("div", { class: "iop-choice" }, label, slot),
    mark(blocked, full) {
      input.disabled = blocked || (full && !input.checked);
      label.classList.toggle("is-chosen", input.checked);
    },
  };
  return row;
}

function createOwn(longest, onInput) {
  const id = uid();
  const input = make("input", { id, type: "text", class: "iop-text", maxlength: longest, autocomplete: "off", on: { input: onInput } });
  return {
    node: make("div", { class: "iop-plan-own" }, make("label", { for: id, class: "iop-muted" }, "In your own words"), input),
    read: () => input.value,
    write(text) {
      // Writing the same text again would move the cursor of somebody who is typing.
      if (input.value !== text) input.value = text;
    },
    disable(disabled) {
      input.disabled = disabled;
    },
  };
}
