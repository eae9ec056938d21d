import { number, say, t } from '../words.js';
import { button, h, Part } from './dom.js';
import { Stream } from './stream.js';
import './error.js';

const CLIP = '/samples/clip.mp4';
const WANTED = { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 }, facingMode: 'user' }, audio: false };
const REFUSALS = { NotAllowedError: 'refused', NotFoundError: 'none', OverconstrainedError: 'none', NotReadableError: 'busy' };

/**
 * <fovea-camera>: a stage on which the camera, or a clip, is shown as the server paints it. Set settings to what it shall do, and draw to a
 * function (context, bitmap, seen) where more is wanted than the picture. "running" is fired when it starts and stops (see running).
 * Everything stops when it leaves the page or the tab is hidden; a tab that comes back goes on.
 */
class Camera extends Part {
  draw = null;
  mirrored = false;
  #settings = {};
  #stream;
  #source; // 'camera' or 'clip'
  #awaiting = 0;
  #paused = null;
  #clock;

  build() {
    this.video = h('video', { muted: true, playsInline: true, loop: true, 't-aria-label': 'live.original', width: 640, height: 480 });
    this.canvas = h('canvas', { width: 640, height: 480, role: 'img', 't-aria-label': 'live.painted' });
    this.note = h('p', { role: 'status', t: 'live.private' });
    this.start = button('live.start', 'live', () => this.open('camera'), 'primary');
    this.sample = button('live.sample', 'play', () => this.open('clip'));
    this.panel = h('div', { class: 'live-panel' }, this.note, h('div', { class: 'row' }, this.start, this.sample));
    this.told = h('p', { class: 'tag right live-figures figures', 'aria-hidden': 'true' });
    const panes = h('div', { class: 'live-panes' }, h('div', { class: 'pane original' }, this.video, h('span', { class: 'tag left', t: 'live.original' })), h('div', { class: 'pane' }, this.canvas));
    this.stage = h('div', { class: 'live-stage' }, panes, this.panel, this.told);
    this.error = document.createElement('fovea-error');
    this.append(this.stage, this.error);
    document.addEventListener('visibilitychange', () => this.#hiding());
  }

  /** Whether pictures come. */
  get running() {
    return this.#stream != null;
  }

  get figures() {
    return this.#stream?.figures;
  }

  get settings() {
    return this.#settings;
  }

  set settings(settings) {
    this.#settings = settings;
    this.error?.show(null);
    if (this.#stream) this.#stream.settings = settings;
  }

  /** Shows the camera, or the clip. */
  async open(source) {
    this.close();
    const turn = ++this.#awaiting;
    this.#say('live.asking', true);
    try {
      if (source === 'clip') await this.#clip();
      else await this.#camera(turn);
    } catch (error) {
      if (turn === this.#awaiting) this.#refused(source, error);
      return;
    }
    if (turn !== this.#awaiting) return;
    this.#source = source;
    this.#begin();
  }

  /** Stops; the camera's light goes out. */
  close() {
    this.#awaiting++;
    this.#stream?.close();
    this.#stream = null;
    clearInterval(this.#clock);
    this.video.srcObject?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
    this.video.removeAttribute('src');
    this.video.load();
    this.classList.remove('running');
    this.#say('live.private');
    this.#fire();
  }

  disconnectedCallback() {
    this.#paused = null;
    if (this.running) this.close();
  }

  async #camera(turn) {
    if (!navigator.mediaDevices) throw new DOMException('', 'InsecureError');
    const media = await navigator.mediaDevices.getUserMedia(WANTED);
    if (turn !== this.#awaiting) return media.getTracks().forEach((track) => track.stop());
    media.getVideoTracks()[0].addEventListener('ended', () => this.video.srcObject === media && this.#lost('live.unplugged'));
    this.video.srcObject = media;
    await this.video.play();
  }

  async #clip() {
    this.video.src = CLIP;
    await this.video.play();
  }

  #begin() {
    const { videoWidth: width, videoHeight: height } = this.video;
    Object.assign(this.canvas, { width, height });
    this.stage.style.setProperty('--shape', `${width} / ${height}`);
    this.#stream = new Stream(this.video, {
      frame: (bitmap, seen) => this.#paint(bitmap, seen),
      wrong: (error) => this.error.show(error),
      ended: (error) => this.#lost(error.status === 503 ? 'live.full' : 'live.lost'),
    });
    this.#stream.settings = this.#settings;
    this.classList.add('running');
    this.#say('live.beginning', true);
    this.told.textContent = '';
    this.#clock = setInterval(() => this.#tell(), 500);
    this.#fire();
  }

  #paint(bitmap, seen) {
    this.panel.hidden = true;
    const context = this.canvas.getContext('2d', { alpha: false });
    const { width, height } = this.canvas;
    const mirror = this.mirrors ? -1 : 1;
    context.setTransform(mirror, 0, 0, 1, mirror < 0 ? width : 0, 0);
    context.drawImage(bitmap, 0, 0, width, height);
    this.draw?.(context, seen);
  }

  /** A clip is shown as it is. */
  get mirrors() {
    return this.mirrored && this.#source === 'camera';
  }

  #tell() {
    const { rate, latency95, dropped } = this.#stream.figures;
    if (rate) this.told.textContent = t('live.figures', { rate, latency: number(latency95, 0), dropped });
    this.classList.toggle('mirrored', this.mirrors);
  }

  #refused(source, error) {
    this.close();
    if (source === 'clip') this.#say('live.unplayable');
    else this.#say(`live.${error.name === 'InsecureError' ? 'insecure' : (REFUSALS[error.name] ?? 'busy')}`);
  }

  #lost(words) {
    this.close();
    this.#say(words);
  }

  #say(words, waiting = false) {
    this.panel.hidden = false;
    say(this.note, words);
    this.start.disabled = waiting;
  }

  #hiding() {
    if (document.hidden && this.running) {
      const source = this.#source;
      this.close();
      this.#paused = source;
      this.#say('live.paused');
    } else if (!document.hidden && this.#paused && this.isConnected) {
      const source = this.#paused;
      this.#paused = null;
      this.open(source);
    }
  }

  #fire() {
    this.dispatchEvent(new Event('running'));
  }
}

customElements.define('fovea-camera', Camera);
