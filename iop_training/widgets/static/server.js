// Addresses on the Jupyter server this page comes from.

function baseUrl() {
  try {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    return config.baseUrl.endsWith("/") ? config.baseUrl : `${config.baseUrl}/`;
  } catch {
    return "/";
  }
}

// `href` is a URL relative to the server's base ("files/a%20b.zip").
// Leading slashes go, so that it can't point to another host.
export function serverUrl(href) {
  return baseUrl() + String(href).replace(/^\/+/, "");
}

// `path` is a file in the workspace, unescaped ("Start here.ipynb").
export function labUrl(path) {
  return serverUrl(`lab/tree/${String(path).split("/").map(encodeURIComponent).join("/")}`);
}

// ISO times as people here write them ("22 Nov 2026, 14:02"); anything else is shown as it came.
export function dateText(value, { time = false } = {}) {
  const date = new Date(value);
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(date.getTime())) return String(value);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(time && { year: "numeric" }) });
  return time ? `${day}, ${date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}` : day;
}
