import { h, iconButton, Part } from './dom.js';
import './segment.js';

/** <fovea-code>: the lines that would do the same. Set lines to { command, java, curl }; empty ones are left out. */
class Code extends Part {
  #lines = {};
  #shown = 'command';

  build() {
    this.text = h('code', { tabindex: '0', 't-aria-label': 'code.title' });
    this.copied = h('span', { class: 'unseen', role: 'status' });
    this.kinds = h('div', { class: 'row apart' });
    this.append(this.kinds, h('pre', {}, this.text), this.copied);
    this.lines = this.#lines;
  }

  set lines(lines) {
    this.#lines = Object.fromEntries(Object.entries(lines).filter(([, text]) => text));
    this.hidden = Object.keys(this.#lines).length === 0;
    if (!(this.#shown in this.#lines)) this.#shown = Object.keys(this.#lines)[0];
    if (this.text) this.#fill();
  }

  #fill() {
    this.#put();
    const segment = document.createElement('fovea-segment');
    segment.words = 'code.title';
    segment.choices = Object.keys(this.#lines).map((kind) => ({ value: kind, t: `code.${kind}` }));
    segment.value = this.#shown;
    segment.addEventListener('change', () => {
      this.#shown = segment.value;
      this.#put();
    });
    this.kinds.replaceChildren(segment, iconButton('code.copy', 'copy', (event) => this.#copy(event.currentTarget)));
  }

  /** Lines are broken between words, not at the hyphens of options. */
  #put() {
    const words = (this.#lines[this.#shown] ?? '').trimEnd().split(/(\s+)/);
    this.text.replaceChildren(...words.map((word) => (word.trim() ? h('span', {}, word) : word)));
  }

  async #copy(button) {
    await navigator.clipboard.writeText(this.text.textContent);
    const use = button.querySelector('use');
    use.setAttribute('href', 'icons.svg#check');
    this.copied.textContent = button.getAttribute('aria-label');
    setTimeout(() => use.setAttribute('href', 'icons.svg#copy'), 1500);
  }
}

customElements.define('fovea-code', Code);
