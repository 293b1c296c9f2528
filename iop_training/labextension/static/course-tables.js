/* Tables of the prose that are wider than a narrow window: they scroll in a frame of their own, which
 * says so and can be reached with the keyboard. */

const HINT = 'This table goes on to the right: scroll sideways.';

/* Frames every table in `node`, also those that are drawn later; returns the undo. */
export function frameTables(node) {
  const sizes = new ResizeObserver(entries => entries.forEach(({ target }) => mark(target)));
  const frameAll = () => {
    for (const table of node.querySelectorAll('.jp-RenderedMarkdown table')) {
      if (!table.parentElement.classList.contains('iop-scroll')) {
        sizes.observe(frame(table));
      }
    }
  };
  const drawn = new MutationObserver(frameAll);
  drawn.observe(node, { childList: true, subtree: true });
  frameAll();
  return () => {
    drawn.disconnect();
    sizes.disconnect();
  };
}

function frame(table) {
  const hint = document.createElement('p');
  hint.className = 'iop-scroll-hint';
  hint.textContent = HINT;
  const scroller = document.createElement('div');
  scroller.className = 'iop-scroll';
  table.replaceWith(hint, scroller);
  scroller.append(table);
  return scroller;
}

/* A stop for the keyboard only where there is something to scroll. */
function mark(scroller) {
  const isWide = scroller.scrollWidth > scroller.clientWidth + 1;
  scroller.previousElementSibling.hidden = !isWide;
  for (const [name, value] of Object.entries({ tabindex: '0', role: 'region', 'aria-label': nameOf(scroller) })) {
    if (isWide) {
      scroller.setAttribute(name, value);
    } else {
      scroller.removeAttribute(name);
    }
  }
}

/* What its first row says. */
function nameOf(scroller) {
  const heads = [...scroller.querySelectorAll('tr:first-child > *')].map(cell => cell.textContent.trim());
  return `Table: ${heads.filter(Boolean).join(', ')}`;
}
