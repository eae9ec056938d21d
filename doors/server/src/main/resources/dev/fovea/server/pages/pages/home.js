import { h, icon, Part } from '../parts/dom.js';
import '../parts/code.js';
import '../parts/compare.js';

const PRODUCTS = [
  ['night', '?sample=burst'],
  ['superres', '?sample=burst'],
  ['portrait', '?sample=portrait'],
  ['live', ''],
  ['see', '?sample=portrait'],
  ['models', ''],
];

class HomePage extends Part {
  build() {
    this.append(
      h('section', { class: 'page home' }, this.#hero(), h('h2', { class: 'unseen', t: 'home.products' }), h('ul', { class: 'products' }, PRODUCTS.map(product)), this.#elsewhere()),
    );
  }

  #hero() {
    const compare = h('fovea-compare', { class: 'hero' });
    this.compare = compare;
    return h(
      'header',
      { class: 'home-head' },
      h('div', { class: 'home-words' }, h('h1', { t: 'home.title' }), h('p', { t: 'home.lede' })),
      h('div', {}, compare, h('p', { class: 'small soft hero-note', t: 'home.hero' })),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.greeted) return;
    this.greeted = true;
    this.compare.show({ before: 'pictures/hero-before.webp', after: 'pictures/hero-after.webp', width: 1440, height: 720 });
  }

  #elsewhere() {
    const code = document.createElement('fovea-code');
    code.lines = {
      command: './fovea night pictures/ -o night.jpg',
      java: 'Burst burst = Burst.read(Path.of("pictures"));\nImage photo = new NightShot().apply(burst);\nphoto.write(Path.of("night.jpg"));',
      curl: `curl -F files=@IMG_1.dng -F files=@IMG_2.dng ${location.origin}/api/night`,
    };
    return h(
      'section',
      { class: 'elsewhere' },
      h('div', { class: 'group' }, h('h2', { t: 'home.elsewhere' }), h('p', { class: 'soft', t: 'home.elsewhere.about' }), h('p', {}, h('a', { href: '/api', t: 'home.openapi' }))),
      code,
    );
  }
}

function product([name, query]) {
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'product', href: `#/${name}${query}` },
      h('img', { src: `pictures/${name}.jpg`, width: 640, height: 427, alt: '' }),
      h('h3', { t: `nav.${name}` }),
      h('p', { t: `home.${name}` }),
      h('span', { class: 'try' }, h('span', { t: query ? 'home.try' : `home.open.${name}` }), icon('next')),
    ),
  );
}

customElements.define('fovea-home-page', HomePage);
