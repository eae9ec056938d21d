import { h, Part } from './dom.js';

/**
 * <fovea-loupe>: lies over a picture; under the pointer both pictures are shown pixel for pixel, before on the left, after on the right.
 * show({ before, after, width, height }) as of <fovea-compare>; on tells whether it catches the pointer. Arrow keys move it.
 */
class Loupe extends Part {
  #at = { x: 0.5, y: 0.5 };

  build() {
    this.halves = ['before', 'after'].map((side) => h('div', { class: side }, h('img', { alt: '', draggable: false })));
    this.lens = h('div', { class: 'lens' }, this.halves);
    this.append(this.lens);
    this.setAttribute('role', 'group');
    this.addEventListener('pointermove', (event) => this.#follow(event));
    this.addEventListener('pointerdown', (event) => this.#follow(event));
    this.addEventListener('keydown', (event) => this.#step(event));
    this.on = false;
  }

  show({ before, after, width, height }) {
    this.size = { width, height };
    [before, after].forEach((src, k) => Object.assign(this.halves[k].firstChild, { src }));
  }

  set on(on) {
    this.hidden = !on;
    this.tabIndex = on ? 0 : -1;
    if (on) this.#look();
  }

  #follow(event) {
    const box = this.getBoundingClientRect();
    this.#at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    this.#look(event.pointerType === 'touch');
  }

  #step(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const clamp = (v) => Math.min(1, Math.max(0, v));
    this.#at = { x: clamp(this.#at.x + way[0] * 0.01), y: clamp(this.#at.y + way[1] * 0.01) };
    this.#look();
  }

  /** A finger would hide what it points at: there the lens floats above it. */
  #look(finger = false) {
    const { clientWidth: w, clientHeight: h } = this;
    const { offsetWidth: lw, offsetHeight: lh } = this.lens;
    if (!this.size || !w) return;
    const left = Math.min(w - lw, Math.max(0, this.#at.x * w - lw / 2));
    const top = Math.min(h - lh, Math.max(0, this.#at.y * h - lh / 2 - (finger ? lh * 0.75 : 0)));
    this.lens.style.transform = `translate(${left}px, ${top}px)`;
    const scale = 1 / devicePixelRatio;
    for (const { firstChild: img } of this.halves) {
      img.style.width = `${this.size.width * scale}px`;
      img.style.height = `${this.size.height * scale}px`;
      img.style.transform = `translate(${lw / 4 - this.#at.x * this.size.width * scale}px, ${lh / 2 - this.#at.y * this.size.height * scale}px)`;
    }
  }
}

customElements.define('fovea-loupe', Loupe);
