// The save protocol of one answer. Keeps what is pending, sends it, and says how it stands.
import { forget, keep, kept } from "./store.js";
import { expectReply } from "./restart.js";

const RESEND_MS = 5000;

// send(message): to the kernel. key(): where the pending answer is kept. blocked(): whether sending has to wait.
// show(state): {name: "empty" | "saving" | "held" | "late" | "refused" | "saved", at, message, stored}
export function createSaver({ send, key, blocked, show }) {
  // Far apart for every view: another tab's or an older view's acknowledgement can never be taken for ours.
  const first = Date.now() * 1000 + Math.floor(Math.random() * 1000);
  let n = first;
  let pending = null;
  let stopWaiting = null;
  let resender = null;
  let late = false;
  let refused = false;

  function clearTimers() {
    stopWaiting?.();
    clearInterval(resender);
    stopWaiting = resender = null;
    late = false;
  }

  function take(value, at, restored) {
    n += 1;
    pending = { n, value, at, restored, sent: false, key: key(), stored: false };
    pending.stored = keep(pending.key, { value, at });
    refused = false;
  }

  function post(resend) {
    send({ type: "answer", n: pending.n, value: pending.value, at: pending.at, resend });
    pending.sent = true;
    awaitReply();
  }

  function awaitReply() {
    stopWaiting ??= expectReply(() => {
      late = true;
      show({ name: "late", stored: pending.stored });
    });
    resender ??= setInterval(resendNow, RESEND_MS);
  }

  function settle(at) {
    const { key: place, value, at: changed, restored } = pending;
    forget(place, { value, at: changed });
    pending = null;
    show({ name: "saved", at });
    return restored;
  }

  function resendNow() {
    if (pending && !refused && !blocked()) post(true);
  }

  return {
    get pending() {
      return pending !== null;
    },

    change(value) {
      take(value, new Date().toISOString(), false);
      if (!late) show({ name: blocked() ? "held" : "saving" });
    },

    flush() {
      if (pending && !pending.sent && !blocked()) post(false);
    },

    // Takes up what an earlier page left behind; returns {value} or null.
    restore() {
      const record = kept(key());
      if (!record) return null;
      take(record.value, record.at, true);
      show({ name: blocked() ? "held" : "saving" });
      resendNow();
      return { value: record.value };
    },

    unblock() {
      if (!pending) return;
      refused = false;
      show({ name: "saving" });
      resendNow();
    },

    // Returns whether this settles an answer of an earlier page: the kernel may have had a newer one by then.
    saved({ n: acknowledged, at }) {
      if (!pending || acknowledged < first || acknowledged > pending.n) return false;
      clearTimers();
      if (acknowledged === pending.n) return settle(at);
      // An older value of ours: the page is running, the newest is still on its way.
      if (pending.sent) awaitReply();
      show({ name: "saving" });
      return false;
    },

    refused({ n: answered, message }) {
      if (answered !== pending?.n) return;
      clearTimers();
      refused = true;
      show({ name: "refused", message });
    },

    // Drops what belongs to another storage key; it stays kept there.
    leave() {
      clearTimers();
      pending = null;
    },

    stop() {
      this.flush();
      clearTimers();
    },
  };
}
