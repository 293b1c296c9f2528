// The button that asks for feedback, and what is said when none comes.
import { expectReply } from "./restart.js";

const NO_REPLY = "No reply yet: the page is not running.";

// blankText(): what to say instead of asking, or "". ask(): sends the question; returns whether feedback is on screen already.
// unsaved(): whether the answer itself is still on its way; its own red box then says all there is to say.
export function createCheck({ blankText, ask, unsaved, status }) {
  const complain = () => {
    if (!unsaved()) status.show({ name: "unanswered", message: NO_REPLY });
  };
  let stopWaiting = null;
  const clear = () => {
    stopWaiting?.();
    stopWaiting = null;
    status.show({ name: "empty" });
  };
  return {
    clear,
    click() {
      clear();
      const message = blankText();
      if (message) status.show({ name: "note", message });
      else if (!ask()) stopWaiting = expectReply(complain);
    },
  };
}
