import { h, iconButton, Part } from '../parts/dom.js';
import { sayAs } from '../words.js';
import '../parts/camera.js';
import '../parts/chain.js';

/** Live: the camera, or a clip, through a chain of effects. */
class LivePage extends Part {
  #recorder = null;

  build() {
    this.camera = document.createElement('fovea-camera');
    this.camera.mirrored = true;
    this.chain = document.createElement('fovea-chain');
    this.chain.first = ['colour-retention'];
    this.chain.addEventListener('input', () => (this.camera.settings = { effects: this.chain.value }));
    this.camera.addEventListener('running', () => this.#running());
    const side = h('section', { class: 'group' }, h('h2', { t: 'live.effects' }), this.chain);
    this.append(
      h(
        'section',
        { class: 'page' },
        h('header', { class: 'page-head' }, h('h1', { t: 'nav.live' }), h('p', { t: 'live.about' })),
        h('div', { class: 'editor' }, h('div', { class: 'group' }, this.camera, this.#tools()), h('div', { class: 'side' }, side)),
      ),
    );
  }

  show(parameters) {
    if (parameters.has('sample')) this.camera.open('clip');
  }

  hide() {
    this.#recorder?.stop();
    this.camera.close();
  }

  #tools() {
    this.mirror = this.#toggle('live.mirror', 'mirror', true, (on) => (this.camera.mirrored = on));
    this.beside = this.#toggle('live.beside', 'compare', false, (on) => this.camera.classList.toggle('beside', on));
    this.snapshot = iconButton('live.snapshot', 'camera', () => this.#keep());
    this.record = iconButton('live.record', 'record', () => (this.#recorder ? this.#recorder.stop() : this.#film()));
    this.record.setAttribute('aria-pressed', 'false');
    this.stop = iconButton('live.stop', 'stop', () => this.hide());
    this.saved = h('p', { class: 'small soft', role: 'status' });
    this.acts = [this.snapshot, this.record, this.stop];
    for (const act of this.acts) act.disabled = true;
    return h('div', { class: 'row apart' }, h('div', { class: 'row' }, this.mirror, this.beside), this.saved, h('div', { class: 'row' }, this.acts));
  }

  #toggle(words, iconName, on, act) {
    const toggle = iconButton(words, iconName, () => {
      const now = toggle.getAttribute('aria-pressed') !== 'true';
      toggle.setAttribute('aria-pressed', now);
      act(now);
    });
    toggle.setAttribute('aria-pressed', on);
    return toggle;
  }

  #running() {
    if (!this.camera.running) this.#recorder?.stop();
    for (const act of this.acts) act.disabled = !this.camera.running;
  }

  async #keep() {
    const picture = await new Promise((resolve) => this.camera.canvas.toBlob(resolve, 'image/png'));
    save(picture, 'png');
  }

  #film() {
    const media = this.camera.canvas.captureStream(30);
    const type = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp8', 'video/webm'].find((each) => MediaRecorder.isTypeSupported(each));
    const parts = [];
    const recorder = new MediaRecorder(media, { mimeType: type, videoBitsPerSecond: 5e6 });
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      this.#recorder = null;
      this.#recording(false);
      media.getTracks().forEach((track) => track.stop());
      save(new Blob(parts, { type }), type.startsWith('video/mp4') ? 'mp4' : 'webm');
    };
    recorder.start(1000);
    this.#recorder = recorder;
    this.#recording(true);
  }

  #recording(on) {
    this.record.setAttribute('aria-pressed', on);
    this.record.classList.toggle('recording', on);
    sayAs(this.record, 'aria-label', on ? 'live.recorded' : 'live.record');
    sayAs(this.record, 'title', on ? 'live.recorded' : 'live.record');
  }
}

function save(blob, extension) {
  const url = URL.createObjectURL(blob);
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  h('a', { href: url, download: `fovea-${time}.${extension}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

customElements.define('fovea-live-page', LivePage);
