import { make, prose, stem } from "../dom.js";

// Value: {field id: value of that field's kind}, blank fields left out. Every field is the view of its own kind.
export const formKind = {
  checkLabel: "Check my answer",
  blankText: "Fill in at least one field first.",
  // A form may hold what is typed, so it is sent after a pause, or when the person leaves it.
  typed: true,
  build(item, onInput, kinds) {
    const needed = make("p", { class: "iop-muted" });
    const fields = item.fields.map((field) => makeField(item, field, kinds, () => {
      mark();
      onInput();
    }));
    const filled = () => fields.filter((field) => !field.controls.isBlank());

    function mark() {
      const missing = fields.filter((field) => field.required && field.controls.isBlank());
      needed.textContent = filled().length && missing.length ? `Still needed: ${missing.map((field) => field.label).join(", ")}` : "";
    }

    mark();
    return {
      legend: stem(item.stem),
      body: [...fields.map((field) => field.node), needed],
      read: () => Object.fromEntries(filled().map((field) => [field.id, field.controls.read()])),
      isBlank: () => filled().length === 0,
      write(value) {
        fields.forEach((field) => field.controls.write(value?.[field.id] ?? null));
        mark();
      },
      disable(disabled) {
        fields.forEach((field) => field.controls.disable(disabled));
      },
      explain(feedback) {
        fields.forEach((field) => field.controls.explain(feedback && within(feedback, field.id)));
        return feedback;
      },
      matches: (feedback) => fields.every((field) => (field.id in feedback.value
        ? field.controls.matches(within(feedback, field.id))
        : field.controls.isBlank())),
    };
  },
};

function makeField(form, field, kinds, onInput) {
  const controls = kinds[field.kind].build({ ...field, use: form.use }, onInput, kinds);
  const label = lastLine(field.stem);
  const must = field.required ? make("span", { class: "iop-hint" }, "Needed") : null;
  // A kind of one box labels it itself, first of all; a group around it would say the same words twice.
  const node = controls.legend.length
    ? make("fieldset", { class: "iop-field" }, make("legend", {}, ...controls.legend, must), ...controls.body)
    : make("div", { class: "iop-field" }, ...controls.body);
  if (must && !controls.legend.length) controls.body[0].append(must);
  return { id: field.id, required: field.required, label, controls, node };
}

// What of a form's feedback is about one field. The verdict and the sources stand once, under the form.
function within(feedback, name) {
  const parts = Object.entries(feedback.parts)
    .filter(([id]) => id.startsWith(`${name}.`))
    .map(([id, part]) => [id.slice(name.length + 1), part]);
  return { value: feedback.value[name], parts: Object.fromEntries(parts), message: "", sources: [] };
}

function lastLine(text) {
  return prose(text).at(-1)?.textContent ?? "";
}
