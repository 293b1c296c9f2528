/* The few things course mode asks of the Jupyter server itself: partly before JupyterLab is ready
 * to, partly because JupyterLab doesn't tell a server that is gone from a file that is. */

let base = '/';
let headers = {};

/* `config` is JupyterLab's page configuration. */
export function setServer(config) {
  base = config.baseUrl || '/';
  const cookie = document.cookie.match(/\b_xsrf=([^;]*)/);
  headers = { 'Content-Type': 'application/json' };
  if (config.token) {
    headers.Authorization = `token ${config.token}`;
  }
  if (cookie) {
    headers['X-XSRFToken'] = cookie[1];
  }
}

/* The server's answer, or null where nobody answers. */
function ask(path, options = {}) {
  return fetch(`${base}api/${path}`, { headers, cache: 'no-store', ...options }).catch(() => null);
}

/* "running", "stopped", or "closed": it runs, but doesn't let this window in any more. */
export async function serverState() {
  const answer = await ask('status');
  if (answer?.status === 401 || answer?.status === 403) {
    return 'closed';
  }
  return answer?.ok ? 'running' : 'stopped';
}

/* The course's list of pages (course.json at the server's root), or null where there is none. */
export async function loadManifest() {
  const answer = await ask('contents/course.json?content=1&type=file&format=text');
  try {
    const manifest = answer?.ok ? JSON.parse((await answer.json()).content) : null;
    return manifest?.format === 1 && manifest.notebooks ? manifest : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/* Starts the kernel of a page early; JupyterLab then finds the session by its path. */
export async function startSession(path) {
  const body = JSON.stringify({
    path,
    name: path.split('/').pop(),
    type: 'notebook',
    kernel: { name: 'python3' }
  });
  // A failure is no loss: JupyterLab starts the kernel itself, and shows what is wrong.
  await ask('sessions', { method: 'POST', body });
}
