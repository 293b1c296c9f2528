// One thing that is filled in: what is on screen, what the kernel has, and what is on its way from one to the other.
import { createPause, onLeave } from "./pause.js";
import { createSaver } from "./saver.js";

// send, key, blocked: as createSaver takes them. stored(): {value, saved} as the kernel has them ("" for never saved).
// read(), write(value): the controls. typed: whether it is written rather than chosen. onChange(): the controls show something
// else now. onPending(): something began or ended to be on its way. place: leaving it sends what was typed.
export function createField({ send, key, blocked, stored, read, write, typed, onChange = () => {}, onPending = () => {}, status, place }) {
  const saver = createSaver({
    send,
    key,
    blocked,
    show(state) {
      onPending();
      status.show(state);
    },
  });
  const pause = createPause(() => saver.flush());
  const unleave = onLeave(place, () => saver.flush());

  function put(value) {
    write(value);
    onChange();
  }

  function showSaved() {
    const { saved: at } = stored();
    if (!saver.pending) status.show(at ? { name: "saved", at } : { name: "empty" });
  }

  // What another tab saved; never over what is on its way from here.
  function showStored() {
    if (saver.pending) return;
    put(stored().value);
    showSaved();
  }

  return {
    get pending() {
      return saver.pending;
    },
    flush: saver.flush,
    unblock: saver.unblock,
    refused: saver.refused,
    showSaved,
    showStored,

    input() {
      saver.change(read());
      onChange();
      if (typed) pause.begin();
      else saver.flush();
    },

    saved(message) {
      if (saver.saved(message)) put(stored().value);
    },

    // Starts from the kernel's value, or from what this browser still keeps for this person and page.
    takeUp() {
      saver.leave();
      onPending();
      showStored();
      const restored = saver.restore();
      if (restored) put(restored.value);
    },

    stop() {
      unleave();
      pause.end();
      saver.stop();
    },
  };
}
