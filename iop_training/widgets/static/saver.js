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
  let refused = "";

  function clearTimers() {
    stopWaiting?.();
    clearInterval(resender);
    stopWaiting = resender = null;
    late = false;
  }

  function take(value, at) {
    n += 1;
    pending = { n, value, at, sent: false, key: key(), stored: false };
    pending.stored = keep(pending.key, { value, at });
    refused = "";
  }

  function post(resend) {
    send({ type: "answer", n: pending.n, value: pending.value, age: Date.now() - Date.parse(pending.at), resend });
    pending.sent = true;
    awaitReply();
  }

  function awaitReply() {
    stopWaiting ??= expectReply(() => {
      late = true;
      refused = "";
      show({ name: "late", stored: pending.stored });
    });
    resender ??= setInterval(resendNow, RESEND_MS);
  }

  function settle(at) {
    const { key: place, value, at: changed } = pending;
    forget(place, { value, at: changed });
    pending = null;
    show({ name: "saved", at });
    return true;
  }

  function resendNow() {
    if (pending && !blocked()) post(true);
  }

  return {
    get pending() {
      return pending !== null;
    },

    change(value) {
      take(value, new Date().toISOString());
      if (!late) show({ name: blocked() ? "held" : "saving" });
    },

    flush() {
      if (pending && !pending.sent && !blocked()) post(false);
    },

    // Takes up what an earlier page left behind; returns {value} or null.
    restore() {
      const record = kept(key());
      if (!record) return null;
      take(record.value, record.at);
      show({ name: blocked() ? "held" : "saving" });
      resendNow();
      return { value: record.value };
    },

    unblock() {
      if (!pending) return;
      refused = "";
      show({ name: "saving" });
      resendNow();
    },

    // Returns whether the newest answer is settled: the kernel may have kept a newer one of another window.
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
      if (refused !== message) show({ name: "refused", message });
      refused = message;
      resender = setInterval(resendNow, RESEND_MS);
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
