import { h, icon, id, Part } from './dom.js';

/**
 * <fovea-drop>: files come here by dropping them (folders, too) anywhere on the page, by the button or by pasting. Set words to the key of
 * what it asks for and hint to that of what it takes; "files" is fired with detail.files. Attributes: accept, as of an input; single.
 */
class Drop extends Part {
  words = 'drop.pictures';
  hint = null;
  #listening;

  build() {
    const input = h('input', { type: 'file', class: 'unseen', id: id('file'), multiple: !this.hasAttribute('single'), accept: this.getAttribute('accept') });
    input.addEventListener('change', () => {
      this.#give([...input.files]);
      input.value = '';
    });
    this.append(
      h('label', { class: 'drop' }, input, icon('upload'), h('span', { class: 'drop-words', t: this.words }), h('span', { class: 'button', t: 'drop.choose' }),
        this.hint && h('span', { class: 'soft small', t: this.hint })),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener('dragover', (event) => this.#over(event), { signal });
    addEventListener('dragleave', (event) => event.relatedTarget || this.classList.remove('over'), { signal });
    addEventListener('drop', (event) => this.#dropped(event), { signal });
    addEventListener('paste', (event) => this.#give([...event.clipboardData.files]), { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  #over(event) {
    event.preventDefault();
    this.classList.add('over');
  }

  async #dropped(event) {
    event.preventDefault();
    this.classList.remove('over');
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(filesIn))).flat() : [...event.dataTransfer.files];
    this.#give(files);
  }

  #give(files) {
    const visible = files.filter((file) => !file.name.startsWith('.'));
    if (visible.length && this.checkVisibility()) this.dispatchEvent(new CustomEvent('files', { detail: { files: visible } }));
  }
}

async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // at most a hundred at a time
    if (!some.length) return all;
    all.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}

customElements.define('fovea-drop', Drop);
