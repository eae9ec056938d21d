import * as api from '../api.js';

/** A page's one job at a time: sent, followed to its end, forgotten by the server when it is dropped or the next one is run. */
export class Errand {
  #upload = null;
  #unfollow = () => {};
  #progress;
  #done;
  #failed;
  job = null;

  /** progress is a <fovea-progress>; done(job) and failed(error) are called once a run, neither after it was dropped. */
  constructor(progress, { done, failed }) {
    this.#progress = progress;
    this.#done = done;
    this.#failed = failed;
  }

  async run(service, wish) {
    this.drop();
    this.#progress.show(null, 0);
    const { signal } = (this.#upload = new AbortController());
    try {
      const job = await api.start(service, wish, (sent) => this.#progress.show(null, sent), signal);
      if (signal.aborted) return api.forget(job);
      this.#changed(job);
      this.#unfollow = api.follow(job, (next) => this.#changed(next));
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  drop() {
    this.#upload?.abort();
    this.#unfollow();
    this.#unfollow = () => {};
    if (this.job) api.forget(this.job);
    this.job = null;
  }

  #changed(job) {
    this.job = job;
    this.#progress.show(job);
    if (job.state === 'done') this.#done(job);
    else if (api.ended(job)) this.#failed(job.error ?? { status: 500 });
  }
}
