// What the page knows of the mock, kept up to date by its events.
import { ask, listen } from './api.js';

const REQUESTS_HELD = 500;

export const known = {
  live: false,
  requests: [],
  contracts: [],
  tokens: [],
  notices: [],
  settings: null,
  clock: null,
  clockReadAt: 0,
  scenarios: null,
  credentials: null,
};

const watchers = [];
const changed = new Set();

/** Runs `paint` now and whenever one of the topics has changed, at most once a frame. */
export function watch(topics, paint) {
  watchers.push({ topics, paint });
  paint();
}

export function unwatchAll() {
  watchers.length = 0;
}

function tell(...topics) {
  if (changed.size === 0) requestAnimationFrame(flush);
  topics.forEach(topic => changed.add(topic));
}

function flush() {
  const topics = [...changed];
  changed.clear();
  watchers.filter(watcher => watcher.topics.some(topic => topics.includes(topic))).forEach(({ paint }) => paint());
}

/**
 * Begins to listen, and reads everything once somebody tells what happens from then on; the same again when the stream was
 * lost, so that it does not matter what was missed, or whether the mock is still the same. Events wait while something is
 * read: they are newer than what was read, or do not change it.
 */
export function start() {
  listen(heard, async live => {
    if (live) await readAll();
    known.live = live;
    tell('live');
  });
}

async function readAll() {
  const [credentials, requests, contracts, tokens, notices, settings, clock, scenarios] = await Promise.all(
      ['credentials', 'requests', 'contracts', 'tokens', 'notices', 'configuration', 'clock', 'scenarios']
          .map(path => ask('GET', path)));
  Object.assign(known, {
    credentials, settings, scenarios,
    requests: requests.requests.slice(0, REQUESTS_HELD),
    contracts: contracts.contracts,
    tokens: tokens.tokens,
    notices: notices.notices,
  });
  setClock(clock);
  tell('credentials', 'requests', 'contracts', 'tokens', 'notices', 'settings', 'scenarios');
}

function setClock(clock) {
  known.clock = clock;
  known.clockReadAt = performance.now();
  tell('clock');
}

/** The mock's time, now. */
export function now() {
  const { clock, clockReadAt } = known;
  if (!clock) return null;
  return new Date(Date.parse(clock.now) + (clock.running ? performance.now() - clockReadAt : 0));
}

function put(list, item, key) {
  const i = list.findIndex(other => other[key] === item[key]);
  if (i >= 0) list[i] = item;
  else list.unshift(item);
}

const read = {
  async tokens() {
    known.tokens = (await ask('GET', 'tokens')).tokens;
    tell('tokens');
  },
  async scenarios() {
    known.scenarios = await ask('GET', 'scenarios');
    tell('scenarios');
  },
};

const HEARD = {
  request_answered({ request }) {
    put(known.requests, request, 'id');
    known.requests.length = Math.min(known.requests.length, REQUESTS_HELD);
    tell('requests');
    if (known.scenarios?.scenarios.length > 0) return read.scenarios();
  },
  requests_forgotten() {
    known.requests = [];
    tell('requests');
  },
  contract_changed({ contract }) {
    put(known.contracts, contract, 'contract_id');
    known.contracts.sort((a, b) => (a.contract_id < b.contract_id ? -1 : 1));
    tell('contracts');
  },
  contract_removed({ contract }) {
    known.contracts = known.contracts.filter(other => other.contract_id !== contract.contract_id);
    tell('contracts');
  },
  token_issued: tokenChanged,
  token_used: tokenChanged,
  token_expired: tokenChanged,
  notice_sent: noticeChanged,
  notice_delivered: noticeChanged,
  notice_answered: noticeChanged,
  notice_reported: noticeChanged,
  configuration_changed({ settings }) {
    known.settings = settings;
    tell('settings');
  },
  clock_changed({ clock }) {
    setClock(clock);
    return read.tokens();
  },
  scenarios_changed({ scenarios }) {
    known.scenarios = scenarios;
    tell('scenarios');
  },
  reset: readAll,
};

function tokenChanged({ token }) {
  put(known.tokens, token, 'charging_token');
  tell('tokens');
}

function noticeChanged({ notice }) {
  put(known.notices, notice, 'id');
  tell('notices');
}

function heard(event) {
  return HEARD[event.type]?.(event);
}
