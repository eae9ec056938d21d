import { h } from '../parts/dom.js';
import '../parts/segment.js';
import { plain } from '../words.js';

/** What the algorithm saw: the pictures of each frame side by side with a choice of the frame, and those of the whole burst. */
export function explained(job) {
  const frames = new Map(); // frame -> its pictures
  const whole = [];
  for (const file of job.files.filter((each) => each.role === 'explain')) {
    const [, kind, frame] = /^explain-(.*?)(?:-(\d+))?\.\w+$/.exec(file.name) ?? [];
    if (frame === undefined) whole.push(figure(kind, file));
    else frames.set(frame, [...(frames.get(frame) ?? []), [kind, file]]);
  }
  return [frames.size > 0 && perFrame(frames), whole.length > 0 && h('div', { class: 'figures-row small-ones' }, whole)].filter(Boolean);
}

function perFrame(frames) {
  const row = h('div', { class: 'figures-row' });
  const show = (frame) => row.replaceChildren(...frames.get(frame).map(([kind, file]) => figure(kind, file)));
  const segment = document.createElement('fovea-segment');
  segment.words = 'explain.frame';
  segment.choices = [...frames.keys()].map((frame) => ({ value: frame, t: ['explain.frame.number', { number: Number(frame) + 1 }] }));
  segment.value = [...frames.keys()][Math.floor(frames.size / 2)];
  segment.addEventListener('change', () => show(segment.value));
  show(segment.value);
  return h('div', { class: 'group' }, h('div', { class: 'row' }, h('span', { class: 'small soft', t: 'explain.frame', 'aria-hidden': 'true' }), segment), row);
}

function figure(kind, { url, width, height }) {
  const name = [`explain.${kind}`, {}, plain(kind)];
  return h(
    'figure',
    {},
    h('img', { src: url, width, height, loading: 'lazy', 't-alt': name }),
    h('figcaption', {}, h('h3', { t: name }), h('p', { class: 'small soft', t: [`explain.${kind}.about`, {}, ''] })),
  );
}
