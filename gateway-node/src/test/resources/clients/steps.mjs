// What every story needs: steps that are reported one by one, things to wait for, and a connection that can be cut.
// Arguments are NAME=URL pairs; headers come as JSON in HEADERS. One JSON line is printed per step.
import assert from 'node:assert/strict';

export const urls = Object.fromEntries(process.argv.slice(2).map((pair) => [pair.slice(0, pair.indexOf('=')), new URL(pair.slice(pair.indexOf('=') + 1))]));
export const headers = JSON.parse(process.env.HEADERS ?? '{}');

export async function step(name, run) {
  const started = performance.now();
  try {
    await within(run(), 20_000, name);
    report({ step: name, ok: true, millis: Math.round(performance.now() - started) });
  } catch (error) {
    report({ step: name, ok: false, why: String(error?.stack ?? error).slice(0, 2000) });
  }
}

function report(line) {
  console.log(JSON.stringify(line));
}

export function within(promise, millis, what) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: nothing after ${millis} ms`)), millis); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (millis) => new Promise((done) => setTimeout(done, millis));

export const text = (result) => result.content[0].text;

/** Things that arrive on their own, to be waited for. */
export class Arrivals {
  #arrived = [];
  #waiting = [];

  add(thing) {
    this.#arrived.push(thing);
    this.#waiting.splice(0).forEach((wake) => wake());
  }

  all() {
    return this.#arrived;
  }

  async until(fits, millis) {
    const end = Date.now() + millis;
    while (!this.#arrived.some(fits) && Date.now() < end) {
      await Promise.race([new Promise((wake) => this.#waiting.push(wake)), pause(end - Date.now())]);
    }
    return this.#arrived.some(fits);
  }

  /** Does something again and again until it is heard of; the stream that brings the news may still be opening. */
  async provoked(act, fits) {
    for (let i = 0; i < 10; i++) {
      await act();
      if (await this.until(fits, 500)) return;
    }
    assert.fail(`never heard of it; heard ${JSON.stringify(this.#arrived)}`);
  }
}

/** A fetch whose next event stream in answer to a POST breaks off after so many events. */
export function cuttable() {
  let after = 0;
  const cutting = async (url, init) => {
    const response = await fetch(url, init);
    const streams = /text\/event-stream/.test(response.headers.get('content-type') ?? '');
    if (!after || init?.method !== 'POST' || !streams) return response;
    const body = breaking(response.body.getReader(), after);
    after = 0;
    cutting.cuts++;
    return new Response(body, { status: response.status, headers: response.headers });
  };
  cutting.cuts = 0;
  cutting.next = (events) => { after = events; };
  return cutting;
}

function breaking(reader, events) {
  let seen = 0;
  return new ReadableStream({
    async pull(controller) {
      if (seen >= events) {
        await reader.cancel();
        controller.error(new TypeError('cut by the test'));
        return;
      }
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
        return;
      }
      seen += Buffer.from(value).toString().split('"method":"notifications/progress"').length - 1;
      controller.enqueue(value);
    },
  });
}

/** All pages of a list. */
export async function pages(list, key) {
  const found = [];
  let cursor;
  do {
    const page = await list(cursor === undefined ? {} : { cursor });
    found.push(...page[key]);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < 1000);
  return found;
}
