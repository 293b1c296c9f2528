// Answers that the kernel has not acknowledged yet, kept in this browser.
// Storage may be absent, full or forbidden: every function then does nothing and says so by its result.

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

// Keeps {value, at}; returns whether the browser took it.
export function keep(key, record) {
  try {
    storage().setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

// The kept {value, at}, or null.
export function kept(key) {
  try {
    const record = JSON.parse(storage().getItem(key));
    return record && "value" in record ? record : null;
  } catch {
    return null;
  }
}

// Forgets the record, unless another tab has kept something newer under the same key.
export function forget(key, record) {
  try {
    if (storage().getItem(key) === JSON.stringify(record)) storage().removeItem(key);
  } catch {
    // no storage, so nothing is kept
  }
}

// Ids of the items under `prefix` whose answer ("prefix/id") or remark ("prefix/id/name") still waits: from storage, and from
// questions on this page (storage may be off).
export function pendingItems(prefix) {
  const ids = new Set();
  try {
    for (const key of Object.keys(storage())) {
      const id = key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1).split("/")[0] : "";
      // An item that a newer release dropped is waited for by nobody.
      if (id && document.querySelector(`[data-iop-item="${CSS.escape(id)}"]`)) ids.add(id);
    }
  } catch {
    // no storage: the page's own marks below are all there is
  }
  for (const node of document.querySelectorAll("[data-iop-pending]")) {
    if (node.dataset.iopPending === prefix) ids.add(node.dataset.iopItem);
  }
  return [...ids];
}
