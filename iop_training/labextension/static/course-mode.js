/* Course mode: the plugin's entry. Wires the bar, the pages and JupyterLab's shell together.
 *
 * Nothing here reads notebook metadata to decide what may run: see course-page.js.
 */
import { createBar } from './course-bar.js';
import { Connection } from './course-connection.js';
import { CoursePage } from './course-page.js';
import { loadManifest, setServer, startSession } from './course-server.js';

const HOME = 'Start here.ipynb';
/* Pages that stay open behind the current one; each open page holds a running kernel. */
const PAGES_KEPT = 2;

let bar;
let server;
let firstManifest;

/* Called as soon as this file is here, while JupyterLab still loads: the bar, the list of pages,
 * and the kernel of the page in the address. */
export function prepare(config, home) {
  setServer(config);
  bar = createBar();
  // Until there are pages to wake, reloading is all that is needed.
  server = new Connection(problem => (problem ? bar.show({ problem }) : window.location.reload()));
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL('course-mode.css', home).href;
  sheet.onload = () => {
    document.body.classList.add('iop-course');
    document.body.prepend(bar.element);
    bar.show({ title: 'IOP training', progress: 0 });
  };
  document.head.append(sheet);
  firstManifest = loadManifest().then(async manifest => {
    const path = config.treePath || HOME;
    if (manifest?.notebooks[path]) {
      await startSession(path);
    }
    return manifest;
  });
}

/* Activates course mode in `app`; `shared` is the federation scope with JupyterLab's own modules. */
export async function activate(app, shared) {
  const manifest = await firstManifest;
  // JupyterLab's own layout plugin is off in course mode (it would reopen and run every page of
  // the last visit), so the shell is told here that there is nothing to restore.
  app.started.then(() => app.shell.restoreLayout('single-document', { fetch: async () => ({}) }));
  if (!manifest && !(await server.check())) {
    return;
  }
  if (!manifest) {
    bar.show({ problem: 'There is no course in this folder (course.json is missing).' });
    return;
  }
  const { CodeCell } = await sharedModule(shared, '@jupyterlab/cells');
  const course = new Course(app, CodeCell);
  app.started.then(() => course.begin());
}

/* Something suggests that the server is gone: ask it. */
export function doubt() {
  server.check();
}

/* A module that JupyterLab already loaded, such as "@jupyterlab/cells". */
async function sharedModule(shared, name) {
  const [version] = Object.values(shared[name]);
  return (await version.get())();
}

/* Leaves the browser's history to the course: one entry for each page somebody turns to.
 *
 * JupyterLab adds entries of its own when the focus goes to another page. That may come late, or go
 * through no page at all, and it happens also when the browser's Back has just gone to that address:
 * Back would then go two pages back, or Forward would be gone. It may still change the address of
 * the same page, as it does before it reloads the page of a second window under a name of its own.
 * Gives what adds a page's entry. */
function takeHistory() {
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    if (pageIn(new URL(url, window.location.href)) === pageIn(window.location)) {
      history.replaceState(state, unused, url);
    }
  };
  return path => {
    if (path !== pageIn(window.location)) {
      const [base] = window.location.pathname.split('/tree/');
      push({}, '', `${base}/tree/${path.split('/').map(encodeURIComponent).join('/')}`);
    }
  };
}

/* The file that an address names; undefined when it names none. */
function pageIn(address) {
  const [, path] = address.pathname.split('/tree/');
  return path && decodeURIComponent(path);
}

let keptTitle = null;

/* The window's title. JupyterLab writes its own or the file's name there, at moments of its own. */
function keepTitle(title) {
  const put = () => {
    if (document.title !== keptTitle) {
      document.title = keptTitle;
    }
  };
  if (keptTitle === null) {
    new MutationObserver(put).observe(document.head, { childList: true, characterData: true, subtree: true });
  }
  keptTitle = title;
  put();
}

class Course {
  constructor(app, CodeCell) {
    this.app = app;
    this.CodeCell = CodeCell;
    this.pages = new Map();
    this.recent = [];
    this.current = null;
    this.wishes = 0;
  }

  async begin() {
    const { shell } = this.app;
    this.remember = takeHistory();
    server.changed = problem => this.onServer(problem);
    bar.connect({
      home: () => this.goHome(),
      map: () => this.goToMap(),
      restart: () => this.restart(),
      theme: () => this.toggleTheme()
    });
    // The shell lays itself out on window resizes only; the bar changes its height by wrapping.
    new ResizeObserver(() => window.dispatchEvent(new Event('resize'))).observe(bar.element);
    window.addEventListener('iop:restart', event => {
      event.preventDefault();
      this.restart();
    });
    window.addEventListener('iop:open', event => {
      event.preventDefault();
      this.open(event.detail.path);
    });
    window.addEventListener('popstate', () => this.openAddress());
    shell.currentChanged.connect(() => this.turnTo(shell.currentWidget));
    // Not before: what is opened earlier is laid out by the restoring, without becoming current.
    await this.app.restored;
    await this.openAddress();
  }

  /* Opens the page named in the address, or the first page of the course. */
  openAddress() {
    return this.open(pageIn(window.location) || HOME);
  }

  /* The server is gone (`problem` says so) or back. */
  onServer(problem) {
    document.body.classList.toggle('iop-stopped', Boolean(problem));
    this.show(this.current);
    if (problem) {
      return;
    }
    if (!this.current) {
      this.openAddress();
    }
    for (const page of this.pages.values()) {
      page.wake().catch(console.error);
    }
  }

  async open(path) {
    const wish = ++this.wishes;
    // JupyterLab would say in a dialog that there is no such file.
    if (!(await server.check())) {
      return;
    }
    try {
      const panel = await this.app.commands.execute('docmanager:open', { path });
      // Somebody who clicks twice gets the second page, even if the first comes later.
      if (wish === this.wishes) {
        this.turnTo(panel);
      }
    } catch (error) {
      console.error(error);
      bar.show({ problem: `“${path}” could not be opened. Go back to Start here.` });
    }
  }

  /* Start here, from its top: somebody who is on that page already sees it go there. */
  async goHome() {
    await this.open(HOME);
    this.current?.node.querySelector('.jp-WindowedPanel-outer')?.scrollTo({ top: 0 });
  }

  /* The course map, which stands at the end of Start here and is there when that page has run. */
  async goToMap() {
    await this.open(HOME);
    const wish = this.wishes;
    const map = await appears(() => this.current?.node.querySelector('.iop-pages'));
    if (map && wish === this.wishes) {
      map.scrollIntoView({ block: 'start' });
      map.focus({ preventScroll: true });
    }
  }

  restart() {
    this.pages.get(this.current)?.restart();
  }

  /* Makes `panel` the current page: runs it if it is a new one, and closes the oldest. */
  turnTo(panel) {
    if (!panel || panel === this.current) {
      return;
    }
    this.current = panel;
    if (panel.context) {
      this.remember(panel.context.path);
    }
    if (isNotebook(panel) && !this.pages.has(panel)) {
      this.adopt(panel);
    }
    this.recent = [panel, ...this.recent.filter(other => other !== panel && !other.isDisposed)];
    for (const other of this.recent.splice(PAGES_KEPT)) {
      this.pages.get(other)?.leave();
      other.close();
    }
    this.show(panel);
  }

  adopt(panel) {
    const page = new CoursePage(panel, this.CodeCell, server, () => this.show(panel));
    this.pages.set(panel, page);
    panel.disposed.connect(() => this.pages.delete(panel));
    page.begin();
  }

  /* Brings the bar and the window's title up to date with `panel`, if it is the current one. */
  show(panel) {
    if (panel !== this.current) {
      return;
    }
    const page = this.pages.get(panel);
    const title = page?.title ?? panel?.title.label;
    bar.show({ title, ...(server.problem ? { problem: server.problem } : page?.state) });
    if (title) {
      keepTitle(`${title} – IOP training`);
    }
  }

  async toggleTheme() {
    const light = document.body.dataset.jpThemeLight === 'true';
    const theme = light ? 'JupyterLab Dark' : 'JupyterLab Light';
    await this.app.commands.execute('apputils:change-theme', { theme });
    bar.announce(light ? 'Dark colors are on.' : 'Light colors are on.');
  }
}

/* What `find` gives as soon as it is there; null when that takes longer than a page needs to open. */
async function appears(find) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = find();
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return null;
}

function isNotebook(widget) {
  return Boolean(widget?.sessionContext && widget.context && widget.content?.widgets);
}
