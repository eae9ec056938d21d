import { h, Part } from '../parts/dom.js';

class HomePage extends Part {
  build() {
    this.append(h('section', { class: 'page' }));
  }
}

customElements.define('fovea-home-page', HomePage);
