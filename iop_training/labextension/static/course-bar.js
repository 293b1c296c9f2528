/* The bar above the page: four buttons, the page's title, and what is going on. */

const TEMPLATE = `
  <nav class="iop-bar-buttons" aria-label="Course">
    <button type="button" data-do="home">Start here</button>
    <button type="button" data-do="map"><span class="iop-wide">Course </span>map</button>
    <button type="button" data-do="restart">Start <span class="iop-wide">this page </span>again</button>
    <button type="button" data-do="theme">Light / dark</button>
  </nav>
  <p class="iop-bar-title"></p>
  <p class="iop-bar-status" role="status"></p>
  <div class="iop-bar-progress" aria-hidden="true"><i></i></div>`;

/* The bar, not yet in the document. Its buttons do nothing until connect(). */
export function createBar() {
  const element = document.createElement('header');
  element.className = 'iop-bar';
  element.innerHTML = TEMPLATE;
  const [title, status, progress] = ['title', 'status', 'progress'].map(part =>
    element.querySelector(`.iop-bar-${part}`)
  );

  let was = {};
  const say = text => {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  };

  return {
    element,

    /* `actions` has a function for each button: home, map, restart, theme. */
    connect(actions) {
      for (const button of element.querySelectorAll('button')) {
        button.addEventListener('click', actions[button.dataset.do]);
      }
    },

    /* What is read aloud but not shown: the change itself is seen. */
    announce(text) {
      status.classList.add('iop-aloud');
      say(text);
    },

    /* `title` of the page; `progress` 0..1 while it opens; `problem` is a sentence for the reader. */
    show(state) {
      const opening = state.progress !== undefined;
      title.textContent = state.title ?? title.textContent;
      element.classList.toggle('iop-opening', opening);
      element.classList.toggle('iop-problem', Boolean(state.problem));
      progress.firstElementChild.style.width = `${Math.round(8 + 92 * (state.progress ?? 0))}%`;
      if (opening || state.problem) {
        status.classList.remove('iop-aloud');
        say(state.problem ?? 'Opening page …');
      } else if (was.progress !== undefined || was.problem) {
        this.announce('The page is ready.');
      }
      was = state;
    }
  };
}
