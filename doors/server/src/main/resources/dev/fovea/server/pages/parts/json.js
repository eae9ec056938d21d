import { h, iconButton, Part } from './dom.js';

const SHOWN = 3; // of a long list

/** <fovea-json>: an answer as programs get it, folded; long lists are shortened to look at, and copied whole. Set value. */
class Answer extends Part {
  #value = null;

  build() {
    this.text = h('code', { tabindex: '0', 't-aria-label': 'see.json' });
    const copy = iconButton('code.copy', 'copy', async () => {
      await navigator.clipboard.writeText(JSON.stringify(this.#value));
      const use = copy.querySelector('use');
      use.setAttribute('href', 'icons.svg#check');
      setTimeout(() => use.setAttribute('href', 'icons.svg#copy'), 1500);
    });
    this.details = h('details', { class: 'json' }, h('summary', {}, h('span', { t: 'see.json' })), h('div', { class: 'json-body' }, copy, h('pre', {}, this.text)));
    this.details.addEventListener('toggle', () => this.#fill());
    this.append(this.details);
    this.value = this.#value;
  }

  set value(value) {
    this.#value = value;
    this.hidden = value == null;
    if (this.details?.open) this.#fill();
  }

  #fill() {
    if (this.#value != null) this.text.textContent = readable(this.#value);
  }
}

/** Indented, lists of numbers on a line. */
function readable(value) {
  const short = JSON.stringify(value, (key, each) => (Array.isArray(each) && each.length > 16 ? [...each.slice(0, SHOWN), `… ${each.length - SHOWN}`] : each), 2);
  return short.replace(/\[\s+([-\d.e,\s]+?)\s+\]/g, (whole, numbers) => `[${numbers.replace(/\s+/g, ' ')}]`);
}

customElements.define('fovea-json', Answer);
