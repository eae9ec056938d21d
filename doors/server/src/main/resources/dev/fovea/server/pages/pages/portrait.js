import * as api from '../api.js';
import { button, h, icon, Part } from '../parts/dom.js';
import '../parts/code.js';
import '../parts/drop.js';
import { Errand } from '../parts/errand.js';
import '../parts/error.js';
import '../parts/knobs.js';
import '../parts/progress.js';
import '../parts/samples.js';
import '../parts/segment.js';
import { FocusTools } from './portrait-focus.js';
import { LightTools } from './portrait-light.js';
import { Newest } from '../parts/newest.js';

/** The longest side of a preview that the server makes. */
const PREVIEW = 1280;

class PortraitPage extends Part {
  #errand;
  #name = '';
  #mode = 'focus';
  #newest = new Newest((wish) => this.#ask(wish));

  build() {
    this.append(
      h(
        'section',
        { class: 'page' },
        h('header', { class: 'page-head' }, h('h1', { t: 'nav.portrait' }), h('p', { t: 'portrait.lede' })),
        h('div', { class: 'editor' }, this.#work(), this.#side()),
      ),
    );
    this.#phase('empty');
  }

  show(parameters) {
    const sample = parameters.get('sample');
    if (!sample) return;
    history.replaceState(null, '', '#/portrait');
    this.#open({ sample }, sample);
  }

  /* ---------------------------------------------------------------------------------------------------------- layout */

  #work() {
    this.drop = h('fovea-drop', { accept: 'image/*,.dng,.heic,.heif,.tif,.tiff,.pfm' });
    Object.assign(this.drop, { words: 'portrait.drop', hint: 'portrait.drop.hint' });
    this.drop.addEventListener('files', ({ detail }) => this.#open({ files: detail.files }, detail.files[0].name));
    this.progress = h('fovea-progress', { class: 'over' });
    this.progress.addEventListener('cancel', () => this.#close());
    this.#errand = new Errand(this.progress, { done: (job) => this.#ready(job), failed: (error) => this.#failed(error) });
    this.picture = h('img', { 't-alt': 'portrait.picture', draggable: false });
    this.original = h('img', { class: 'original', alt: '', draggable: false });
    this.marker = h('div', { class: 'marker' });
    this.framed = h('div', { class: 'framed touch', tabindex: '0', role: 'group', 't-aria-label': 'portrait.keys' }, this.picture, this.original, this.marker);
    this.#touch();
    this.error = h('fovea-error', { class: 'over' });
    this.stage = h('div', { class: 'stage' }, this.drop, this.framed, this.progress, this.error);
    this.samples = h('fovea-samples', { for: 'portrait' });
    this.samples.addEventListener('sample', ({ detail }) => this.#open({ sample: detail.sample.name }, detail.sample.files[0]?.split('/').pop() ?? detail.sample.name));
    return h('div', { class: 'work' }, this.stage, h('div', { class: 'under' }, this.samples, this.#tools()));
  }

  #tools() {
    this.hold = button('portrait.hold', 'compare', null, 'quiet');
    const peek = (on) => this.framed.classList.toggle('peek', on);
    for (const type of ['pointerdown', 'keydown']) this.hold.addEventListener(type, (event) => (event.key ?? ' ') === ' ' && peek(true));
    for (const type of ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur']) this.hold.addEventListener(type, () => peek(false));
    this.save = button('portrait.save', 'download', () => this.#save(), 'primary');
    this.depth = h('a', { class: 'button' }, icon('depth'), h('span', { t: 'portrait.depth.save' }));
    this.tools = h(
      'div',
      { class: 'row apart tools' },
      h('div', { class: 'row' }, this.hold, button('burst.other', 'plus', () => this.#close(), 'quiet')),
      h('div', { class: 'row' }, this.depth, this.save),
    );
    return this.tools;
  }

  #side() {
    this.modes = document.createElement('fovea-segment');
    this.modes.words = 'portrait.mode';
    this.modes.choices = ['focus', 'light', 'pop'].map((value) => ({ value, t: `portrait.mode.${value}` }));
    this.modes.value = this.#mode;
    this.modes.addEventListener('change', (event) => {
      event.stopPropagation();
      this.#switch(this.modes.value);
    });
    this.focus = new FocusTools();
    this.light = new LightTools();
    this.pop = h('p', { class: 'soft', t: 'portrait.pop.about' });
    this.rooms = { focus: this.focus.element, light: this.light.element, pop: this.pop };
    for (const tools of [this.focus, this.light]) tools.element.addEventListener('input', () => this.#wish());
    this.code = h('fovea-code');
    this.lines = h('div', { class: 'group' }, h('h2', { t: 'code.title' }), this.code);
    this.controls = h('div', { class: 'group' }, this.modes, ...Object.values(this.rooms));
    this.hint = h('p', { class: 'soft', t: 'portrait.hint' });
    return h('aside', { class: 'side', 't-aria-label': 'portrait.controls' }, h('div', { class: 'group' }, this.hint, this.controls), this.lines);
  }

  /** empty: waiting for pictures; busy; done: ready to be touched. */
  #phase(phase) {
    this.dataset.phase = phase;
    this.drop.hidden = this.samples.hidden = phase !== 'empty';
    this.progress.hidden = phase !== 'busy';
    this.hint.hidden = phase === 'done';
    this.framed.hidden = this.tools.hidden = this.controls.hidden = this.lines.hidden = phase !== 'done';
  }

  #switch(mode) {
    this.#mode = mode;
    for (const [name, room] of Object.entries(this.rooms)) room.hidden = name !== mode;
    this.framed.dataset.mode = mode === 'focus' && !this.focus.depth ? 'still' : mode;
    this.#wish();
  }

  /* ------------------------------------------------------------------------------------------------------------- job */

  #open(wish, name) {
    this.#name = name;
    this.error.show(null);
    this.#phase('busy');
    this.#errand.run('portrait', wish);
  }

  #failed(error) {
    this.#close();
    this.error.show(error);
  }

  #close() {
    this.#errand.drop();
    this.#phase('empty');
  }

  async #ready(job) {
    const before = api.file(job, 'before');
    this.size = { width: before.width, height: before.height };
    this.framed.style.setProperty('--ratio', before.width / before.height);
    Object.assign(this.picture, { ...this.size, src: before.url });
    Object.assign(this.original, { ...this.size, src: before.url });
    const depth = job.files.find((file) => file.name.endsWith('.depth.jpg'));
    this.depth.hidden = !depth;
    if (depth) Object.assign(this.depth, { href: api.download(depth.url), download: depth.name });
    await Promise.all([this.focus.open(job.report.depth !== 'none'), this.light.open()]);
    this.#phase('done');
    this.#switch(this.#mode);
  }

  /* --------------------------------------------------------------------------------------------------------- touching */

  #touch() {
    const at = (event) => {
      const box = this.framed.getBoundingClientRect();
      return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    };
    this.framed.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      if (this.#mode === 'light') this.framed.setPointerCapture(event.pointerId);
      if (this.#movable) this.#point(at(event));
    });
    this.framed.addEventListener('pointermove', (event) => this.framed.hasPointerCapture(event.pointerId) && this.#point(at(event)));
    this.framed.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Without depth there is nothing to focus on but the person. */
  get #movable() {
    return this.#mode === 'light' || (this.#mode === 'focus' && this.focus.depth);
  }

  #point({ x, y }) {
    if (this.#mode === 'focus') this.focus.point = { x: x * this.size.width, y: y * this.size.height };
    else this.light.place((x - this.face.x) / this.face.reach, ((y - this.face.y) * this.size.height) / this.size.width / this.face.reach);
    this.#wish();
  }

  #key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || !this.#movable) return;
    event.preventDefault();
    const [dx, dy] = way.map((each) => each * 0.03);
    if (this.#mode === 'light') {
      const { x, y } = this.light.direction;
      this.light.place(x + 2 * dx, y + 2 * dy);
    } else {
      const { width, height } = this.size;
      const from = this.focus.point ?? this.focus.found ?? { x: width / 2, y: height / 2 };
      this.focus.point = { x: clamp(from.x + dx * width, width), y: clamp(from.y + dy * width, height) };
    }
    this.#wish();
  }

  /** Where light is dragged about: the face if one was found, else the middle. */
  get face() {
    const { found } = this.focus;
    const centre = found?.subject === 'face' ? { x: found.x / this.size.width, y: found.y / this.size.height } : { x: 0.5, y: 0.4 };
    return { ...centre, reach: 0.3 };
  }

  #mark() {
    const point = this.#mode === 'focus' ? this.focus.point ?? this.focus.found : null;
    const lit = this.#mode === 'light' ? this.light.direction : null;
    this.marker.hidden = !point && !lit;
    this.marker.classList.toggle('lamp', !!lit);
    if (point) this.#move(point.x / this.size.width, point.y / this.size.height);
    if (lit) this.#move(this.face.x + lit.x * this.face.reach, this.face.y + (lit.y * this.face.reach * this.size.width) / this.size.height);
  }

  #move(x, y) {
    this.marker.style.left = `${100 * clamp(x, 1)}%`;
    this.marker.style.top = `${100 * clamp(y, 1)}%`;
  }

  /* ---------------------------------------------------------------------------------------------------------- picture */

  #wish() {
    if (!this.#errand.job) return;
    this.#mark();
    this.code.lines = this.#lines();
    this.#newest.ask({ job: this.#errand.job, mode: this.#mode, query: this.#query() });
  }

  #query() {
    return this.#mode === 'focus' ? this.focus.query : this.#mode === 'light' ? this.light.query : {};
  }

  #url({ job, mode, query }, width) {
    return `/api/jobs/${job.id}/${mode}?${new URLSearchParams({ ...query, width })}`;
  }

  async #ask(wish) {
    this.framed.classList.add('asking');
    try {
      const { blob, report } = await api.picture(this.#url(wish, PREVIEW));
      if (wish.job.id !== this.#errand.job?.id) return;
      await this.#paint(blob);
      this.error.show(null);
      if (wish.mode === 'focus' && report) this.focus.told(report);
      this.#mark();
    } catch (error) {
      if (wish.job.id === this.#errand.job?.id) this.error.show(error);
    } finally {
      this.framed.classList.remove('asking');
    }
  }

  async #paint(blob) {
    const url = URL.createObjectURL(blob);
    const old = this.picture.src;
    this.picture.src = url;
    await this.picture.decode().catch(() => {});
    if (old.startsWith('blob:')) URL.revokeObjectURL(old);
  }

  async #save() {
    this.save.disabled = true;
    try {
      const { blob } = await api.picture(this.#url({ job: this.#errand.job, mode: this.#mode, query: this.#query() }, 'full'));
      const link = h('a', { href: URL.createObjectURL(blob), download: `${this.#mode}.jpg` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      this.error.show(error);
    } finally {
      this.save.disabled = false;
    }
  }

  #lines() {
    const query = new URLSearchParams({ ...this.#query(), width: 'full' });
    const curl = `curl -o ${this.#mode}.jpg '${location.origin}/api/jobs/${this.#errand.job.id}/${this.#mode}?${query}'`;
    if (this.#mode === 'light') return { command: this.light.command(this.#name), java: this.light.java, curl };
    if (this.#mode === 'pop') return { command: `./fovea colorpop ${this.#name} -o pop.jpg`, java: 'Image pop = new ColourRetention().paint(scene);', curl };
    return { command: this.#errand.job.command.replace(/ -o focused\.jpg/, `${this.focus.flags} -o focused.jpg`), java: this.#errand.job.java, curl };
  }
}

const clamp = (value, most) => Math.min(most, Math.max(0, value));

customElements.define('fovea-portrait-page', PortraitPage);
