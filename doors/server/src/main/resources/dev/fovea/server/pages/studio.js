// The shell: pages by the address behind #/, loaded when first needed and kept while the tab is open; language and theme.

import { samples, services } from './api.js';
import { h, icon } from './parts/dom.js';
import { choose, language, languages, speak, t } from './words.js';

/** A page NAME is pages/NAME.js, which defines <fovea-NAME-page>; show(parameters) is called on each visit, hide() when it is left. */
const pages = ['night', 'superres', 'portrait', 'live', 'see', 'models'];
const main = document.getElementById('main');
const open = new Map();
let shown;

// What pages are built from is asked for before the first is shown, so that nothing moves when it comes.
await Promise.allSettled([speak(), services(), samples()]);
addTabs();
addSwitches();
addEventListener('hashchange', () => visit(true));
document.addEventListener('language', title);
await visit(false);

function addTabs() {
  const tabs = pages.map((page) =>
    h('a', { href: `#/${page}`, class: 'tab' }, icon(page), h('span', { class: 'long', t: `nav.${page}` }), h('span', { class: 'short', t: `nav.short.${page}` })),
  );
  document.querySelector('.tabs').append(...tabs);
}

async function visit(moved) {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  if (location.hash && !location.hash.startsWith('#/')) return; // a link within the page
  const name = pages.includes(path) ? path : 'home';
  if (shown?.name !== name) shown?.page.hide?.();
  const page = await pageOf(name);
  if (name !== current()) return; // another page was asked for meanwhile
  shown = { name, page };
  if (page.parentNode !== main) main.replaceChildren(page);
  mark(name);
  title();
  page.show?.(new URLSearchParams(query));
  if (!moved) return;
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

function current() {
  const path = location.hash.replace(/^#\/?/, '').split('?')[0];
  return pages.includes(path) ? path : 'home';
}

async function pageOf(name) {
  if (!open.has(name)) {
    await import(`./pages/${name}.js`);
    open.set(name, document.createElement(`fovea-${name}-page`));
  }
  return open.get(name);
}

function mark(name) {
  for (const tab of document.querySelectorAll('.tab')) {
    if (tab.hash === `#/${name}`) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
}

function title() {
  document.title = shown.name === 'home' ? 'Fovea' : `${t(`nav.${shown.name}`)} – Fovea`;
}

function addSwitches() {
  const other = () => Object.keys(languages).find((name) => name !== language());
  const button = document.getElementById('language');
  const name = () => {
    button.textContent = languages[other()];
    button.lang = other();
  };
  button.addEventListener('click', () => choose(other()));
  document.addEventListener('language', name);
  name();
  document.getElementById('theme').addEventListener('click', switchTheme);
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('fovea.theme', root.dataset.theme);
}
