// All words that a person reads, by key, in the language of choice. What the server says in English is its own fallback.

const native = { en: 'English', zh: '中文' };
const tables = {};
const said = new WeakMap(); // element -> { text or attribute: [key, values, fallback] }
let current = 'en';

/** The languages there are, by their own names. */
export const languages = native;

/** The language in use: "en" or "zh". */
export const language = () => current;

/** Picks the language chosen last, else the first of the browser's that there is. */
export async function speak() {
  const wanted = [localStorage.getItem('fovea.language'), ...navigator.languages, 'en'];
  await use(wanted.map((name) => name?.slice(0, 2)).find((name) => name in native));
}

/** Changes the language of everything that is shown, and remembers it. */
export async function choose(name) {
  localStorage.setItem('fovea.language', name);
  await use(name);
}

async function use(name) {
  await Promise.all(['en', name].map(load));
  current = name;
  document.documentElement.lang = name === 'zh' ? 'zh-CN' : name;
  translate(document);
  document.dispatchEvent(new CustomEvent('language'));
}

async function load(name) {
  tables[name] ??= await (await fetch(`words/${name}.json`)).json();
}

/** The words of a key; {name} in them is replaced by values.name. Without such a key: the fallback, else the key. */
export function t(key, values = {}, fallback = undefined) {
  const words = tables[current]?.[key] ?? (current === 'en' ? undefined : fallback) ?? tables.en?.[key] ?? fallback ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? show(values[name]) : whole));
}

const show = (value) => (typeof value === 'number' ? number(value) : value);

/** A number as the language writes it. */
export const number = (value, most = 2, least = 0) =>
  new Intl.NumberFormat(current, { maximumFractionDigits: most, minimumFractionDigits: least }).format(value);

/** Gives an element its words; they follow the language from then on. */
export function say(element, key, values, fallback) {
  sayAs(element, '', key, values, fallback);
}

/** Gives an attribute, such as aria-label or alt, its words. */
export function sayAs(element, attribute, key, values, fallback) {
  const known = said.get(element) ?? {};
  said.set(element, { ...known, [attribute]: [key, values, fallback] });
  element.toggleAttribute('data-said', true);
  put(element, attribute, t(key, values, fallback));
}

/** What the server names in camelCase or with-dashes, as a person would write it. */
export const plain = (name) => {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

function put(element, attribute, words) {
  if (attribute) element.setAttribute(attribute, words);
  else element.textContent = words;
}

function translate(root) {
  for (const element of root.querySelectorAll('[data-said]')) {
    for (const [attribute, words] of Object.entries(said.get(element) ?? {})) put(element, attribute, t(...words));
  }
  for (const element of root.querySelectorAll('[data-t]')) put(element, '', t(element.dataset.t));
  for (const element of root.querySelectorAll('[data-t-aria-label]')) put(element, 'aria-label', t(element.dataset.tAriaLabel));
}
