// What is pressed in a case's room: sent to the kernel, kept in this browser and sent again until it is done.
import { forget, keep, kept } from "./store.js";
import { expectReply } from "./restart.js";

const AGAIN_MS = 3000;

// send(message): to the kernel. key(): where a press is kept. blocked(): whether sending has to wait.
// show(state): {name: "idle" | "sent" | "held" | "late" | "refused" | "told", message}, with the press's type.
export function createPress({ send, key, blocked, show }) {
  const first = Date.now() * 1000 + Math.floor(Math.random() * 1000);
  let n = first;
  let pending = null;
  let stopWaiting = null;
  let resender = null;
  let refusal = "";

  function clear() {
    stopWaiting?.();
    clearInterval(resender);
    stopWaiting = resender = null;
    refusal = "";
  }

  function tellView(name, message = "") {
    show({ name, message, type: pending?.message.type, stored: pending?.stored });
  }

  function post() {
    if (!pending || blocked()) return;
    send(pending.message);
    stopWaiting ??= expectReply(() => tellView("late"));
    resender ??= setInterval(post, AGAIN_MS);
  }

  function take(message, at) {
    clear();
    n += 1;
    const stored = keep(key(), { value: message, at });
    pending = { n, message: { ...message, n }, key: key(), record: { value: message, at }, stored };
    tellView(blocked() ? "held" : "sent");
    post();
  }

  function settle(message) {
    clear();
    forget(pending.key, pending.record);
    const { type } = pending.message;
    pending = null;
    show({ name: message ? "told" : "idle", message, type });
  }

  return {
    get pending() {
      return pending?.message ?? null;
    },

    // message: {type, attempt, ...}. A new press takes the place of one that is not done yet.
    press(message) {
      take(message, new Date().toISOString());
    },

    // Takes up what an earlier page left behind; returns it or null.
    takeUp() {
      const record = kept(key());
      if (record && typeof record.value?.type === "string") take(record.value, record.at);
      return pending?.message ?? null;
    },

    unblock: post,

    // Returns whether it was ours.
    done({ n: answered, message }) {
      if (answered !== pending?.n) return false;
      settle(message);
      return true;
    },

    refused({ n: answered, message }) {
      if (answered !== pending?.n) return;
      stopWaiting?.();
      stopWaiting = null;
      // The same words again would be spoken again.
      if (refusal !== message) tellView("refused", message);
      refusal = message;
    },

    // Drops what belongs to another storage key; it stays kept there.
    leave() {
      clear();
      pending = null;
    },

    stop: clear,
  };
}
