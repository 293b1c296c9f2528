// A client's chart: facts, what instruments gave, the past weeks.
import { make, prose } from "./dom.js";
import { dateText } from "./server.js";

export function factRows(facts) {
  return make("dl", { class: "iop-facts" },
    ...facts.map(({ label, text }) => make("div", {}, make("dt", {}, label), make("dd", {}, ...prose(text)))));
}

// The bar repeats what the words say.
function instrumentRow({ instrument, score, of, date, means }) {
  const share = of ? Math.round((100 * score) / of) : 0;
  return make("li", { class: "iop-instrument" },
    make("div", { class: "iop-instrument-head" },
      make("b", {}, instrument),
      make("span", {}, make("b", {}, `${score}`), ` of ${of}`),
      make("span", { class: "iop-muted" }, dateText(date))),
    make("span", { class: "iop-scale", style: `--iop-share: ${share}%`, "aria-hidden": "true" }),
    make("div", { class: "iop-muted" }, ...prose(means)));
}

// The kernel made the drawing: the one place where markup is read, and no script in it would run.
function drawing(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return parsed.nodeName === "svg" ? make("div", { class: "iop-plot" }, document.importNode(parsed, true)) : null;
}

function weekTable({ name, unit, weeks, values }) {
  const row = (week, n) => make("tr", {}, make("th", { scope: "row" }, `${week}`), make("td", {}, `${values[n]}`));
  return make("details", { class: "iop-details" },
    make("summary", {}, "The same as a table"),
    make("table", { class: "iop-table" },
      make("caption", {}, `${name}, ${unit}`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Week"), make("th", { scope: "col" }, name))),
      make("tbody", {}, ...weeks.map(row))));
}

function weekPlot(series) {
  return make("figure", { class: "iop-weeks" },
    make("figcaption", {}, make("b", {}, series.name), make("span", { class: "iop-muted" }, ` ${series.unit}`)),
    drawing(series.svg),
    make("div", {}, ...prose(series.sentence)),
    weekTable(series));
}

// Nothing where the case has no chart.
export function chartParts({ facts, instruments, series }) {
  return [
    facts.length ? factRows(facts) : null,
    instruments.length ? make("ul", { class: "iop-instruments", role: "list", "aria-label": "Instruments" }, ...instruments.map(instrumentRow)) : null,
    ...series.map(weekPlot),
  ].filter(Boolean);
}
