// A part of the page that is drawn anew now and then, but never under somebody's finger or focus.

// A press blurs the text box that was typed in, and its answer is saved before the finger is up: drawing then would take
// the button away from under it, and the press would be lost. So drawing waits until the finger is up.
// getFallback(): who gets the focus when what had it is gone.
export function createSteady(node, getFallback = () => node) {
  let held = false;
  let waiting = null;

  function release() {
    held = false;
    const draw = waiting;
    waiting = null;
    if (draw) put(draw());
  }

  function put(nodes) {
    const standing = node.contains(document.activeElement) ? steadyName(document.activeElement) : null;
    node.replaceChildren(...nodes.filter(Boolean));
    if (standing === null) return;
    const same = [...node.querySelectorAll("button, a, [tabindex]")].find((other) => steadyName(other) === standing);
    (same ?? getFallback())?.focus({ preventScroll: true });
  }

  node.addEventListener("pointerdown", () => {
    held = true;
    const ends = new AbortController();
    for (const end of ["pointerup", "pointercancel"]) {
      // Later than the click, which is what the press is for.
      const letGo = () => { ends.abort(); setTimeout(release); };
      window.addEventListener(end, letGo, { capture: true, signal: ends.signal });
    }
  });

  return {
    // draw(): the nodes to show; called when they can be shown.
    show(draw) {
      if (held) waiting = draw;
      else put(draw());
    },
  };
}

// A control is the same one when it says the same, or has the same data-name.
function steadyName(control) {
  return control.dataset.name ?? control.textContent;
}
