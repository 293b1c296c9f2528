// A week as a picture made of words: a column (or, with little room, a row) for each day, its activities stacked by hours.
import { make } from "./dom.js";

// days: [{id, name}]. update(placed): [{text, hours, day, counted}] in the order they are stacked.
export function createWeek(days) {
  const columns = days.map(createDay);
  const week = make("ol", { class: "iop-week", style: `--days: ${days.length}` }, ...columns.map((column) => column.node));
  return {
    // The language makes a browser hyphenate long names in narrow columns.
    node: make("div", { class: "iop-week-frame", lang: "en" }, week),
    update(placed) {
      for (const column of columns) column.update(placed.filter(({ day }) => day === column.id));
    },
  };
}

function createDay({ id, name }) {
  const blocks = make("div", { class: "iop-blocks" });
  const total = make("p", { class: "iop-day-total" });
  const heading = make("p", { class: "iop-day-name" }, name.slice(0, 3), spoken(name.slice(3)));
  return {
    id,
    node: make("li", { class: "iop-day" }, heading, blocks, total),
    update(activities) {
      const hours = sumHours(activities.filter(({ counted }) => counted));
      blocks.replaceChildren(...activities.map(block));
      total.textContent = hours ? `${hours} h` : "–";
    },
  };
}

function block({ text, hours, counted }) {
  const look = counted ? "iop-block is-counted" : "iop-block";
  const said = spoken(counted ? ", counted" : ", not counted");
  return make("div", { class: look, style: `--hours: ${hours}` }, make("span", {}, text), make("b", {}, `${hours} h`), said);
}

function spoken(text) {
  return make("span", { class: "iop-spoken" }, text);
}

export function sumHours(activities) {
  return activities.reduce((sum, { hours }) => sum + hours, 0);
}
