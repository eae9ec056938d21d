// The server's routes. Every failure is a Refused with the server's own sentence.

/** What the server, or the way to it, refused. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

const once = new Map();

function get(path) {
  if (!once.has(path)) {
    const answer = ask(path);
    answer.catch(() => once.delete(path));
    once.set(path, answer);
  }
  return once.get(path);
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(0, '');
  }
  if (!response.ok) throw await refused(response);
  return response.status === 204 ? null : response.json();
}

async function refused(response) {
  const text = await response.text();
  return new Refused(response.status, sentence(text));
}

function sentence(text) {
  try {
    return JSON.parse(text).error ?? '';
  } catch {
    return '';
  }
}

/** What can be done, with its knobs. Asked once, like the next four. */
export const services = () => get('/api/services');
/** One of the services, by name. */
export const service = async (name) => (await services()).find((each) => each.name === name);
export const effects = () => get('/api/effects');
export const samples = () => get('/api/samples');
export const models = () => get('/api/models');
export const tune = () => get('/api/models/tune');

/**
 * Starts a job with files or with a sample.
 *
 * @param wish { files: File[], sample: string, fields: { knob: value } }
 * @param onUpload called with 0..1 while files travel
 * @param signal an AbortSignal that stops the upload
 */
export function start(service, wish, onUpload = () => {}, signal = undefined) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const request = new XMLHttpRequest(); // fetch cannot tell how much has been sent
  request.open('POST', `/api/${service}`);
  request.upload.onprogress = (event) => event.lengthComputable && onUpload(event.loaded / event.total);
  request.onload = () =>
    request.status < 300
      ? resolve(JSON.parse(request.responseText))
      : reject(new Refused(request.status, sentence(request.responseText)));
  request.onerror = () => reject(new Refused(0, ''));
  request.onabort = () => reject(new Refused(409, ''));
  signal?.addEventListener('abort', () => request.abort());
  request.send(form(wish));
  return promise;
}

function form({ files = [], sample, fields = {} }) {
  const data = new FormData();
  for (const file of files) data.append('files', file, file.name);
  if (sample) data.append('sample', sample);
  for (const [name, value] of Object.entries(fields)) data.append(name, String(value));
  return data;
}

/** Tells of every change of a job until it has ended. Returns a function that stops listening. */
export function follow(job, onChange) {
  const events = new EventSource(`/api/jobs/${job.id}/events`);
  const tell = (next) => {
    if (ended(next)) events.close();
    onChange(next);
  };
  events.addEventListener('job', (event) => tell(JSON.parse(event.data)));
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) ask(`/api/jobs/${job.id}`).then(tell, (error) => tell(lost(job, error)));
  };
  return () => events.close();
}

const lost = (job, { status, message }) => ({ ...job, state: 'failed', error: { status, error: message } });

/** Whether nothing more will happen to a job. */
export const ended = (job) => ['done', 'failed', 'cancelled'].includes(job.state);

/** Cancels a job, if it still runs, and forgets its files. */
export const forget = (job) => ask(`/api/jobs/${job.id}`, { method: 'DELETE' }).catch(() => null);

/** The file of a job with this role, or undefined. */
export const file = (job, role) => job.files.find((each) => each.role === role);

/** Where a file is downloaded from, under its own name. */
export const download = (url) => `${url}${url.includes('?') ? '&' : '?'}download=true`;

/** A picture from the server with what its X-Fovea-Report header tells. */
export async function picture(url, signal) {
  let response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Refused(0, '');
  }
  if (!response.ok) throw await refused(response);
  return { blob: await response.blob(), report: JSON.parse(response.headers.get('X-Fovea-Report') ?? 'null') };
}
