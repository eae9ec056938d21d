import { h, id, Part } from './dom.js';

/**
 * <fovea-segment>: one of a few values, side by side; radio buttons underneath, so arrow keys work. Set choices to [{ value, t, icon }] (with an icon the words are only heard) and
 * words to the key of its label before it is shown; value is what is chosen; "change" bubbles from the radio buttons.
 */
class Segment extends Part {
  words = null;
  choices = [];
  #value;

  build() {
    const name = id('segment');
    this.append(
      h('fieldset', { class: 'segment' }, h('legend', { class: 'unseen', t: this.words }), this.choices.map((choice) => this.#radio(name, choice))),
    );
  }

  #radio(name, { value, t, icon }) {
    const input = h('input', { type: 'radio', name, value: String(value), checked: value === this.#value, class: 'unseen' });
    input.addEventListener('change', () => (this.#value = value));
    return h('label', icon && { 't-title': t }, input, icon, h('span', { t, class: icon && 'unseen' }));
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    for (const input of this.querySelectorAll('input')) input.checked = input.value === String(value);
  }
}

customElements.define('fovea-segment', Segment);
