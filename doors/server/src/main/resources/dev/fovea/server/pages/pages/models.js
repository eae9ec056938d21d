import * as api from '../api.js';
import { h, icon, Part } from '../parts/dom.js';
import '../parts/code.js';
import '../parts/error.js';
import { number, plain, t } from '../words.js';

class ModelsPage extends Part {
  build() {
    this.error = h('fovea-error');
    this.list = h('div', { class: 'tiers' });
    this.append(
      h('section', { class: 'page narrow' }, h('header', { class: 'page-head' }, h('h1', { t: 'nav.models' }), h('p', { t: 'models.lede' })), this.error, this.list),
    );
    this.#fill();
    document.addEventListener('language', () => this.#fill());
  }

  async #fill() {
    try {
      const [models, tuned] = await Promise.all([api.models(), api.tune().catch(() => [])]);
      const tiers = ['bundled', 'public'].map((tier) => section(tier, models.filter((model) => model.tier === tier)));
      this.list.replaceChildren(...tiers, tuning(tuned));
    } catch (error) {
      this.error.show(error);
    }
  }
}

function section(tier, models) {
  return h(
    'section',
    { class: 'tier' },
    h('div', { class: 'page-head' }, h('h2', { t: `models.${tier}` }), h('p', { t: `models.${tier}.about` })),
    models.map(row),
  );
}

const size = (bytes) => (bytes < 1e6 ? t('models.kb', { size: number(bytes / 1e3, 0) }) : t('models.mb', { size: number(bytes / 1e6, 1) }));

function row(model) {
  const head = h(
    'summary',
    {},
    h('span', { class: 'model-name' }, h('strong', { translate: 'no' }, model.name), h('span', { class: 'soft' }, t(`task.${model.task}`, {}, plain(model.task)))),
    h('span', { class: 'model-facts small soft figures' }, h('span', { translate: 'no' }, model.licence), h('span', {}, size(model.bytes))),
    model.present
      ? h('span', { class: 'present small' }, icon('check'), h('span', { t: 'models.present' }))
      : h('span', { class: 'present small soft', t: 'models.absent' }),
    icon('down'),
  );
  return h('details', { class: 'model' }, head, card(model));
}

function card(model) {
  const known = model.card ?? {};
  return h(
    'div',
    { class: 'model-card' },
    h('p', { class: 'lead' }, t(`about.${model.name}`, {}, model.about ?? model.summary)),
    !model.present && h('p', {}, h('code', {}, `./fovea models pull ${model.name}`)),
    figures(known.figures),
    speeds(known.speed),
    sentences('models.worksFor', known.worksFor),
    sentences('models.failsFor', known.failsFor),
    sentences('models.atRisk', known.peopleAtRisk),
    trainedOn(known),
    h('p', { class: 'small soft sum' }, h('span', { t: 'models.sha256' }), ' ', h('code', {}, model.sha256)),
  );
}

function sentences(key, all) {
  return all?.length ? h('div', { class: 'fact' }, h('h3', { t: key }), h('ul', { class: 'plain', lang: 'en' }, all.map((each) => h('li', {}, each)))) : null;
}

function figures(all) {
  if (!all?.length) return null;
  const rows = all.map((each) =>
    h('tr', {}, h('td', { lang: 'en' }, each.name), h('td', { lang: 'en', class: 'soft' }, each.data), h('td', { class: 'value' }, `${number(each.value, 3)} ${each.unit}`.trim())),
  );
  return h(
    'div',
    { class: 'fact' },
    h('h3', { t: 'models.figures' }),
    h('table', {}, h('thead', {}, h('tr', {}, h('th', { t: 'models.figure' }), h('th', { t: 'models.data' }), h('th', { class: 'value', t: 'models.value' }))), h('tbody', {}, rows)),
  );
}

function speeds(all) {
  const lines = all?.map(({ size: pixels, milliseconds }) => h('li', {}, t('models.speed.line', { size: pixels, ms: number(milliseconds, 2) })));
  return lines?.length ? h('div', { class: 'fact' }, h('h3', { t: 'models.speed' }), h('ul', { class: 'plain figures' }, lines)) : null;
}

function trainedOn({ trainedOn: sets, teacher }) {
  if (!sets?.length) return null;
  const lines = sets.map((set) => h('li', {}, h('span', {}, set.name), h('span', { class: 'soft' }, ` · ${set.licence} · ${set.use}`)));
  if (teacher && teacher !== 'none') lines.push(h('li', {}, h('span', { lang: 'en' }, `Teacher: ${teacher}`)));
  return h('div', { class: 'fact' }, h('h3', { t: 'models.trainedOn' }), h('ul', { class: 'plain small', lang: 'en' }, lines));
}

const COLUMNS = ['network', 'precision', 'threads', 'provider', 'milliseconds', 'ratio'];

/** What ./fovea models tune planned for this machine, if it ever ran. */
function tuning(rows) {
  const head = h('div', { class: 'page-head' }, h('h2', { t: 'models.tune' }), h('p', { t: rows.length ? 'models.tune.about' : 'models.tune.none' }));
  if (!rows.length) return h('section', { class: 'tier' }, head, h('p', {}, h('code', {}, './fovea models tune')));
  const cell = (value) => h('td', { class: typeof value === 'number' ? 'value' : null }, typeof value === 'number' ? number(value, 2) : String(value));
  return h(
    'section',
    { class: 'tier' },
    head,
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 't-aria-label': 'models.tune' },
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, COLUMNS.map((key) => h('th', { t: [`models.tune.${key}`, {}, plain(key)] })))),
        h('tbody', {}, rows.map((each) => h('tr', {}, COLUMNS.map((key) => cell(each[key]))))),
      ),
    ),
  );
}

customElements.define('fovea-models-page', ModelsPage);
