import { createArrows } from "../arrows.js";
import { button, make, plural, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout } from "../feedback.js";
import { namedGroup } from "../named_group.js";
import { createTeller } from "../teller.js";

const DO_NEXT = "Do next";
const TAKE_OUT = "Take out";

// Value: action ids in the order they are done. Minutes are the case's own: no real clock runs.
export const boardKind = {
  checkLabel: "Check my order",
  blankText: "Choose what to do first.",
  typed: false,
  build(item, onInput) {
    const clock = createCaseClock(item.minutes);
    const teller = createTeller();
    const people = item.situations.map(createSituation);
    const list = make("ol", { class: "iop-options is-numbered" });
    const empty = make("p", { class: "iop-muted" }, "Nothing yet. Choose an action above.");
    const actions = new Map(item.actions.map((action) => [action.id, createAction(action, { toggle, move })]));
    let done = [];
    let off = false;

    const minutesOf = (ids) => ids.reduce((sum, id) => sum + actions.get(id).minutes, 0);
    const left = () => item.minutes - minutesOf(done);
    const standing = () => `Case clock: minute ${minutesOf(done)} of ${item.minutes}.`;

    function toggle(id) {
      if (off) return;
      const { name, minutes } = actions.get(id);
      const isDone = done.includes(id);
      if (!isDone && minutes > left()) {
        teller.tell(id, `${name}: does not fit into the ${plural(left(), "minute")} left.`, standing);
        return;
      }
      const hadFocus = list.contains(document.activeElement);
      commit(isDone ? done.filter((other) => other !== id) : [...done, id]);
      // The line is gone from the order; the same action above is the nearest place.
      if (isDone && hadFocus) actions.get(id).focus();
      teller.tell(id, isDone ? `${name}: taken out.` : `${name}: number ${done.length}.`, standing);
    }

    function move(id, by) {
      const from = done.indexOf(id);
      const to = from + by;
      if (off || to < 0 || to >= done.length) return;
      const order = done.filter((other) => other !== id);
      order.splice(to, 0, id);
      commit(order);
      teller.tell(id, `${actions.get(id).name}: number ${to + 1}.`, standing);
    }

    function commit(order) {
      done = order;
      draw();
      onInput();
    }

    function draw() {
      const begins = done.map((_, n) => minutesOf(done.slice(0, n)));
      actions.forEach((action, id) => {
        const n = done.indexOf(id);
        action.mark({ place: n, of: done.length, begins: begins[n], fits: action.minutes <= left(), left: left() });
      });
      arrangeLines(list, done.map((id) => actions.get(id).line));
      empty.hidden = done.length > 0;
      clock.update(done.map((id) => actions.get(id).minutes));
    }

    draw();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, `You have ${plural(item.minutes, "case minute")}. Each action begins when the one before it is over; what does not fit is left undone.`)],
      body: [
        namedGroup("Who needs something", make("ul", { class: "iop-options is-situations" }, ...people.map((person) => person.node))),
        clock.node,
        namedGroup("What you can do", make("ul", { class: "iop-options" }, ...[...actions.values()].map((action) => action.node))),
        namedGroup("Your order", list, empty),
        teller.node,
      ],
      read: () => done,
      isBlank: () => done.length === 0,
      write(value) {
        done = value ?? [];
        draw();
      },
      disable(disabled) {
        off = disabled;
        actions.forEach((action) => action.disable(disabled));
      },
      explain(feedback) {
        people.forEach((person) => person.explain(feedback?.parts[person.id]));
        actions.forEach((action, id) => action.explain(feedback?.parts[id]));
        return feedback;
      },
      matches: (feedback) => isAbout(feedback, done),
    };
  },
};

// The minutes as a bar, each action as long as it takes; the order below says the same in words.
function createCaseClock(minutes) {
  const time = make("p", { class: "iop-clock-time" });
  const bar = make("div", { class: "iop-clock-bar", "aria-hidden": "true" });
  return {
    node: make("div", { class: "iop-clock" }, time, bar),
    update(lengths) {
      const taken = lengths.reduce((sum, length) => sum + length, 0);
      time.textContent = `Case clock: minute ${taken} of ${minutes}`;
      const blocks = lengths.map((length, n) => make("span", { style: `--minutes: ${length}` }, `${n + 1}`));
      bar.replaceChildren(...blocks, make("i", { style: `--minutes: ${minutes - taken}` }));
    },
  };
}

function createSituation({ id, text }) {
  const told = make("b", {});
  const slot = make("div", { class: "iop-slot", id: uid() });
  const box = make("div", { class: "iop-placed" }, make("div", {}, ...prose(text)), told);
  return {
    id,
    node: make("li", { class: "iop-choice" }, box, slot),
    explain(entry) {
      told.textContent = entry?.answer ? `${entry.answer[0].toUpperCase()}${entry.answer.slice(1)}` : "";
      explainInput({ input: box, slot }, entry, []);
    },
  };
}

// One action stands twice: where it is chosen, with its reason later (node), and in the order (line).
function createAction({ id, text, minutes }, { toggle, move }) {
  const name = text.split(/\s+/).join(" ");
  const when = make("span", { class: "iop-muted" });
  const press = button(DO_NEXT, () => toggle(id));
  const slot = make("div", { class: "iop-slot", id: uid() });
  const box = make("div", { class: "iop-placed is-line" }, make("span", { class: "iop-grow" }, ...prose(text), when), press);
  const span = make("span", { class: "iop-muted" });
  const arrows = createArrows(name, (by) => move(id, by));
  const out = button(TAKE_OUT, () => toggle(id), "is-quiet");
  out.setAttribute("aria-label", `${TAKE_OUT}: ${name}`);
  const line = make("li", {
    on: {
      keydown(event) {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        move(id, by);
      },
    },
  }, make("div", { class: "iop-placed is-line is-chosen" },
    make("span", { class: "iop-grow" }, ...prose(text), span), make("span", { class: "iop-arrows" }, out, arrows.up, arrows.down)));
  return {
    name,
    minutes,
    node: make("li", { class: "iop-choice" }, box, slot),
    line,
    focus: () => press.focus(),
    mark({ place, of, begins, fits, left }) {
      const isDone = place >= 0;
      const range = `minute ${begins} to ${begins + minutes}`;
      when.textContent = isDone ? `Number ${place + 1}, ${range}` : waiting(minutes, fits, left);
      span.textContent = `M${range.slice(1)}`;
      press.textContent = isDone ? TAKE_OUT : DO_NEXT;
      press.setAttribute("aria-label", `${press.textContent}: ${name}`);
      // It stays focusable, so that nobody loses their place.
      press.setAttribute("aria-disabled", String(!isDone && !fits));
      box.classList.toggle("is-chosen", isDone);
      arrows.mark({ first: place === 0, last: place === of - 1 });
    },
    disable(disabled) {
      press.disabled = out.disabled = disabled;
      arrows.disable(disabled);
    },
    explain: (entry) => explainInput({ input: press, slot }, entry, []),
  };
}

function waiting(minutes, fits, left) {
  return fits ? plural(minutes, "minute") : `${plural(minutes, "minute")}, does not fit into the ${left} left`;
}

// Puts the lines into this order around the one that has the focus, which stays in the page and keeps it.
function arrangeLines(list, lines) {
  const held = [...list.children].find((line) => line.contains(document.activeElement));
  for (const line of [...list.children]) if (!lines.includes(line)) line.remove();
  const at = lines.indexOf(held);
  if (at < 0) {
    list.replaceChildren(...lines);
    return;
  }
  lines.slice(0, at).forEach((line) => list.insertBefore(line, held));
  lines.slice(at + 1).forEach((line) => list.append(line));
}
