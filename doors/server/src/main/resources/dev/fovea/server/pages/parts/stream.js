// A live stream: pictures of a video go to the server and come back painted. The newest wins; at most two are under way.

const FLIGHT = 2;
const HEAD = 8; // bytes before a JPEG that comes: its number, the server's milliseconds
const REMEMBERED = 240;

/** The socket refused or broke: status as of HTTP, 0 if the server is gone. */
export class Ended extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

export class Stream {
  #socket;
  #video;
  #listener;
  #canvas = new OffscreenCanvas(1, 1);
  #settings = null;
  #number = 0;
  #sent = new Map(); // number -> when it was taken
  #seen = new Map(); // number -> what was seen in it
  #shown = 0;
  #latencies = [];
  #arrivals = [];
  #closed = false;
  #server = { dropped: 0, ms: 0 };
  #skipped = 0;

  /**
   * @param video that plays
   * @param listener { frame(bitmap, seen), wrong(error), ended(error) }
   */
  constructor(video, listener) {
    this.#video = video;
    this.#listener = listener;
    this.#socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live`);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#begin();
    this.#socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#told(JSON.parse(data)) : this.#painted(data));
    this.#socket.onclose = (event) => this.#over(event);
  }

  /** What the server does with the frames from now on: { effects, see, draw, quality }. */
  set settings(settings) {
    this.#settings = JSON.stringify(settings);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(this.#settings);
  }

  /** How it goes: frames a second, milliseconds from a picture to its painting (of 95 in 100), the server's share, what was left out. */
  get figures() {
    const now = performance.now();
    this.#arrivals = this.#arrivals.filter((at) => now - at < 1000);
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    return {
      rate: this.#arrivals.length,
      latency: sorted[Math.floor(0.5 * sorted.length)] ?? 0,
      latency95: sorted[Math.floor(0.95 * sorted.length)] ?? 0,
      server: this.#server.ms,
      dropped: this.#skipped + this.#server.dropped,
      shown: this.#shown,
    };
  }

  close() {
    this.#closed = true;
    this.#socket.close();
  }

  #begin() {
    if (this.#settings) this.#socket.send(this.#settings);
    this.#await();
  }

  #await() {
    this.#video.requestVideoFrameCallback(() => {
      if (this.#closed) return;
      this.#await();
      this.#take();
    });
  }

  async #take() {
    if (this.#sent.size >= FLIGHT || this.#socket.bufferedAmount > 0) {
      this.#skipped++;
      return;
    }
    const number = ++this.#number;
    this.#sent.set(number, performance.now());
    const jpeg = await this.#jpeg().catch(() => null);
    if (!jpeg || this.#socket.readyState !== WebSocket.OPEN) return this.#sent.delete(number);
    const head = new DataView(new ArrayBuffer(4));
    head.setInt32(0, number);
    this.#socket.send(new Blob([head, jpeg]));
  }

  #jpeg() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true }).drawImage(this.#video, 0, 0);
    return this.#canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  }

  #told({ stats, seen, frame, error }) {
    if (stats) this.#server = stats;
    if (seen) this.#seen.set(frame, seen);
    if (error) {
      this.#sent.clear(); // whichever frame it was about does not come back
      this.#listener.wrong(new Ended(422, error));
    }
  }

  async #painted(data) {
    const number = new DataView(data).getInt32(0);
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(data, HEAD)], { type: 'image/jpeg' }));
    const taken = this.#sent.get(number);
    for (const earlier of this.#sent.keys()) if (earlier <= number) this.#sent.delete(earlier); // the newest wins on the server, too
    const seen = this.#seen.get(number);
    for (const earlier of this.#seen.keys()) if (earlier <= number) this.#seen.delete(earlier);
    if (this.#closed || number <= this.#shown) return bitmap.close();
    this.#shown = number;
    this.#listener.frame(bitmap, seen);
    bitmap.close();
    const now = performance.now();
    this.#arrivals.push(now);
    if (taken) this.#latencies.push(now - taken);
    if (this.#latencies.length > REMEMBERED) this.#latencies.shift();
  }

  #over({ code, reason }) {
    if (this.#closed) return;
    this.#closed = true;
    this.#listener.ended(new Ended(code === 1013 ? 503 : 0, reason));
  }
}
