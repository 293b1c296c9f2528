/* Whether the course still runs on this computer, and calling back when it does again. */
import { serverState } from './course-server.js';

const ASK_EVERY_MS = 2000;

const KEPT = 'Answers that are not saved yet are kept in this browser.';
const PROBLEMS = {
  stopped:
    'The course has stopped on this computer. Leave this window open and start the course ' +
    `again the way you started it. ${KEPT}`,
  closed:
    'The course was started again, and this window can no longer reach it. Go on in the window ' +
    `that opened with it, and close this one. ${KEPT}`
};

export class Connection {
  /* `changed` is called with a sentence when the server is gone, and with null when it is back. */
  constructor(changed) {
    this.changed = changed;
    this.state = 'running';
    this.asking = null;
  }

  /* A sentence for the reader while the server can't be used, else null. */
  get problem() {
    return PROBLEMS[this.state] ?? null;
  }

  /* True when the server answers now. To be called whenever there is a reason to doubt. */
  check() {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  async ask() {
    const was = this.state;
    this.state = await serverState();
    if (this.state !== 'running') {
      clearTimeout(this.again);
      this.again = setTimeout(() => this.check(), ASK_EVERY_MS);
    }
    if (this.state !== was) {
      this.changed(this.problem);
    }
    return this.state === 'running';
  }
}
