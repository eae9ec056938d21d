import { service } from '../api.js';
import { h } from '../parts/dom.js';
import '../parts/knobs.js';
import '../parts/lamp.js';
import '../parts/segment.js';
import { plain } from '../words.js';

/** Where the presets' lamps are (PortraitLight.Preset), so that the ball shows them: to the right, downwards, towards the camera. */
const LAMPS = { natural: [-0.5, -0.4, 1], studio: [0.2, -0.5, 1], contour: [1, -0.35, 0.45], stage: [-0.45, -0.8, 0.9], 'stage-mono': [-0.45, -0.8, 0.9] };

/** What moves the light; "input" comes from element. */
export class LightTools {
  #moved = false;

  constructor() {
    this.lamp = document.createElement('fovea-lamp');
    this.lamp.addEventListener('input', () => (this.#moved = true));
    this.element = h('div', { class: 'group', hidden: true });
  }

  async open() {
    if (this.presets) return;
    const { knobs, choices } = await service('relight');
    const { values, normal } = choices.find((choice) => choice.name === 'preset');
    this.presets = document.createElement('fovea-segment');
    this.presets.classList.add('wrap');
    this.presets.words = 'name.preset';
    this.presets.choices = values.map((value) => ({ value, t: [`choice.preset.${value}`, {}, plain(value)] }));
    this.presets.value = normal;
    this.presets.addEventListener('change', () => this.#preset(this.presets.value));
    this.knobs = document.createElement('fovea-knobs');
    Object.assign(this.knobs, { owner: 'relight', knobs: knobs.filter(({ name }) => !['x', 'y', 'z'].includes(name)) });
    this.element.append(h('p', { class: 'soft small', t: 'portrait.light.about' }), this.presets, this.lamp, this.knobs);
    this.#aim(normal);
  }

  #preset(name) {
    this.#moved = false;
    this.#aim(name);
    this.element.dispatchEvent(new Event('input'));
  }

  #aim(name) {
    const [x, y, z] = LAMPS[name] ?? [0, 0, 1];
    this.lamp.direction = { x, y, z };
  }

  place(x, y) {
    this.#moved = true;
    this.lamp.place(x, y);
  }

  get direction() {
    return this.lamp.direction;
  }

  get query() {
    const { x, y, z } = this.lamp.direction;
    const lamp = this.#moved ? { lx: x.toFixed(3), ly: y.toFixed(3), lz: z.toFixed(3) } : {};
    return { preset: this.presets.value, ...lamp, ...this.knobs.changed };
  }

  command(name) {
    const { x, y, z } = this.lamp.direction;
    const lamp = this.#moved ? ` --light ${[x, y, z].map((each) => each.toFixed(2)).join(',')}` : '';
    const knobs = Object.entries(this.knobs.changed).map(([knob, value]) => ` --${knob} ${value}`);
    return `./fovea relight ${name} --preset ${this.presets.value}${lamp}${knobs.join('')} -o lit.jpg`;
  }

  get java() {
    const preset = this.presets.value.toUpperCase().replace('-', '_');
    const { x, y, z } = this.lamp.direction;
    const moved = this.#moved ? `.from(${[x, y, z].map((each) => each.toFixed(2)).join(', ')})` : '';
    return `PortraitLight light = PortraitLight.Preset.${preset}.light()${moved};\nImage lit = light.paint(scene);`;
  }
}
