import { number, plain, t } from '../words.js';
import { button, h, Part } from './dom.js';

/** <fovea-progress>: a job's steps with their times; "cancel" is fired by its button. Give it each state of the job through show(job, sent). */
class Progress extends Part {
  build() {
    this.head = h('h2', { 'aria-live': 'polite' });
    this.bar = h('div', { class: 'progress-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 't-aria-label': 'progress.label' }, h('div'));
    this.steps = h('ol', { class: 'steps figures' });
    this.cancel = button('progress.cancel', 'close', () => this.dispatchEvent(new Event('cancel')));
    this.append(this.head, this.bar, this.steps, this.cancel);
  }

  /** Shows a state of a job; before there is one, job is null and sent tells how much of the files has travelled. */
  show(job, sent = 0) {
    const running = job?.state === 'running';
    this.head.textContent = headline(job);
    this.#fraction(job ? (running ? job.fraction : 0) : sent);
    this.steps.replaceChildren(...this.#lines(job));
  }

  #fraction(fraction) {
    const percent = Math.round(100 * Math.min(1, Math.max(0, fraction ?? 0)));
    this.bar.setAttribute('aria-valuenow', percent);
    this.bar.firstChild.style.width = `${percent}%`;
  }

  #lines(job) {
    const done = Object.entries(job?.seconds ?? {}).filter(([step]) => step !== job.step);
    const lines = done.map(([step, seconds]) => line(step, t('progress.seconds', { seconds: number(seconds, 2, 2) }), 'done'));
    if (job?.state === 'running' && job.step) lines.push(line(job.step, `${Math.round(100 * (job.fraction ?? 0))} %`, 'now'));
    return lines;
  }
}

const line = (step, value, kind) => h('li', { class: kind }, h('span', {}, stepName(step)), h('span', {}, value));

/** A step of a job as a person would call it. */
export const stepName = (step) => t(`step.${step}`, {}, plain(step.replace(/^\w+: /, '')));

function headline(job) {
  if (!job) return t('progress.sending');
  if (job.state === 'waiting') return job.position > 0 ? t('progress.waiting', { position: job.position }) : t('progress.starting');
  return job.step ? stepName(job.step) : t('progress.starting');
}

customElements.define('fovea-progress', Progress);
