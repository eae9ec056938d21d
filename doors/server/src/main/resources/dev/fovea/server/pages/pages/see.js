import { file } from '../api.js';
import { button, h, id, Part } from '../parts/dom.js';
import { drawSeen, layers } from '../parts/seen.js';
import { sayAs } from '../words.js';
import '../parts/camera.js';
import '../parts/code.js';
import '../parts/drop.js';
import { Errand } from '../parts/errand.js';
import '../parts/error.js';
import '../parts/json.js';
import '../parts/progress.js';
import '../parts/samples.js';
import '../parts/segment.js';

const LARGEST = 1600; // pixels of a canvas's longer side
const VEIL = [10, 12, 18];
const JSON_MILLIS = 400;

/** See: what can be seen in a photo, or live, drawn in layers, with the JSON beside it. */
class SeePage extends Part {
  #shown = new Set(layers);
  #photo = null; // { image, veil, report }
  #errand;
  #told = 0;

  build() {
    this.drop = document.createElement('fovea-drop');
    Object.assign(this.drop, { words: 'see.drop', hint: 'see.takes' });
    this.drop.setAttribute('accept', 'image/*,.heic,.heif,.dng');
    this.drop.toggleAttribute('single', true);
    this.drop.addEventListener('files', ({ detail }) => this.#look({ files: detail.files.slice(0, 1) }));
    const samples = h('fovea-samples', { for: 'see' });
    samples.addEventListener('sample', ({ detail }) => this.#look({ sample: detail.sample.name }));
    this.progress = h('fovea-progress', { hidden: true });
    this.progress.addEventListener('cancel', () => this.#clear());
    this.#errand = new Errand(this.progress, { done: (job) => this.#done(job), failed: (error) => this.#failed(error) });
    this.canvas = h('canvas', { width: 1200, height: 900, role: 'img', 't-aria-label': 'see.nothing', tabindex: '-1' });
    this.another = button('see.another', 'picture', () => this.#clear(), '');
    this.result = h('div', { class: 'group', hidden: true }, h('div', { class: 'live-stage' }, this.canvas), h('div', { class: 'row apart' }, this.#summary(), this.another));
    this.choice = h('div', { class: 'group see-choice' }, this.drop, samples);
    this.error = h('fovea-error');
    this.photo = h('div', { class: 'group' }, this.choice, this.progress, this.result, this.error);
    this.live = h('div', { class: 'group', hidden: true }, this.#camera());
    this.json = h('fovea-json');
    this.code = h('fovea-code', { hidden: true });
    this.append(
      h(
        'section',
        { class: 'page' },
        h('header', { class: 'page-head' }, h('h1', { t: 'nav.see' }), h('p', { t: 'see.about' })),
        h('div', { class: 'editor' }, h('div', {}, this.photo, this.live), h('div', { class: 'side' }, h('div', { class: 'group' }, this.#modes(), this.#layers()), this.json, this.code)),
      ),
    );
    this.json.value = null;
  }

  show(parameters) {
    if (parameters.has('sample')) this.#look({ sample: parameters.get('sample') });
  }

  hide() {
    this.camera.close();
  }

  #summary() {
    this.said = h('p', { role: 'status' });
    return this.said;
  }

  #modes() {
    const modes = document.createElement('fovea-segment');
    Object.assign(modes, { words: 'see.mode', choices: [{ value: 'photo', t: 'see.photo' }, { value: 'live', t: 'nav.live' }], value: 'photo' });
    modes.addEventListener('change', () => this.#mode(modes.value));
    return modes;
  }

  #mode(mode) {
    const live = mode === 'live';
    this.photo.hidden = live;
    this.live.hidden = !live;
    this.code.hidden = live || !this.#photo;
    this.json.value = live ? null : (this.#photo?.report ?? null);
    if (!live) this.camera.close();
  }

  #camera() {
    this.camera = document.createElement('fovea-camera');
    this.camera.draw = (context, seen) => {
      if (!seen) return;
      drawSeen(context, seen, this.#shown);
      const now = performance.now();
      if (now - this.#told < JSON_MILLIS) return;
      this.#told = now;
      this.json.value = seen;
    };
    this.camera.addEventListener('running', () => (this.stop.disabled = !this.camera.running));
    this.stop = button('live.stop', 'stop', () => this.camera.close());
    this.stop.disabled = true;
    this.#settle();
    return [this.camera, h('div', { class: 'row' }, this.stop)];
  }

  #settle() {
    this.camera.settings = { effects: [], see: true, draw: this.#shown.has('matte') ? ['persons'] : [] };
  }

  #layers() {
    const rows = layers.map((layer) => {
      const input = h('input', { type: 'checkbox', role: 'switch', class: 'switch', id: id('layer'), checked: true });
      input.addEventListener('change', () => {
        if (input.checked) this.#shown.add(layer);
        else this.#shown.delete(layer);
        this.#settle();
        this.#draw();
      });
      return h('div', { class: 'layer' }, h('label', { for: input.id, t: `see.${layer}` }), input);
    });
    return h('fieldset', { class: 'layers' }, h('legend', { class: 'unseen', t: 'see.layers' }), rows);
  }

  #look(wish) {
    this.#clear();
    this.choice.hidden = true;
    this.progress.hidden = false;
    this.#errand.run('see', wish);
  }

  async #done(job) {
    const [image, matte] = await Promise.all([loaded(file(job, 'before').url), loaded(file(job, 'data').url)]);
    if (this.#errand.job !== job) return;
    const scale = Math.min(1, LARGEST / Math.max(image.width, image.height));
    Object.assign(this.canvas, { width: Math.round(scale * image.width), height: Math.round(scale * image.height) });
    this.#photo = { image, veil: veiled(matte, this.canvas), report: job.report, scale };
    this.progress.hidden = true;
    this.result.hidden = false;
    this.#draw();
    const faces = job.report.faces.length;
    const words = [faces === 1 ? 'see.face' : 'see.faces', { faces }];
    this.said.replaceChildren(h('span', { t: words }));
    sayAs(this.canvas, 'aria-label', ...words);
    this.canvas.focus({ preventScroll: true, focusVisible: false });
    this.json.value = job.report;
    this.code.hidden = false;
    const curl = `curl -F files=@photo.jpg ${location.origin}/api/see`;
    this.code.lines = { command: job.command, java: job.java, curl };
  }

  #draw() {
    if (!this.#photo) return;
    const { image, veil, report, scale } = this.#photo;
    const context = this.canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(image, 0, 0, this.canvas.width, this.canvas.height);
    if (this.#shown.has('matte')) context.drawImage(veil, 0, 0);
    context.scale(scale, scale);
    drawSeen(context, report, this.#shown);
  }

  #failed(error) {
    this.#clear();
    this.error.show(error);
  }

  /** Back to the choice of a photo; the server forgets the one before. */
  #clear() {
    this.#errand.drop();
    this.#photo = null;
    this.error.show(null);
    this.progress.hidden = true;
    this.result.hidden = true;
    this.choice.hidden = false;
    this.json.value = null;
    this.code.hidden = true;
  }
}

async function loaded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** A veil over what is no person. */
function veiled(matte, { width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(matte, 0, 0, width, height);
  const data = context.getImageData(0, 0, width, height);
  let somebody = false;
  for (let i = 0; i < data.data.length; i += 4) {
    const person = data.data[i];
    somebody ||= person > 127;
    [data.data[i], data.data[i + 1], data.data[i + 2]] = VEIL;
    data.data[i + 3] = 0.5 * (255 - person);
  }
  if (!somebody) context.clearRect(0, 0, width, height);
  else context.putImageData(data, 0, 0);
  return canvas;
}

customElements.define('fovea-see-page', SeePage);
