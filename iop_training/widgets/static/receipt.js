// Proof of a hand-in that a person can read, copy and compare.
import { make } from "./dom.js";
import { dateText, serverUrl } from "./server.js";

const WAYS = {
  exchange: "Sent through the course's hand-in folder",
  zip: "As a file for your supervisor",
};

function pair(term, ...value) {
  return make("div", {}, make("dt", {}, term), make("dd", {}, ...value));
}

// Twelve characters are enough to compare over the phone; the rest is there for whoever checks the file.
function receiptCode(hash) {
  const short = hash.slice(0, 12).match(/.{1,4}/g)?.join(" ") ?? "";
  const full = make("details", { class: "iop-details" }, make("summary", {}, "Full code"), make("code", {}, hash));
  return [make("code", {}, short), full];
}

// receipt: {journal, answered, total, at, way, file, href}
export function receiptList(receipt) {
  return make("dl", { class: "iop-facts" },
    pair("Handed in", dateText(receipt.at, { time: true })),
    pair("Answered", `${receipt.answered} of ${receipt.total}`),
    pair("How", WAYS[receipt.way] ?? receipt.way),
    pair("Receipt code", ...receiptCode(receipt.journal)));
}

export function fileToSend(receipt) {
  if (receipt.way !== "zip") return null;
  if (!receipt.file) return make("p", { class: "iop-flag" }, "The file is no longer in this folder. Hand in again to make it.");
  const link = make("a", { href: serverUrl(receipt.href), download: true }, receipt.file);
  return make("div", { class: "iop-note" }, make("p", {}, link), make("p", {}, "Send this file to your supervisor."));
}
