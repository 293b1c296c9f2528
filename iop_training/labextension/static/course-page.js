/* One open notebook: whether it is a page of the course, and running it.
 *
 * A notebook is run only when the course's list (course.json) has its path AND its code cells equal
 * the listed ones, one by one. What the notebook says about itself (metadata) is never asked: a
 * notebook that somebody sent could say anything.
 */
import { explainWords } from './course-glossary.js';
import { isAlive, replaceKernel, restartKernel, shareRestarts } from './course-kernel.js';
import { loadManifest } from './course-server.js';
import { frameTables } from './course-tables.js';

/* As a tag of the request it lets the cells after a failed one still run. */
const GO_ON = { tags: ['raises-exception'] };
/* Seconds until a page that has no kernel yet is called late. */
const PATIENCE = 60;
/* How often a kernel that is gone is replaced before the reader is asked to do something. */
const TRIES = 3;

export class CoursePage {
  /* `panel` is JupyterLab's NotebookPanel; `server` the Connection; `changed` is called whenever
   * title or state changed. */
  constructor(panel, CodeCell, server, changed) {
    this.panel = panel;
    this.CodeCell = CodeCell;
    this.server = server;
    this.changed = changed;
    this.state = { progress: 0 };
    this.entry = null;
    this.run = 0;
    this.broken = false;
    this.kernelId = null;
    this.healing = false;
    this.closed = false;
  }

  get title() {
    return this.entry?.title ?? this.panel.title.label.replace(/\.ipynb$/, '');
  }

  async begin() {
    await this.panel.context.ready;
    if (!(await this.verify())) {
      return;
    }
    this.quieten();
    this.dress();
    const { sessionContext } = this.panel;
    sessionContext.statusChanged.connect((_, status) => this.onStatus(status));
    // Where the server has forgotten the session, JupyterLab says nothing about the kernel.
    sessionContext.sessionChanged.connect((_, { newValue }) => newValue || this.onStatus('dead'));
    sessionContext.connectionStatusChanged.connect((_, status) => {
      if (status !== 'connected') {
        this.server.check();
      }
    });
    this.restarts = shareRestarts(this.panel.context.path, () => this.restarting || this.runAll());
    this.panel.disposed.connect(() => this.restarts.close());
    await this.runAll();
  }

  /* True when the notebook is on the list with exactly this code; says so in the bar if not. */
  async verify() {
    const manifest = await loadManifest();
    // Nothing can be said about the page while the list can't be had.
    if (!manifest && !(await this.server.check())) {
      return false;
    }
    const entry = manifest?.notebooks[this.panel.context.path];
    if (!entry) {
      this.set({ problem: 'This is not a page of the course, so it was not run.' });
      return false;
    }
    const code = this.codeCells().map(cell => cell.model.sharedModel.getSource());
    if (JSON.stringify(code) !== JSON.stringify(entry.code)) {
      this.set({ problem: 'This page was changed, so it was not run. Ask for a fresh copy.' });
      return false;
    }
    this.entry = entry;
    return true;
  }

  codeCells() {
    return this.panel.content.widgets.filter(cell => cell.model.type === 'code');
  }

  /* No dialogs: the page is for reading, its answers are stored by the widgets themselves, so
   * there is never anything in the notebook file to save or to ask about. */
  quieten() {
    const { model, sessionContext } = this.panel;
    model.readOnly = true;
    model.dirty = false;
    Object.defineProperty(model, 'dirty', { get: () => false, set: () => {} });
    // JupyterLab's only message about a kernel that died is a dialog.
    const dialog = this.panel._onSessionStatusChanged;
    if (dialog) {
      sessionContext.statusChanged.disconnect(dialog, this.panel);
    }
  }

  /* Classes for course-mode.css. */
  dress() {
    this.panel.addClass('iop-page');
    this.panel.toolbar.hide();
    for (const cell of this.panel.content.widgets) {
      if (cell.model.type === 'markdown' && cell.model.getMetadata('nbgrader')?.solution) {
        cell.addClass('iop-hidden');
      }
    }
    // JupyterLab makes the active cell a tab stop; here only questions and links are.
    const stops = new MutationObserver(() => {
      this.panel.node.querySelectorAll('.jp-Cell[tabindex="0"]').forEach(cell => (cell.tabIndex = -1));
    });
    stops.observe(this.panel.node, { attributeFilter: ['tabindex'], subtree: true });
    const leaveWords = explainWords(this.panel.content.node, this.entry.glossary);
    const unframe = frameTables(this.panel.node);
    this.panel.disposed.connect(() => {
      stops.disconnect();
      leaveWords();
      unframe();
    });
  }

  onStatus(status) {
    if (this.closed || this.restarting) {
      return;
    }
    if (status === 'dead') {
      this.heal();
    } else if (['restarting', 'autorestarting'].includes(status)) {
      this.broken = true;
      this.set({ progress: 0 });
    } else if (status === 'idle' && this.broken) {
      this.runAll();
    }
  }

  /* A new kernel, then the whole page again. No question is asked: saved answers come back. */
  async restart() {
    if (await this.server.check()) {
      await this.renew(() => restartKernel(this.panel.sessionContext, this.kernelId));
      this.restarts?.tell();
    }
    window.dispatchEvent(new CustomEvent('iop:restarted'));
  }

  /* To be called when the server is back, which may have lost the kernel, or never seen it go. */
  async wake() {
    if (!this.entry) {
      await this.begin();
    } else if (!(await isAlive(this.panel.sessionContext))) {
      await this.renew(() => this.replaceKernel());
    } else if (this.state.progress !== undefined) {
      await this.runAll();
    }
  }

  /* The kernel is gone for good, say because another window closed this page. Tried again after a
   * while, because the server may still be ending what it had; then somebody has to press. */
  async heal() {
    if (this.healing) {
      return;
    }
    this.healing = true;
    for (let n = 0; n < TRIES && !this.closed && (await this.server.check()); n += 1) {
      await pause(n);
      await this.renew(() => this.replaceKernel());
      if (this.state !== STOPPED) {
        break;
      }
    }
    this.healing = false;
  }

  replaceKernel() {
    return replaceKernel(this.panel.sessionContext, this.kernelId);
  }

  /* `getKernel` puts a fresh kernel under the page; then the page is run in it. */
  async renew(getKernel) {
    if (!this.entry || this.restarting) {
      return;
    }
    this.restarting = true;
    this.set({ progress: 0 });
    try {
      await getKernel();
    } catch (error) {
      console.error(error); // runAll says in the bar that there is no kernel
    } finally {
      this.restarting = false;
    }
    await this.runAll();
  }

  /* The page is about to be closed; what happens to its kernel is of no interest any more. */
  leave() {
    this.closed = true;
  }

  async runAll() {
    const run = ++this.run;
    this.broken = false;
    if (!(await this.hasKernel()) || !(await this.verify()) || run !== this.run) {
      return;
    }
    const cells = this.codeCells();
    let done = 0;
    this.set({ progress: 0 });
    const replies = await Promise.all(
      cells.map(async cell => {
        const reply = await this.execute(cell);
        done += 1;
        if (run === this.run) {
          this.set({ progress: done / cells.length });
        }
        return reply;
      })
    );
    if (run === this.run && !this.panel.isDisposed) {
      const failed = this.hasLiveKernel() ? FAILED : STOPPED;
      this.set(replies.every(Boolean) ? {} : failed);
    }
  }

  /* True when the cell ran without an error. */
  async execute(cell) {
    try {
      const reply = await this.CodeCell.execute(cell, this.panel.sessionContext, GO_ON);
      return reply?.content.status === 'ok';
    } catch {
      return false;
    }
  }

  /* Waits for a live kernel; false, with a sentence in the bar, when there is none. */
  async hasKernel() {
    const { sessionContext } = this.panel;
    await Promise.race([sessionContext.ready, pause(PATIENCE)]);
    if (!this.hasLiveKernel()) {
      this.set(STOPPED);
      return false;
    }
    this.kernelId = sessionContext.session.kernel.id;
    return true;
  }

  hasLiveKernel() {
    const kernel = this.panel.sessionContext.session?.kernel;
    return Boolean(kernel) && kernel.status !== 'dead';
  }

  set(state) {
    this.state = state;
    this.changed();
  }
}

function pause(seconds) {
  return new Promise(resolve => setTimeout(resolve, seconds * 1000));
}

const AGAIN = 'Press “Start this page again”. Saved answers come back.';
const STOPPED = { problem: `This page stopped. ${AGAIN}` };
const FAILED = { problem: `Part of this page could not be shown. ${AGAIN}` };
