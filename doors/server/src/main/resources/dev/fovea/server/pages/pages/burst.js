import * as api from '../api.js';
import { button, h, icon, Part } from '../parts/dom.js';
import '../parts/code.js';
import '../parts/compare.js';
import '../parts/drop.js';
import { Errand } from '../parts/errand.js';
import '../parts/error.js';
import '../parts/knobs.js';
import '../parts/loupe.js';
import '../parts/progress.js';
import { stepName } from '../parts/progress.js';
import '../parts/samples.js';
import { number, say, t } from '../words.js';
import { explained } from './explain.js';

/** Asked for with every burst: files forget where they were taken unless this is on. */
export const KEEP_GPS = { name: 'keepGps', type: 'boolean', normal: 0, help: '' };

const OPENABLE = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** Night and Super-resolution: a burst in, one picture out. What they share is here; service is what the server calls it. */
export class BurstPage extends Part {
  #wish = null; // { files } or { sample }: what the next run takes
  #errand;
  #shown = null;
  #ran = ''; // the settings of the last run

  build() {
    this.append(h('section', { class: 'page' }, this.#head(), h('div', { class: 'editor' }, this.#work(), this.#side(), this.#more())));
    document.addEventListener('language', () => this.#shown && this.#facts(this.#shown));
    this.#phase('empty');
    this.#fillKnobs();
  }

  /** With ?sample=NAME the sample is tried at once. */
  async show(parameters) {
    const name = parameters.get('sample');
    if (!name) return;
    history.replaceState(null, '', `#/${this.service}`); // so that going back does not run it again
    await this.#ready;
    this.#take({ sample: name });
  }

  #head() {
    return h('header', { class: 'page-head' }, h('h1', { t: `nav.${this.service}` }), h('p', { t: `${this.service}.lede` }));
  }

  #work() {
    this.drop = h('fovea-drop', { accept: 'image/*,video/*,.dng,.heic,.heif,.tif,.tiff' });
    Object.assign(this.drop, { words: `${this.service}.drop`, hint: `${this.service}.drop.hint` });
    this.drop.addEventListener('files', ({ detail }) => this.#take({ files: detail.files }));
    this.preview = h('img', { class: 'preview', alt: '' });
    this.preview.addEventListener('error', () => this.preview.removeAttribute('src'));
    this.progress = h('fovea-progress', { class: 'over' });
    this.progress.addEventListener('cancel', () => this.#cancel());
    this.#errand = new Errand(this.progress, { done: (job) => this.#done(job), failed: (error) => this.#failed(error) });
    this.compare = h('fovea-compare');
    this.loupe = h('fovea-loupe', { 't-aria-label': 'burst.loupe.keys' });
    this.result = h('div', { class: 'framed' }, this.compare, this.loupe);
    this.error = h('fovea-error', { class: 'over' });
    this.stage = h('div', { class: 'stage' }, this.drop, this.preview, this.result, this.progress, this.error);
    this.samples = h('fovea-samples', { for: this.service });
    this.samples.addEventListener('sample', ({ detail }) => this.#take({ sample: detail.sample.name }));
    return h('div', { class: 'work' }, this.stage, h('div', { class: 'under' }, this.samples, this.#tools()));
  }

  #tools() {
    this.zoom = button('burst.loupe', 'loupe', () => this.#magnify(this.zoom.getAttribute('aria-pressed') !== 'true'), 'quiet');
    this.zoom.setAttribute('aria-pressed', 'false');
    this.save = h('a', { class: 'button primary' }, icon('download'), h('span', { t: 'burst.save' }));
    this.tools = h(
      'div',
      { class: 'row apart tools' },
      h('div', { class: 'row' }, this.zoom, button('burst.other', 'plus', () => this.#phase('empty'), 'quiet')),
      h('div', { class: 'row' }, this.save),
    );
    return this.tools;
  }

  #side() {
    this.knobsRoom = h('div', { class: 'knobs-room' });
    this.again = button('burst.run', 'play', () => this.#run(), 'primary wide');
    return h('aside', { class: 'side', 't-aria-label': 'burst.settings' }, h('div', { class: 'group' }, this.knobsRoom, this.again));
  }

  #more() {
    this.facts = h('div', { class: 'group' });
    this.code = h('fovea-code');
    this.explain = h('div', { class: 'explain' });
    this.more = h(
      'div',
      { class: 'more' },
      h('section', { class: 'group' }, h('h2', { t: 'burst.facts' }), this.facts),
      h('section', { class: 'group' }, h('h2', { t: 'code.title' }), this.code),
      h('section', { class: 'group wide' }, h('h2', { t: 'burst.explain' }), h('p', { class: 'soft', t: 'burst.explain.about' }), this.explain),
    );
    return this.more;
  }

  #fillKnobs() {
    this.#ready = api.service(this.service).then(
      (service) => {
        this.knobs = document.createElement('fovea-knobs');
        Object.assign(this.knobs, { owner: this.service, knobs: [...service.knobs, KEEP_GPS], choices: service.choices });
        this.knobsRoom.append(this.knobs);
        this.knobs.addEventListener('input', () => this.#emphasise());
      },
      (error) => this.error.show(error),
    );
  }

  #ready;

  /** empty: waiting for pictures; busy; done. */
  #phase(phase) {
    this.dataset.phase = phase;
    this.drop.hidden = this.samples.hidden = phase !== 'empty';
    this.preview.hidden = this.progress.hidden = phase !== 'busy';
    this.result.hidden = this.tools.hidden = this.more.hidden = phase !== 'done';
    this.again.disabled = !this.#wish || phase === 'busy';
    this.#emphasise();
    if (phase !== 'done') this.#magnify(false);
  }

  /** After a run, doing it again is worth pointing at only if something was changed. */
  #emphasise() {
    const same = this.dataset.phase === 'done' && JSON.stringify(this.knobs?.changed) === this.#ran;
    this.again.classList.toggle('primary', !same);
    say(this.again.querySelector('span'), this.dataset.phase === 'done' ? 'burst.again' : 'burst.run');
  }

  #take(wish) {
    this.#wish = wish;
    this.#run();
  }

  #run() {
    this.error.show(null);
    this.#phase('busy');
    this.#preview();
    const wish = { ...this.#wish, fields: this.knobs.changed };
    this.#ran = JSON.stringify(wish.fields);
    this.#errand.run(this.service, wish);
  }

  #preview() {
    const first = this.#wish.files?.find((file) => OPENABLE.includes(file.type));
    if (this.preview.src.startsWith('blob:')) URL.revokeObjectURL(this.preview.src);
    const src = first ? URL.createObjectURL(first) : this.#wish.sample && `pictures/${this.#wish.sample}.jpg`;
    if (src) this.preview.src = src;
    else this.preview.removeAttribute('src');
  }

  #failed(error) {
    this.#phase('empty');
    this.error.show(error);
  }

  #cancel() {
    this.#errand.drop();
    this.#phase('empty');
  }

  async #done(job) {
    const results = job.files.filter((file) => file.role === 'result');
    const after = results.at(-1); // what a browser cannot show comes with a copy that it can
    const before = api.file(job, 'before') ?? after;
    const pictures = { before: before.url, after: after.url, width: after.width, height: after.height };
    await Promise.allSettled([pictures.before, pictures.after].map(loaded));
    if (this.#errand.job !== job) return; // cancelled or started anew meanwhile
    this.result.style.setProperty('--ratio', after.width / after.height);
    this.compare.show(pictures);
    this.loupe.show(pictures);
    this.save.href = api.download(results[0].url);
    this.save.download = results[0].name;
    this.code.lines = { command: job.command, java: job.java, curl: curl(this.service, this.#wish, this.knobs.changed, results[0].name) };
    this.explain.replaceChildren(...explained(job));
    this.explain.parentNode.hidden = this.explain.childElementCount === 0;
    this.#shown = job;
    this.#facts(job);
    this.#phase('done');
  }

  #facts(job) {
    const { frames = [], networks = [], width, height } = job.report ?? {};
    const seconds = Object.values(job.seconds).reduce((sum, each) => sum + each, 0);
    const used = frames.reduce((sum, frame) => sum + (frame.used ?? 0), 0);
    const lines = [
      ['burst.size', `${width} × ${height}`],
      frames.length > 1 && ['burst.frames', t('burst.frames.used', { count: frames.length, used: number(used, 1) })],
      networks.length && ['burst.networks', networks.join(', ')],
      ['burst.time', t('progress.seconds', { seconds: number(seconds, 1, 1) })],
    ].filter(Boolean);
    const list = h('dl', { class: 'facts figures' }, lines.map(([key, value]) => h('div', {}, h('dt', { t: key }), h('dd', { translate: key === 'burst.networks' ? 'no' : null }, value))));
    const steps = Object.entries(job.seconds).map(([step, s]) =>
      h('li', {}, h('span', {}, stepName(step)), h('span', {}, t('progress.seconds', { seconds: number(s, 2, 2) }))),
    );
    this.facts.replaceChildren(list, h('details', {}, h('summary', { t: 'burst.steps' }), h('ol', { class: 'steps figures' }, steps)));
  }

  #magnify(on) {
    this.zoom.setAttribute('aria-pressed', String(on));
    this.loupe.on = on;
    if (on) this.loupe.focus({ preventScroll: true });
  }
}

/** Resolves when a picture can be shown without a flash. */
function loaded(src) {
  const image = new Image();
  image.src = src;
  return image.decode();
}

/** The same by curl: start, wait, fetch. */
export function curl(service, wish, fields, name) {
  const parts = wish.sample ? [`-F sample=${wish.sample}`] : wish.files.map((file) => `-F 'files=@${file.name.replaceAll("'", "'\\''")}'`);
  const options = Object.entries(fields).map(([key, value]) => `-F ${key}=${value}`);
  const shown = parts.length > 3 ? [...parts.slice(0, 2), '…'] : parts;
  const start = ['curl', ...shown, ...options, `${location.origin}/api/${service}`].join(' ');
  return `${start}\ncurl -N ${location.origin}/api/jobs/ID/events\ncurl -O ${location.origin}/api/jobs/ID/files/${name}`;
}
