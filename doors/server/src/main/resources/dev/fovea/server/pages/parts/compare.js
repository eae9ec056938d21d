import { h, Part } from './dom.js';

/**
 * <fovea-compare>: before and after, parted by a line that follows the pointer or the arrow keys. show({ before, after, width, height })
 * takes addresses of pictures; the room is reserved by width and height before they arrive.
 */
class Compare extends Part {
  build() {
    this.after = h('img', { class: 'after', 't-alt': 'compare.after', draggable: false, decoding: 'async' });
    this.before = h('img', { class: 'before', 't-alt': 'compare.before', draggable: false, decoding: 'async' });
    this.slider = h('input', { type: 'range', class: 'unseen', min: 0, max: 100, step: 1, value: 50, 't-aria-label': 'compare.slider' });
    this.slider.addEventListener('input', () => this.#part(this.slider.valueAsNumber));
    this.append(
      this.after,
      this.before,
      h('span', { class: 'tag left', t: 'compare.before', 'aria-hidden': 'true' }),
      h('span', { class: 'tag right', t: 'compare.after', 'aria-hidden': 'true' }),
      this.slider,
      h('div', { class: 'divider' }, h('i')),
    );
    this.addEventListener('pointerdown', (event) => this.#grab(event));
    this.addEventListener('pointermove', (event) => this.hasPointerCapture(event.pointerId) && this.#follow(event));
    this.#part(50);
  }

  show({ before, after, width, height }) {
    this.style.setProperty('--shape', `${width} / ${height}`);
    for (const [img, src] of [[this.before, before], [this.after, after]]) {
      Object.assign(img, { width, height, src });
    }
  }

  /** Where the line is, in percent from the left. */
  set position(percent) {
    this.#part(percent);
  }

  #grab(event) {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.#follow(event);
    this.slider.focus({ preventScroll: true, focusVisible: false });
    event.preventDefault();
  }

  #follow(event) {
    const box = this.getBoundingClientRect();
    this.#part((100 * (event.clientX - box.left)) / box.width);
  }

  #part(percent) {
    const at = Math.min(100, Math.max(0, percent));
    this.slider.value = at;
    this.style.setProperty('--at', `${at}%`);
  }
}

customElements.define('fovea-compare', Compare);
