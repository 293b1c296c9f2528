/* Words of the glossary in a lesson's text: a press opens what the word means, beside it.
 *
 * A lesson marks a word as a link, [IOP](#glossary:iop). Here it becomes a button. Without course mode, or in a browser
 * without popovers, it stays the link, which leads to the list at the end of the lesson.
 */
const LINK = 'a[href^="#glossary:"]';
const GAP = 8;

/* Replaces the marked words in `root`, now and whenever text is drawn. `glossary` is the page's, from course.json. */
export function explainWords(root, glossary) {
  const explain = () => {
    for (const link of root.querySelectorAll(LINK)) {
      const word = glossary?.[link.getAttribute('href').slice('#glossary:'.length)];
      if (word && 'popover' in HTMLElement.prototype) {
        link.replaceWith(...explained(link.textContent, word));
      }
    }
  };
  const drawn = new MutationObserver(explain);
  drawn.observe(root, { childList: true, subtree: true });
  explain();
  return () => drawn.disconnect();
}

/* The button and what it opens. The browser closes it on Escape or a press elsewhere and gives the focus back. */
function explained(text, word) {
  const id = `iop-gloss-${Math.random().toString(36).slice(2, 10)}`;
  const button = element('button', 'iop-gloss', text);
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', id);
  button.setAttribute('data-lm-suppress-shortcuts', 'true');
  const box = element('span', 'iop-gloss-box', element('b', '', title(word)), element('span', '', word.definition), ...sources(word));
  box.id = id;
  box.popover = 'auto';
  box.tabIndex = 0; // a long text in a small window is scrolled with the keys
  box.setAttribute('role', 'note');
  box.setAttribute('aria-label', word.term);
  button.popoverTargetElement = box;
  const close = event => {
    if (event.target !== box) {
      box.hidePopover();
    }
  };
  box.addEventListener('toggle', ({ newState }) => {
    const open = newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      place(box, button);
    }
    // It would stay where it is while the word moves away.
    const listen = open ? 'addEventListener' : 'removeEventListener';
    document[listen]('scroll', close, true);
    window[listen]('resize', close);
  });
  // Read aloud when it opens; the box itself is in no live region.
  const heard = element('span', 'iop-aloud');
  heard.setAttribute('role', 'status');
  box.addEventListener('toggle', ({ newState }) => {
    heard.textContent = newState === 'open' ? word.definition : '';
  });
  return [button, box, heard];
}

/* Below the word, or above it where there is more room, and never over it. */
function place(box, button) {
  const lines = [...button.getClientRects()];
  const [first, last] = [lines[0], lines.at(-1)];
  const below = innerHeight - last.bottom - 2 * GAP;
  const above = first.top - 2 * GAP;
  box.style.maxHeight = '';
  const isBelow = box.offsetHeight <= below || below >= above;
  box.style.maxHeight = `${Math.max(isBelow ? below : above, 48)}px`;
  box.style.left = `${Math.max(GAP, Math.min(first.left, innerWidth - box.offsetWidth - GAP))}px`;
  box.style.top = `${isBelow ? last.bottom + GAP : first.top - GAP - box.offsetHeight}px`;
}

function title({ term, also }) {
  return [term, ...also].join(', ');
}

function sources({ sources: citations }) {
  return citations.length ? [element('span', 'iop-gloss-source', `Source: ${citations.join(' ')}`)] : [];
}

function element(tag, look, ...children) {
  const node = document.createElement(tag);
  node.className = look;
  node.append(...children);
  return node;
}
