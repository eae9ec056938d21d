import { number, plain, t } from '../words.js';
import { button, h, id, Part } from './dom.js';
import './segment.js';

/** Fills the track of a slider up to its thumb. */
export function fill(input) {
  input.style.setProperty('--done', `${(100 * (input.value - input.min)) / (input.max - input.min)}%`);
}

/** Only what differs from what is normal has to be told to the server. */
const differing = (all) => Object.fromEntries(all.filter((each) => each.value !== each.normal).map((each) => [each.name, each.value]));

/**
 * <fovea-knobs>: a control for every knob and choice of a service or an effect. Set owner, knobs and choices (as the server tells them)
 * before it is shown; values are all values, changed only those that are not normal; "input" and "change" bubble from the controls.
 * With the attribute plain the help of the knobs is only heard, not seen.
 */
class Knobs extends Part {
  owner = '';
  knobs = [];
  choices = [];
  #controls = [];

  build() {
    this.#controls = [...this.choices.map((choice) => this.#choice(choice)), ...this.knobs.map((knob) => this.#knob(knob))];
    this.reset = button('knobs.reset', 'reset', () => this.clear(), 'quiet reset');
    this.append(...this.#controls.map((control) => control.element), this.reset);
    this.addEventListener('input', () => this.#mark());
    this.addEventListener('change', () => this.#mark());
    this.#mark();
  }

  get values() {
    return Object.fromEntries(this.#controls.map(({ name, value }) => [name, value]));
  }

  set values(values) {
    for (const control of this.#controls) if (control.name in values) control.value = values[control.name];
    this.#mark();
  }

  get changed() {
    return differing(this.#controls);
  }

  /** Back to what is normal. */
  clear() {
    for (const control of this.#controls) control.value = control.normal;
    this.dispatchEvent(new Event('input', { bubbles: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #mark() {
    this.reset.hidden = this.#controls.length === 0;
    this.reset.disabled = Object.keys(this.changed).length === 0;
  }

  #knob(knob) {
    return knob.type === 'boolean' ? this.#switch(knob) : this.#slider(knob);
  }

  #label(name) {
    return [`name.${name}`, {}, plain(name)];
  }

  #help(knob) {
    return h('p', { class: 'knob-help', id: id('help'), t: [`knob.${this.owner}.${knob.name}`, {}, knob.help] });
  }

  #slider(knob) {
    const help = this.#help(knob);
    const input = h('input', { type: 'range', id: id('knob'), 'aria-describedby': help.id });
    const step = knob.step || (knob.type === 'int' ? 1 : (knob.max - knob.min) / 100);
    Object.assign(input, { min: knob.min, max: knob.max, step });
    const shown = h('output', { for: input.id, class: 'figures' });
    const show = () => {
      shown.textContent = `${number(input.valueAsNumber)}${knob.unit ? ` ${t(`unit.${knob.unit}`, {}, knob.unit)}` : ''}`;
      fill(input);
    };
    const control = {
      name: knob.name,
      normal: Number(knob.normal),
      element: h('div', { class: 'knob' }, h('label', { for: input.id, t: this.#label(knob.name) }), shown, input, help),
      get value() {
        return input.valueAsNumber;
      },
      set value(value) {
        input.value = value;
        show();
      },
    };
    input.addEventListener('input', show);
    document.addEventListener('language', show);
    control.value = control.normal;
    return control;
  }

  #switch(knob) {
    const help = this.#help(knob);
    const normal = knob.normal === true || Number(knob.normal) === 1;
    const input = h('input', { type: 'checkbox', role: 'switch', class: 'switch', id: id('knob'), 'aria-describedby': help.id, checked: normal });
    return {
      name: knob.name,
      normal,
      element: h('div', { class: 'knob' }, h('label', { for: input.id, t: this.#label(knob.name) }), input, help),
      get value() {
        return input.checked;
      },
      set value(value) {
        input.checked = value;
      },
    };
  }

  #choice(choice) {
    const segment = document.createElement('fovea-segment');
    segment.words = this.#label(choice.name);
    segment.choices = choice.values.map((value) => ({ value, t: [`choice.${choice.name}.${value}`, {}, plain(value)] }));
    segment.value = choice.normal;
    return {
      name: choice.name,
      normal: choice.normal,
      element: h('div', { class: 'knob' }, h('span', { class: 'knob-name', 'aria-hidden': 'true', t: this.#label(choice.name) }), segment),
      get value() {
        return segment.value;
      },
      set value(value) {
        segment.value = value;
      },
    };
  }
}

customElements.define('fovea-knobs', Knobs);
