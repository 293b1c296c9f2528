/* The kernel under a page: restarting it, finding it again, and telling other windows.
 *
 * Windows that show the same page share one kernel (the server knows it by the page's path), so a
 * restart concerns all of them.
 */

/* True when the server still has the kernel that `sessionContext` uses. */
export async function isAlive(sessionContext) {
  const id = sessionContext.session?.kernel?.id;
  return Boolean(id) && (await running(sessionContext)).some(({ kernel }) => kernel?.id === id);
}

/* Restarts the kernel, or puts another one in its place where it is gone for good. */
export async function restartKernel(sessionContext, lost) {
  await sessionContext.restartKernel();
  if ((sessionContext.session?.kernel?.status ?? 'dead') === 'dead') {
    await replaceKernel(sessionContext, lost);
  }
}

/* Takes up the kernel that another window has started for this page since the one with the id `lost`,
 * or starts one. One window after the other: two at once would start two. */
export function replaceKernel(sessionContext, lost) {
  const { path } = sessionContext;
  return alone(`iop-kernel ${path}`, async () => {
    // Else the new kernel would be asked for in a session that the server may have forgotten.
    await sessionContext.shutdown().catch(console.warn);
    const other = (await running(sessionContext)).find(
      ({ path: place, kernel }) => place === path && kernel && kernel.id !== lost
    );
    await sessionContext.changeKernel(other ? { id: other.kernel.id } : { name: 'python3' });
  });
}

/* Calls `onRestart` when another window has restarted the kernel of the page at `path`; the result
 * has tell() for saying so to the others, and close(). */
export function shareRestarts(path, onRestart) {
  const channel = new BroadcastChannel(`iop-restart ${path}`);
  channel.onmessage = onRestart;
  return { tell: () => channel.postMessage(null), close: () => channel.close() };
}

/* The sessions that the server has now. */
async function running({ sessionManager }) {
  await sessionManager.refreshRunning();
  return [...sessionManager.running()];
}

function alone(name, act) {
  return navigator.locks ? navigator.locks.request(name, act) : act();
}
