// Printing one thing alone: printing the page would print all of JupyterLab, so it goes into a document of its own.
import { make } from "./dom.js";

const PRINT = "iop:print";
const MARGIN_MM = 12;
// What A4 and Letter both have within these margins.
const WIDTH_MM = 186;
const HEIGHT_MM = 254;
const LARGEST_PT = 11;
const SMALLEST_PT = 6.5;

// Asks whoever has the styles (see onPrint) to print a copy of `node`. look: a class for the sheet. onePage: make the text
// so small that it fits one page. done(): afterwards.
export function askToPrint(node, { title, look, onePage = false, done }) {
  node.dispatchEvent(new CustomEvent(PRINT, { bubbles: true, detail: { node, title, look, onePage, done } }));
}

// Prints what is asked for within `el`; returns the undo.
export function onPrint(el, css) {
  const print = ({ detail }) => printAlone({ ...detail, css: css() });
  el.addEventListener(PRINT, print);
  return () => el.removeEventListener(PRINT, print);
}

export function printAlone({ node, title, look, onePage = false, css, done }) {
  const frame = make("iframe", { class: "iop-print-frame", title: `${title} to print`, "aria-hidden": "true", tabindex: "-1" });
  frame.srcdoc = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title></title></head><body></body></html>';
  frame.addEventListener("load", () => {
    const { document: sheet } = frame.contentWindow;
    const copy = make("div", { class: "iop" }, node.cloneNode(true));
    sheet.title = title;
    sheet.body.className = look;
    sheet.head.append(make("style", {}, css, `@page { margin: ${MARGIN_MM}mm; }`));
    sheet.body.append(copy);
    if (onePage) shrinkToPage(copy);
    const end = () => {
      frame.remove();
      done();
    };
    // Removed within the event, the frame takes the print dialog of some browsers with it.
    frame.contentWindow.addEventListener("afterprint", () => setTimeout(end));
    frame.contentWindow.focus();
    frame.contentWindow.print();
  }, { once: true });
  document.body.append(frame);
}

function shrinkToPage(copy) {
  Object.assign(copy.style, { width: `${WIDTH_MM}mm`, maxWidth: "none" });
  const page = HEIGHT_MM * 96 / 25.4;
  for (let size = LARGEST_PT; size >= SMALLEST_PT; size -= 0.25) {
    copy.style.fontSize = `${size}pt`;
    if (copy.scrollHeight <= page) return;
  }
}
