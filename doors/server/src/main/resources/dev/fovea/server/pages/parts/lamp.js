import { fill } from './knobs.js';
import { h, id, Part } from './dom.js';

/**
 * <fovea-lamp>: a ball lit by a lamp that can be dragged over it; for keys there are two sliders. direction is { x, y, z }, of length 1: to the
 * right, downwards, towards the camera (z is never negative: a lamp behind would light nothing). "input" bubbles when it moves.
 */
class Lamp extends Part {
  #x = 0;
  #y = 0;

  build() {
    this.ball = h('div', { class: 'ball' }, h('i'));
    this.sliders = ['x', 'y'].map((axis) => this.#slider(axis));
    this.append(this.ball, h('div', { class: 'lamp-sliders' }, this.sliders.map((each) => each.row)));
    this.ball.addEventListener('pointerdown', (event) => {
      this.ball.setPointerCapture(event.pointerId);
      this.#drag(event);
    });
    this.ball.addEventListener('pointermove', (event) => this.ball.hasPointerCapture(event.pointerId) && this.#drag(event));
    this.#show();
  }

  get direction() {
    return { x: this.#x, y: this.#y, z: Math.sqrt(Math.max(0, 1 - this.#x ** 2 - this.#y ** 2)) };
  }

  set direction({ x, y, z = 0 }) {
    const length = Math.hypot(x, y, z) || 1;
    this.place(x / length, y / length);
  }

  /** Puts the lamp above a point of the ball seen from the front, each of x and y in -1..1; beyond its edge: at the edge. */
  place(x, y) {
    const least = Math.max(1, Math.hypot(x, y) / 0.98);
    [this.#x, this.#y] = [x / least, y / least];
    if (this.ball) this.#show();
  }

  #slider(axis) {
    const input = h('input', { type: 'range', id: id('lamp') });
    Object.assign(input, { min: -1, max: 1, step: 0.02 });
    input.addEventListener('input', () => this.place(...this.sliders.map((each) => each.input.valueAsNumber)));
    return { input, row: h('div', { class: 'knob' }, h('label', { for: input.id, t: `portrait.lamp.${axis}` }), input) };
  }

  #drag(event) {
    event.preventDefault();
    const box = this.ball.getBoundingClientRect();
    this.place((2 * (event.clientX - box.left)) / box.width - 1, (2 * (event.clientY - box.top)) / box.height - 1);
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #show() {
    this.ball.style.setProperty('--x', `${50 + 50 * this.#x}%`);
    this.ball.style.setProperty('--y', `${50 + 50 * this.#y}%`);
    [this.#x, this.#y].forEach((value, k) => {
      this.sliders[k].input.value = value;
      fill(this.sliders[k].input);
    });
  }
}

customElements.define('fovea-lamp', Lamp);
