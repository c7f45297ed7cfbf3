// Live requests: verdict, reason and first difference at a glance.
import { ask } from './api.js';
import { button, el, icon, repaint, time, toast } from './dom.js';
import { firstDifference, shortDifference } from './difference.js';
import { showRequest } from './detail.js';
import { sendButtons } from './send.js';
import { known, watch } from './store.js';
import { inLanguage, t } from './words.js';

const SHOWN = 100;
const SHAPES = { verified: 'check', refused: 'cross', not_checked: 'dash', unsigned: 'mark' };
const FILTERS = {
  all: () => true,
  refused: request => request.verdict === 'refused',
  failed: request => request.status >= 400 || request.status === 0,
};

/** By the request itself: its number may be another's after the mock was started anew. */
const explanations = new WeakMap();
let filter = 'all';
let sought = '';

export function verdictBadge(verdict) {
  return el('span', { class: `badge verdict ${verdict}` },
      el('span', { class: 'shape' }, icon(SHAPES[verdict])), t(`verdict.${verdict}`));
}

export function statusText({ status, code }) {
  const kind = status === 0 || status >= 400 ? 'bad' : 'good';
  return el('span', { class: `status ${kind}` },
      el('b', {}, status === 0 ? t('connectionReset') : status), code ? ` ${code}` : '');
}

/** Why the request's signature was refused; asked for once. */
export function explanation(request) {
  if (!explanations.has(request)) {
    const answer = ask('GET', `requests/${request.id}/explanation`);
    answer.catch(() => explanations.delete(request));
    explanations.set(request, answer);
  }
  return explanations.get(request);
}

/** The request whose explanation is to stand in a place. */
const explained = new WeakMap();

const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      explain(target);
    }
  }
});

async function explain(place) {
  try {
    const why = await explanation(explained.get(place));
    const difference = firstDifference(why.expected_message, why.signed_message);
    place.replaceChildren(el('p', {}, inLanguage(why.text)), difference ? shortDifference(difference) : '');
  } catch (failure) {
    place.replaceChildren(el('p', {}, failure.message));
  }
}

function row(request) {
  const why = request.verdict === 'refused' ? el('div', { class: 'why' }, el('p', {}, '…')) : null;
  const item = el('li', { class: `request ${request.verdict}`, id: `request-${request.id}` },
      el('button', {
        type: 'button', class: 'line', 'data-key': `request-${request.id}`, on: { click: () => showRequest(request) },
      },
      verdictBadge(request.verdict),
      statusText(request),
      el('span', { class: 'target' }, el('b', {}, request.method), ' ', request.target),
      request.chosen_by ? el('span', { class: 'chip', title: t('chosenBy', request.chosen_by) }, icon('bolt'), request.fault ?? request.chosen_by) : null,
      el('span', { class: 'when' }, time(request.received_at),
          request.duration_ms === undefined ? '' : ` · ${request.duration_ms.toFixed(1)} ms`)),
      why);
  if (why) {
    explained.set(why, request);
    seen.observe(why);
  }
  return item;
}

function fits(request) {
  const text = `${request.method} ${request.target} ${request.code ?? ''} ${request.fault ?? ''} ${request.chosen_by ?? ''} ${request.request_id ?? ''}`;
  return FILTERS[filter](request) && text.toLowerCase().includes(sought.toLowerCase());
}

export function requestsPanel() {
  const list = el('ol', { class: 'requests' });
  const announcement = el('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  const filters = el('div', { class: 'segments', role: 'group', 'aria-label': t('show') });
  const rows = new WeakMap();
  let announced = known.requests[0];

  function paint() {
    const fitting = known.requests.filter(fits);
    const shown = fitting.slice(0, SHOWN).map(request => {
      if (!rows.has(request)) rows.set(request, row(request));
      return rows.get(request);
    });
    repaint(list, shown, known.requests.length === 0 ? emptyState() : null,
        known.requests.length > 0 && fitting.length === 0 ? el('li', { class: 'empty' }, t('nothingFits')) : null);
    repaint(filters, Object.keys(FILTERS).map(name => el('button', {
      type: 'button', 'data-key': `filter-${name}`, 'aria-pressed': String(filter === name),
      on: { click: () => { filter = name; paint(); } },
    }, t(`filter.${name}`), ' ', el('span', { class: 'count' }, known.requests.filter(FILTERS[name]).length))));
    const newest = known.requests[0];
    if (newest && newest !== announced) {
      announced = newest;
      announcement.textContent = `${t(`verdict.${newest.verdict}`)}, ${newest.status} ${newest.code ?? ''}`;
    }
  }

  const search = el('input', {
    type: 'search', placeholder: t('search'), 'aria-label': t('search'), value: sought,
    on: { input: event => { sought = event.target.value; paint(); } },
  });
  const panel = el('section', {},
      el('header', { class: 'bar' }, el('h2', {}, t('tab.requests')), filters, search, el('span', { class: 'space' }),
          sendButtons(),
          button(t('clear'), async () => {
            await ask('DELETE', 'requests');
            toast(t('cleared'));
          }, { class: 'button quiet' })),
      announcement, list);
  watch(['requests', 'live'], paint);
  return panel;
}

function emptyState() {
  return el('li', { class: 'empty' },
      el('h3', {}, known.live ? t('waitingForRequests') : t('connecting')),
      el('p', {}, t('waitingHint', known.credentials?.base_url ?? location.origin)),
      el('p', {}, el('a', { href: '#connect' }, t('toSnippets'))));
}
