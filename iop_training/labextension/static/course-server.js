/* The three things course mode asks of the Jupyter server, before JupyterLab is ready to. */

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

/* The course's list of pages (course.json at the server's root), or null where there is none. */
export async function loadManifest() {
  try {
    const answer = await fetch(`${base}api/contents/course.json?content=1&type=file&format=text`, {
      headers,
      cache: 'no-store'
    });
    const manifest = answer.ok ? JSON.parse((await answer.json()).content) : null;
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
  await fetch(`${base}api/sessions`, { method: 'POST', headers, body }).catch(() => null);
}
