import { make, plural, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout } from "../feedback.js";
import { createTeller } from "../teller.js";
import { createWeek, sumHours } from "../week.js";

const NOWHERE = "Not in the week";

// Value: {days: {activity: day}, counts: [activities]}. The page adds up what was ticked, so it gives no key away.
export const scheduleKind = {
  checkLabel: "Check my answer",
  blankText: "Put something on a day first.",
  // Arrow keys pass days on the way to the one that is meant: an answer is sent after a pause.
  typed: true,
  build(item, onInput) {
    const week = createWeek(item.days);
    const total = make("p", { class: "iop-week-total" });
    const teller = createTeller();
    const slot = make("div", { class: "iop-slot" });
    const placed = () => rows.map((row) => row.state()).filter(({ day }) => day);
    const draw = () => {
      week.update(placed());
      total.textContent = standing(placed());
    };
    const rows = item.activities.map((activity) => createActivity(activity, item.days, (what, sentence) => {
      draw();
      teller.tell(what, sentence, () => standing(placed()));
      onInput();
    }));
    const read = () => ({
      days: Object.fromEntries(placed().map(({ id, day }) => [id, day])),
      counts: placed().filter(({ counted }) => counted).map(({ id }) => id).sort(),
    });
    draw();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, "Choose a day for what belongs in the week, and tick what counts.")],
      body: [...rows.map((row) => row.node), week.node, total, teller.node, slot],
      read,
      isBlank: () => placed().length === 0,
      write(value) {
        rows.forEach((row) => row.write(value?.days?.[row.id] ?? "", Boolean(value?.counts?.includes(row.id))));
        draw();
      },
      disable: (disabled) => rows.forEach((row) => row.disable(disabled)),
      explain(feedback) {
        rows.forEach((row) => row.explain(feedback?.parts[row.id]));
        slot.replaceChildren(...(feedback ? [checklist(feedback.parts)] : []));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, read()),
    };
  },
};

function standing(placed) {
  const counted = placed.filter((row) => row.counted);
  if (!counted.length) return placed.length ? "Nothing is counted yet." : "Nothing is in the week yet.";
  const days = new Set(counted.map(({ day }) => day)).size;
  return `Counted so far: ${plural(sumHours(counted), "hour")} on ${plural(days, "day")}.`;
}

// onMove(what, sentence): what was changed, and how.
function createActivity({ id, text, hours }, days, onMove) {
  const ids = { name: uid(), day: uid(), tick: uid() };
  const select = make("select", { id: ids.day, class: "iop-text is-day" },
    make("option", { value: "" }, NOWHERE),
    ...days.map((day) => make("option", { value: day.id }, day.name)));
  const input = make("input", { type: "checkbox", "aria-labelledby": `${ids.tick} ${ids.name}` });
  const slot = make("div", { class: "iop-slot", id: uid() });
  const name = make("label", { id: ids.name, for: ids.day, class: "iop-grow" }, ...prose(text), make("span", { class: "iop-muted" }, plural(hours, "hour")));
  const tick = make("label", { class: "iop-tickable" }, input, make("span", { id: ids.tick }, "Counts as clinical hours"));
  const row = make("div", { class: "iop-placed is-line" }, name, select, tick);
  let blocked = false;
  const mark = () => {
    // What isn't in the week is not counted either.
    if (!select.value) input.checked = false;
    input.disabled = blocked || !select.value;
    row.classList.toggle("is-chosen", Boolean(select.value));
  };
  select.addEventListener("change", () => {
    mark();
    onMove(ids.day, `${text}: ${select.value ? select.selectedOptions[0].textContent : NOWHERE.toLowerCase()}.`);
  });
  input.addEventListener("change", () => {
    onMove(ids.tick, `${text}: ${input.checked ? "counted" : "not counted"}.`);
  });
  mark();
  return {
    id,
    node: make("div", { class: "iop-choice" }, row, slot),
    state: () => ({ id, text, hours, day: select.value, counted: input.checked }),
    write(day, counted) {
      // Writing the same again would close an open list.
      if (select.value !== day) select.value = day;
      input.checked = counted;
      mark();
    },
    disable(disabled) {
      blocked = disabled;
      select.disabled = disabled;
      mark();
    },
    explain: (entry) => explainInput({ input, slot }, select.value ? entry : null, []),
  };
}

// What the whole week meets: parts whose ids begin with "week.".
function checklist(parts) {
  const entries = Object.entries(parts).filter(([id]) => id.startsWith("week."));
  return make("ul", { class: "iop-checklist" }, ...entries.map(([, { label, answer, chosen, title, text }]) => make("li", { class: chosen ? "is-ok" : "is-not-yet" },
    make("span", { class: "iop-line" }, make("b", {}, `${title}. `), `${label}: `, make("b", {}, answer)), ...prose(text))));
}
