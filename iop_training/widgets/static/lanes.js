// Columns with cards: what was put where, as a picture made of words.
import { make, plural, prose } from "./dom.js";

// places: [{id, text}]. noun: what a card is. update(cards): [{id, text, place}] in the order they are shown.
export function createLanes(places, noun) {
  const lanes = places.map((place) => createLane(place, noun));
  let stood = new Map();
  const list = make("ul", { class: "iop-lanes", style: `--lanes: ${places.length}` }, ...lanes.map((lane) => lane.node));
  return {
    node: make("div", { class: "iop-lanes-frame" }, list),
    update(cards) {
      const moved = (card) => stood.get(card.id) !== card.place;
      lanes.forEach((lane) => lane.update(cards.filter(({ place }) => place === lane.id), moved));
      stood = new Map(cards.map(({ id, place }) => [id, place]));
    },
  };
}

function createLane({ id, text }, noun) {
  const number = make("span", { class: "iop-lane-count" });
  const list = make("ul", { class: "iop-lane-cards" });
  const empty = make("p", { class: "iop-lane-empty" }, "Nothing here yet");
  return {
    id,
    node: make("li", { class: "iop-lane" },
      make("p", { class: "iop-lane-name" }, make("span", {}, ...prose(text)), number),
      list, empty),
    update(cards, moved) {
      const [count, word] = plural(cards.length, noun).split(" ");
      number.replaceChildren(count, make("span", { class: "iop-spoken" }, ` ${word}`));
      list.replaceChildren(...cards.map((card) => make("li", { class: moved(card) ? "iop-lane-card is-new" : "iop-lane-card" }, ...prose(card.text))));
      list.hidden = cards.length === 0;
      empty.hidden = cards.length > 0;
    },
  };
}
