/* Module federation container of course mode, written by hand: there is no build step.
 *
 * JupyterLab calls init() with the modules it shares and get() for the plugin. Everything else is in
 * course-mode.js, which is fetched only when the launcher switched course mode on (page option
 * "iopCourseMode"), so an ordinary JupyterLab that has this extension installed is left as it was.
 */
(() => {
  const home = new URL('.', document.currentScript.src);
  const config = JSON.parse(document.getElementById('jupyter-config-data')?.textContent || '{}');
  const active = config.iopCourseMode === 'true';
  // Fetched while JupyterLab itself still loads: it is the longest wait of the reader.
  const code = active ? import(new URL('course-mode.js', home)) : null;
  code?.then(module => module.prepare(config, home));
  let shared = {};

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['iop-training'] = {
    init: scope => {
      shared = scope;
    },
    get: async () => {
      const plugins = active ? [await connectionLost(), courseMode] : [];
      return () => ({ __esModule: true, default: plugins });
    }
  };

  const courseMode = {
    id: 'iop-training:course-mode',
    description: 'Runs listed course pages on opening and shows the course bar.',
    autoStart: true,
    activate: async app => (await code).activate(app, shared)
  };

  /* JupyterLab asks whoever provides IConnectionLost to say that the server is gone. Its own dialog
   * would lie over the page; the bar says it instead (course-connection.js). */
  async function connectionLost() {
    const [version] = Object.values(shared['@jupyterlab/application']);
    const { IConnectionLost } = (await version.get())();
    return {
      id: 'iop-training:connection-lost',
      description: 'Says in the course bar that the server is gone.',
      autoStart: true,
      provides: IConnectionLost,
      activate: () => async () => (await code).doubt()
    };
  }
})();
