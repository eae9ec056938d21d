import { service } from '../api.js';
import { fill } from '../parts/knobs.js';
import { button, h, id } from '../parts/dom.js';
import '../parts/segment.js';
import { number, t } from '../words.js';
import { iris } from './iris.js';

/** From f/1 to f/16 in sixths of a stop. */
const STOPS = { min: 0, max: 48, step: 1 };
const BLADES = [0, 5, 6, 7, 8, 9];
const aperture = (stop) => Math.round(10 * 2 ** (stop / 12)) / 10;
const stop = (number) => Math.round(12 * Math.log2(number));

/** What turns focus: the aperture and the shape of the lens; "input" comes from element. */
export class FocusTools {
  point = null; // chosen, in pixels of the picture
  found = null; // what the server focused on by itself
  #chosen = false;

  constructor() {
    this.slider = h('input', { type: 'range', id: id('aperture') });
    Object.assign(this.slider, STOPS);
    this.shown = h('output', { for: this.slider.id, class: 'figures' });
    this.slider.addEventListener('input', () => {
      this.#chosen = true;
      this.#show();
    });
    this.subject = h('p', { class: 'soft small', role: 'status' });
    this.auto = button('portrait.auto', null, () => this.#reset(), 'quiet');
    this.lens = h('div', { class: 'lens-shape' });
    this.element = h(
      'div',
      { class: 'group' },
      h('div', { class: 'row apart told' }, this.subject, this.auto),
      h('div', { class: 'knob' }, h('label', { for: this.slider.id, t: 'portrait.aperture' }), this.shown, this.slider),
      this.lens,
    );
    document.addEventListener('language', () => this.#tell());
  }

  /** For another picture, with depth or without. */
  async open(depth) {
    this.depth = depth;
    this.lens.hidden = !depth;
    [this.point, this.found, this.#chosen] = [null, null, false];
    this.slider.value = stop(2);
    this.#show();
    if (!this.knobs) await this.#fill();
  }

  async #fill() {
    const { knobs } = await service('focus');
    this.blades = document.createElement('fovea-segment');
    this.blades.words = 'name.blades';
    this.blades.choices = BLADES.map((count) => ({ value: count, t: count ? ['portrait.blades', { count }] : 'portrait.round', icon: iris(count) }));
    this.blades.value = 0;
    this.blades.addEventListener('change', () => this.element.dispatchEvent(new Event('input')));
    this.knobs = document.createElement('fovea-knobs');
    Object.assign(this.knobs, { owner: 'focus', knobs: knobs.filter((knob) => knob.name !== 'blades') });
    this.lens.append(h('div', { class: 'knob' }, h('span', { class: 'knob-name', t: 'portrait.shape', 'aria-hidden': 'true' }), this.blades), this.knobs);
  }

  #show() {
    this.shown.textContent = `f/${number(aperture(this.slider.value), 1)}`;
    fill(this.slider);
  }

  #reset() {
    this.point = null;
    this.#chosen = false;
    this.element.dispatchEvent(new Event('input'));
  }

  /** What the server did: where it focused, which f-number suits. */
  told(report) {
    if (!this.point) this.found = report.subject === 'person' ? null : report;
    if (!this.#chosen && report.aperture) this.slider.value = stop(report.aperture);
    this.report = report;
    this.auto.disabled = !this.point && !this.#chosen;
    this.#show();
    this.#tell();
  }

  #tell() {
    if (!this.report) return;
    const { subject, scene } = this.report;
    this.subject.textContent = this.depth ? t('portrait.focused', { subject: t(`portrait.subject.${subject}`), scene: t(`portrait.scene.${scene}`) }) : t('portrait.flat');
  }

  get query() {
    const { x, y } = this.point ?? {};
    const where = this.point ? { x: x.toFixed(1), y: y.toFixed(1) } : {};
    return { ...where, ...(this.#chosen && { aperture: aperture(this.slider.value) }), ...this.#shape };
  }

  get #shape() {
    return this.depth ? { ...(this.blades.value !== 0 && { blades: this.blades.value }), ...this.knobs.changed } : {};
  }

  /** The same for the command line. */
  get flags() {
    const { x, y, ...rest } = this.query;
    const dashed = Object.entries(rest).map(([name, value]) => ` --${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${value}`);
    return (x ? ` --at ${Math.round(x)},${Math.round(y)}` : '') + dashed.join('');
  }
}
