// The control API, with the token it may demand, and its stream of events.

const KEY = 'ebike-charge.control-token';
const RETRY_MILLIS = 1000;
const TYPES = { PATCH: 'application/merge-patch+json' };

let tokenWanted = async () => {};

export function controlToken() {
  return sessionStorage.getItem(KEY);
}

export function setControlToken(token) {
  sessionStorage.setItem(KEY, token);
}

/** @param ask shows a person the wish for a token, and ends when there is one */
export function onTokenWanted(ask) {
  tokenWanted = ask;
}

function headers(more) {
  const token = controlToken();
  return token ? { Authorization: `Bearer ${token}`, ...more } : more;
}

async function open(path, options, more) {
  for (;;) {
    const answer = await fetch(`/_mock/${path}`, { cache: 'no-store', ...options, headers: headers(more) });
    if (answer.status !== 401) return answer;
    await tokenWanted(controlToken() !== null);
  }
}

/** What the control API answers, or an error with what it says was wrong. */
export async function ask(method, path, body) {
  const answer = await (body === undefined ? open(path, { method }, {})
    : open(path, { method, body: JSON.stringify(body) }, { 'Content-Type': TYPES[method] ?? 'application/json' }));
  if (answer.status === 204) return null;
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error);
  return content;
}

/**
 * Tells `state` whether the stream lives, and `heard` every event from then on, one after the other: the next one waits until
 * what the last one led to is done. Comes back when the stream is lost, or when either fails.
 */
export async function listen(heard, state) {
  for (;;) {
    const stream = new AbortController();
    try {
      const answer = await open('events', { signal: stream.signal }, {});
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      await state(true);
      for await (const event of events(answer.body)) await heard(event);
    } catch (lost) {
      console.info('The stream of events was lost:', lost.message);
    }
    stream.abort();
    state(false);
    await new Promise(again => setTimeout(again, RETRY_MILLIS));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const frames = (rest + value).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) {
      const data = frame.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart());
      if (data.length > 0) yield JSON.parse(data.join('\n'));
    }
  }
}
