// A quiet note under a text box that seems to hold a real person's details. It never stops anybody.
import { clientData } from "./client_data.js";
import { make } from "./dom.js";

// place: what holds the text boxes. known: a text whose names are fictional. update() is for texts that nobody typed here.
export function createPrivacyNote(place, known = "") {
  const line = make("p", { class: "iop-privacy", role: "status" });
  const update = () => {
    const texts = [...place.querySelectorAll("textarea, input[type=text]")].map((box) => box.value);
    const found = clientData(texts.join("\n"), known);
    const words = found.length ? `This looks like ${listed(found)}. Leave real people’s details out.` : "";
    // The same words again would be spoken again.
    if (line.textContent !== words) line.textContent = words;
  };
  place.addEventListener("input", update);
  return { node: line, update };
}

function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0];
}
