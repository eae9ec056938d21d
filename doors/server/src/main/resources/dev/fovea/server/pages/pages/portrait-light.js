import { service } from '../api.js';
import { h } from '../parts/dom.js';
import '../parts/knobs.js';
import '../parts/lamp.js';
import '../parts/segment.js';
import { plain } from '../words.js';

/** The presets as PortraitLight.Preset has them, so that ball and sliders show what is seen; lamp: to the right, downwards, towards the camera. */
const PRESETS = {
  natural: { lamp: [-0.5, -0.4, 1], ambient: 0.6, strength: 1, backdrop: 1, mono: 0 },
  studio: { lamp: [0.2, -0.5, 1], ambient: 0.5, strength: 1, backdrop: 0.85, mono: 0 },
  contour: { lamp: [1, -0.35, 0.45], ambient: 0.3, strength: 1, backdrop: 0.7, mono: 0 },
  stage: { lamp: [-0.45, -0.8, 0.9], ambient: 0.12, strength: 1, backdrop: 0, mono: 0 },
  'stage-mono': { lamp: [-0.45, -0.8, 0.9], ambient: 0.12, strength: 1, backdrop: 0, mono: 1 },
};

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
    this.all = knobs.filter(({ name }) => !['x', 'y', 'z'].includes(name));
    this.room = h('div');
    this.element.append(h('p', { class: 'soft small', t: 'portrait.light.about' }), this.presets, this.lamp, this.room);
    this.#aim(normal);
  }

  #preset(name) {
    this.#moved = false;
    this.#aim(name);
    this.element.dispatchEvent(new Event('input'));
  }

  /** The preset becomes what is normal: only what is turned away from it has to be told. */
  #aim(name) {
    const { lamp = [0, 0, 1], ...normal } = PRESETS[name] ?? {};
    const [x, y, z] = lamp;
    this.lamp.direction = { x, y, z };
    this.knobs = document.createElement('fovea-knobs');
    Object.assign(this.knobs, { owner: 'relight', knobs: this.all.map((knob) => ({ ...knob, normal: normal[knob.name] ?? knob.normal })) });
    this.room.replaceChildren(this.knobs);
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
