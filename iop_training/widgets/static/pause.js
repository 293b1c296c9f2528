// When typing is sent: after a pause, now and then while it goes on without one, and when the person leaves.
const PAUSE_MS = 600;
const LONGEST_MS = 5000;

export function createPause(act) {
  let timer = null;
  let since = null;
  const end = () => {
    clearTimeout(timer);
    since = null;
  };
  return {
    end,
    begin() {
      since ??= Date.now();
      clearTimeout(timer);
      const left = Math.max(0, since + LONGEST_MS - Date.now());
      timer = setTimeout(() => {
        end();
        act();
      }, Math.min(PAUSE_MS, left));
    },
  };
}

// Calls `act` when the focus leaves `group` and when the page is left or hidden; returns the undo.
export function onLeave(group, act) {
  const places = [[group, "focusout"], [window, "pagehide"], [document, "visibilitychange"]];
  for (const [target, event] of places) target.addEventListener(event, act);
  return () => {
    for (const [target, event] of places) target.removeEventListener(event, act);
  };
}
