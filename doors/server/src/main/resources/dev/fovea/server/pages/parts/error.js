import { h, icon, Part } from './dom.js';

const known = [0, 400, 409, 413, 422, 429, 503];

/** <fovea-error>: what went wrong in one sentence of ours, and the server's own below it. show(error) takes a Refused or a job's error. */
class Complaint extends Part {
  build() {
    this.setAttribute('role', 'alert');
    this.hidden = true;
  }

  show(error) {
    this.hidden = !error;
    if (!error) return this.replaceChildren();
    const key = known.includes(error.status) ? error.status : 500;
    const sentence = error.error ?? error.message;
    this.replaceChildren(icon('alert'), h('div', {}, h('p', { t: `error.${key}` }), sentence && h('p', { class: 'small soft', lang: 'en' }, sentence)));
  }
}

customElements.define('fovea-error', Complaint);
