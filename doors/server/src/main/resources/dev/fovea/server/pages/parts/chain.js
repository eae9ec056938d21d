import { effects } from '../api.js';
import { plain } from '../words.js';
import { h, icon, iconButton, Part } from './dom.js';
import './knobs.js';

/**
 * <fovea-chain>: effects one after the other, each with its knobs; added, removed, and moved by the handle with the pointer or the arrow
 * keys. value is [{ name, knobs }]; "input" is fired whenever it changes. Set first to the names it begins with.
 */
class Chain extends Part {
  first = [];
  #links = [];

  async build() {
    this.list = h('ol', { class: 'chain', 't-aria-label': 'live.chain' });
    this.empty = h('p', { class: 'soft small', t: 'live.empty' });
    this.more = h('div', { class: 'row chain-more', role: 'group', 't-aria-label': 'live.add' });
    this.told = h('p', { class: 'unseen', role: 'status' });
    this.append(this.list, this.empty, this.more, this.told);
    this.kinds = await effects().catch(() => []);
    this.more.append(...this.kinds.map((kind) => this.#adding(kind)));
    for (const name of this.first) this.#add(this.kinds.find((kind) => kind.name === name));
  }

  get value() {
    return this.#links.map(({ kind, knobs }) => ({ name: kind.name, knobs: knobs.values }));
  }

  #adding(kind) {
    return h(
      'button',
      { type: 'button', onclick: () => this.#add(kind), 't-title': [`about.${kind.name}`, {}, kind.about] },
      icon('plus'),
      h('span', { t: nameOf(kind) }),
    );
  }

  #add(kind) {
    if (!kind || this.#links.length >= 8) return;
    const knobs = document.createElement('fovea-knobs');
    Object.assign(knobs, { owner: kind.name, knobs: kind.knobs });
    knobs.toggleAttribute('plain', true);
    knobs.addEventListener('input', (event) => {
      event.stopPropagation();
      this.#changed();
    });
    const handle = iconButton('live.move', 'handle', null, 'quiet round handle');
    const remove = iconButton('live.remove', 'close', () => this.#remove(link));
    const head = h('div', { class: 'chain-head' }, handle, h('h3', { t: nameOf(kind) }), remove);
    const link = { kind, knobs, handle, element: h('li', { class: 'chain-link' }, head, kind.knobs.length > 0 && knobs) };
    handle.addEventListener('keydown', (event) => this.#keyed(event, link));
    handle.addEventListener('pointerdown', (event) => this.#dragged(event, link));
    this.#links.push(link);
    this.list.append(link.element);
    this.#changed();
  }

  #remove(link) {
    const at = this.#links.indexOf(link);
    this.#links.splice(at, 1);
    link.element.remove();
    (this.#links[Math.min(at, this.#links.length - 1)]?.handle ?? this.more.querySelector('button')).focus();
    this.#changed();
  }

  #keyed(event, link) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.#move(link, this.#links.indexOf(link) + by);
    link.handle.focus();
  }

  #dragged(event, link) {
    if (event.button !== 0) return;
    event.preventDefault();
    link.handle.focus({ preventScroll: true, focusVisible: false });
    link.handle.setPointerCapture(event.pointerId);
    link.element.classList.add('moving');
    const follow = ({ clientY }) => {
      const below = this.#links.filter((other) => other !== link && middle(other.handle) < clientY).length;
      this.#move(link, below);
    };
    const end = () => {
      link.element.classList.remove('moving');
      link.handle.removeEventListener('pointermove', follow);
    };
    link.handle.addEventListener('pointermove', follow);
    link.handle.addEventListener('lostpointercapture', end, { once: true });
  }

  #move(link, to) {
    const at = this.#links.indexOf(link);
    const place = Math.min(this.#links.length - 1, Math.max(0, to));
    if (at === place) return;
    this.#links.splice(at, 1);
    this.#links.splice(place, 0, link);
    // the one that is held stays where it is in the document, so that it keeps the pointer and the focus
    for (const other of this.#links.slice(0, place).reverse()) this.list.prepend(other.element);
    for (const other of this.#links.slice(place + 1)) this.list.append(other.element);
    this.told.textContent = `${place + 1} / ${this.#links.length}`;
    this.#changed();
  }

  #changed() {
    this.empty.hidden = this.#links.length > 0;
    for (const { handle } of this.#links) handle.hidden = this.#links.length < 2;
    this.dispatchEvent(new Event('input'));
  }
}

const nameOf = (kind) => [`name.${kind.name}`, {}, plain(kind.name)];

const middle = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

customElements.define('fovea-chain', Chain);
