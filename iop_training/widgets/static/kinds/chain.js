import { chainNoun, createChainPicture } from "../chain_picture.js";
import { make, prose, stem, uid } from "../dom.js";
import { explainInput, isAbout } from "../feedback.js";
import { namedGroup } from "../named_group.js";
import { createTeller } from "../teller.js";

const UNDECIDED = "— choose where";
const NO_HELP = "Would not have helped";
// Values of options that are no link; ids of links have letters first.
const NONE = "";
const ASIDE = "-";

// Value: {pieces: {piece: link}, breaks: {break: link, or "" when it was set aside}, own: {link: text}} of what isn't empty.
export const chainKind = {
  checkLabel: "Check my chain",
  blankText: "Put at least one piece on a link first.",
  // Arrow keys pass links on the way to the one that is meant: an answer is sent after a pause.
  typed: true,
  build(item, onInput) {
    const picture = createChainPicture(item);
    const teller = createTeller();
    const taking = item.links.filter(({ takes }) => takes);
    const places = taking.reduce((sum, { takes }) => sum + takes, 0);
    const pieces = item.pieces.map((piece) => createChoice(piece, taking, [[NONE, `— not in the ${chainNoun(item)}`]], choose));
    const breaks = item.breaks.map((cut) => createChoice(cut, item.links, [[NONE, UNDECIDED], [ASIDE, NO_HELP]], choose));
    const own = item.own_words ? createOwnWords(item, change) : null;
    const both = [...pieces, ...breaks];
    let tones = {};

    const on = (id, rows) => rows.filter((row) => row.select.value === id);
    const filled = () => pieces.filter((row) => row.select.value).length;
    const isFull = () => filled() === places;
    const standing = () => `${filled()} of ${places} places filled.`;
    const judged = () => ({
      ...some("pieces", pairs(pieces.filter((row) => row.select.value))),
      ...some("breaks", pairs(breaks.filter((row) => row.select.value))),
    });

    function draw() {
      const full = taking.filter(({ id, takes }) => on(id, pieces).length >= takes).map(({ id }) => id);
      pieces.forEach((row) => row.mark(full));
      breaks.forEach((row) => row.mark([]));
      const words = own?.read() ?? {};
      picture.update(item.links.map(({ id }) => ({
        held: on(id, pieces).sort((a, b) => a.when - b.when).map((row) => ({ ...row, tone: tones[row.id] })),
        cuts: on(id, breaks).map((row) => ({ ...row, tone: tones[row.id] })),
        own: words[id]?.trim() ?? "",
      })), standing());
    }

    function change() {
      draw();
      onInput();
    }

    function choose(row) {
      teller.tell(row.id, `${row.name}: ${row.where()}.`, standing);
      change();
    }

    draw();
    return {
      legend: [...stem(item.stem), make("span", { class: "iop-hint" }, chainHint(item, places))],
      body: [
        picture.node,
        namedGroup("The pieces", ...pieces.map((row) => row.node)),
        breaks.length ? namedGroup("Where would it have cut the chain?", ...breaks.map((row) => row.node)) : null,
        own?.node ?? null,
        teller.node,
      ].filter(Boolean),
      read: () => ({ ...judged(), ...some("own", written(own?.read() ?? {})) }),
      isBlank: () => both.every((row) => !row.select.value),
      write(value) {
        pieces.forEach((row) => row.write(value?.pieces?.[row.id] ?? NONE));
        breaks.forEach((row) => row.write(storedBreak(value?.breaks?.[row.id])));
        own?.write(value?.own ?? {});
        draw();
      },
      disable(disabled) {
        both.forEach((row) => { row.select.disabled = disabled; });
        own?.disable(disabled);
      },
      // Leaving a piece out is an answer once every place is filled; before that it keeps its secret.
      explain(feedback) {
        const told = (row) => feedback && (row.select.value || (pieces.includes(row) && isFull())) ? feedback.parts[row.id] : null;
        both.forEach((row) => explainInput({ input: row.select, slot: row.slot }, told(row), []));
        tones = Object.fromEntries(Object.entries(feedback?.parts ?? {}).map(([id, { right }]) => [id, right ? "is-ok" : "is-not-yet"]));
        draw();
        return feedback;
      },
      // Own words are not judged, so feedback stays while they change.
      matches: (feedback) => isAbout({ value: { ...some("pieces", feedback.value.pieces ?? {}), ...some("breaks", feedback.value.breaks ?? {}) } }, judged()),
    };
  },
};

function chainHint({ pieces, breaks }, places) {
  const over = pieces.length - places;
  const left = over > 0 ? ` ${over === 1 ? "One is" : "Some are"} left over.` : "";
  const cuts = breaks.length ? " Then choose where each step would have cut it." : "";
  return `Choose the place for each piece; the picture fills as you go.${left}${cuts}`;
}

function some(name, entries) {
  return Object.keys(entries).length ? { [name]: entries } : {};
}

function pairs(rows) {
  return Object.fromEntries(rows.map((row) => [row.id, row.select.value === ASIDE ? "" : row.select.value]));
}

function storedBreak(link) {
  return link === "" ? ASIDE : link ?? NONE;
}

function written(words) {
  return Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim()));
}

// A piece or a break, and the list of links it may go to. others: [value, text] of what else can be chosen.
function createChoice({ id, text, at = "", when = 0 }, links, others, onChoose) {
  const selectId = uid();
  const names = new Map([...others, ...links.map((link) => [link.id, link.name.split(/\s+/).join(" ")])]);
  const [first, ...rest] = others;
  const shown = [first, ...links.map((link) => [link.id, names.get(link.id)]), ...rest];
  const options = shown.map(([value, name]) => make("option", { value }, name));
  const select = make("select", { id: selectId, class: "iop-text is-where", on: { change: () => onChoose(row) } }, ...options);
  const label = make("label", { class: "iop-grow", for: selectId }, at ? make("b", { class: "iop-at" }, `${at} `) : null, ...prose(text));
  const whole = make("p", { class: "iop-muted is-repeated" });
  const box = make("div", { class: "iop-placed is-line is-match" }, label, select, whole);
  const slot = make("div", { class: "iop-slot", id: uid() });
  const row = {
    id,
    text,
    at,
    when,
    name: text.split(/\s+/).join(" "),
    select,
    slot,
    node: make("div", { class: "iop-choice" }, box, slot),
    where: () => names.get(select.value).replace("— ", ""),
    // full: ids of links that hold all they take
    mark(full) {
      box.classList.toggle("is-chosen", Boolean(select.value));
      whole.textContent = select.value ? names.get(select.value) : "";
      options.forEach((option) => {
        const isClosed = full.includes(option.value) && option.value !== select.value;
        option.disabled = isClosed;
        option.textContent = names.get(option.value) + (isClosed ? " (full)" : "");
      });
    },
    // Writing the same again would close an open list.
    write(value) {
      if (select.value !== value) select.value = value;
    },
  };
  return row;
}

function createOwnWords({ links, longest }, onInput) {
  const rows = links.map(({ id, name }) => {
    const input = make("input", { id: uid(), type: "text", class: "iop-text", maxlength: longest, autocomplete: "off", on: { input: onInput } });
    return { id, input, node: make("div", { class: "iop-plan-own" }, make("label", { for: input.id, class: "iop-muted" }, ...prose(name)), input) };
  });
  const node = make("details", { class: "iop-details" },
    make("summary", {}, "In your own words (kept and printed, not scored)"),
    make("div", { class: "iop-stack" }, ...rows.map((row) => row.node)));
  return {
    node,
    read: () => Object.fromEntries(rows.map(({ id, input }) => [id, input.value])),
    write(words) {
      for (const { id, input } of rows) {
        // Writing the same text again would move the cursor of somebody who is typing.
        if (input.value !== (words[id] ?? "")) input.value = words[id] ?? "";
      }
      if (Object.keys(words).length) node.open = true;
    },
    disable: (disabled) => rows.forEach(({ input }) => { input.disabled = disabled; }),
  };
}
