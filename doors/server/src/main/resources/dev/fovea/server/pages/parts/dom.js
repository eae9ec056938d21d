// Elements without markup in strings: nothing a file is called can become a tag.

import { say, sayAs } from '../words.js';

/**
 * Makes an element. Of the properties, t gives its words (a key or [key, values, fallback]), t-NAME those of an attribute, onNAME listens;
 * others are attributes, or properties where the value is no string.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) assign(element, name, value);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

function assign(element, name, value) {
  if (value == null || value === false) return;
  if (name === 't') say(element, ...[value].flat());
  else if (name.startsWith('t-')) sayAs(element, name.slice(2), ...[value].flat());
  else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (typeof value !== 'string' && name in element) element[name] = value;
  else element.setAttribute(name, value === true ? '' : value);
}

/** A picture from icons.svg; it says nothing to those who cannot see it. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `icons.svg#${name}`);
  svg.classList.add('icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

/** A button with an icon, words, or both. */
export function button(words, iconName, onclick, kind = '') {
  return h('button', { type: 'button', class: kind, onclick }, iconName && icon(iconName), words && h('span', { t: words }));
}

/** A round button that is only an icon; the words are its label and hint. */
export function iconButton(words, iconName, onclick, kind = 'quiet round') {
  return h('button', { type: 'button', class: kind, onclick, 't-aria-label': words, 't-title': words }, icon(iconName));
}

let count = 0;

/** A new id, for labels. */
export const id = (prefix) => `${prefix}-${++count}`;

/** An element that fills itself once, when it is first shown. */
export class Part extends HTMLElement {
  #built = false;

  connectedCallback() {
    if (this.#built) return;
    this.#built = true;
    this.build();
  }

  build() {}
}
