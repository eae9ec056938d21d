import { samples } from '../api.js';
import { plain } from '../words.js';
import { h, Part } from './dom.js';

/** <fovea-samples for="night">: what can be tried without files of one's own, a click each; "sample" is fired with detail.sample. */
class Samples extends Part {
  async build() {
    const known = await samples().catch(() => []);
    const fitting = known.filter((sample) => sample.for.includes(this.getAttribute('for')));
    this.hidden = fitting.length === 0;
    this.append(h('p', { class: 'soft small', t: 'samples.try' }), h('ul', { class: 'samples' }, fitting.map((sample) => h('li', {}, this.#sample(sample)))));
  }

  #sample(sample) {
    const name = [`name.${sample.name}`, {}, plain(sample.name)];
    const picture = h('img', { src: sample.files[0] ?? `pictures/${sample.name}.jpg`, width: 96, height: 64, loading: 'lazy', alt: '' });
    picture.addEventListener('error', () => picture.classList.add('missing'));
    return h(
      'button',
      { type: 'button', class: 'sample', onclick: () => this.dispatchEvent(new CustomEvent('sample', { detail: { sample } })), 't-title': [`about.${sample.name}`, {}, sample.about] },
      picture,
      h('span', { t: name }),
    );
  }
}

customElements.define('fovea-samples', Samples);
