/** One wish at a time, and of those that wait only the newest: a server is never asked for what nobody waits for any more. */
export class Newest {
  #busy = false;
  #next = null;
  #work;

  /** @param work an async function of a wish */
  constructor(work) {
    this.#work = work;
  }

  async ask(wish) {
    this.#next = { wish };
    if (this.#busy) return;
    this.#busy = true;
    while (this.#next) {
      const { wish: now } = this.#next;
      this.#next = null;
      await this.#work(now).catch(() => {});
    }
    this.#busy = false;
  }
}
