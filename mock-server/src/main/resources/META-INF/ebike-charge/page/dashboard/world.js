// Contracts, charging tokens and the clock.
import { ask } from './api.js';
import { button, copyButton, el, guarded, repaint, time } from './dom.js';
import { known, now, watch } from './store.js';
import { t } from './words.js';

const STATES = ['OPENED', 'PAUSE', 'DELETED'];
const TOKENS_SHOWN = 50;
const MINUTE = 60_000;
const MOVES = [-6 * MINUTE, 6 * MINUTE, 60 * MINUTE, 120 * MINUTE];

const path = contractId => `contracts/${encodeURIComponent(contractId)}`;

function contractRow({ contract_id: id, ...terms }) {
  return el('tr', { id: `contract-${id}` },
      el('th', { scope: 'row' }, el('code', {}, id)),
      el('td', {}, el('select', {
        'aria-label': t('stateOf', id), 'data-key': `state-${id}`,
        on: { change: guarded(event => ask('PUT', path(id), { ...terms, state: event.target.value })) },
      }, STATES.map(state => el('option', { value: state, selected: state === terms.state }, t(`state.${state}`))))),
      el('td', {}, [['sub_mchid', terms.sub_mchid], ['appid', terms.appid]].filter(([, value]) => value)
          .map(([name, value]) => el('div', { class: 'bound' }, el('span', { class: 'muted' }, name), ' ', el('code', {}, value)))),
      el('td', { class: 'end' }, copyButton(id, `copy-${id}`),
          button(t('remove'), () => ask('DELETE', path(id)), { class: 'button quiet', key: `remove-${id}` })));
}

function contractForm() {
  const field = (name, properties) => el('label', {}, t(`field.${name}`), el('input', { name, autocomplete: 'off', ...properties }));
  return el('form', {
    class: 'fields',
    on: {
      submit: guarded(async event => {
        event.preventDefault();
        const { contract_id: id, ...terms } = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
        await ask('PUT', path(id), terms);
        event.target.reset();
      }),
    },
  }, field('contract_id', { required: true }), field('sub_mchid'), field('appid'),
  el('button', { class: 'button', type: 'submit' }, t('addContract')));
}

function tokenState({ state, expires_at: end }) {
  return state === 'VALID' && now() >= new Date(end) ? 'EXPIRED' : state;
}

function tokenRow(token) {
  const state = tokenState(token);
  return el('tr', {},
      el('th', { scope: 'row' }, el('code', {}, token.charging_token), el('div', { class: 'muted' }, token.contract_id)),
      el('td', {}, el('span', { class: `badge ${state === 'VALID' ? 'good' : 'waiting'}` }, t(`token.${state}`))),
      el('td', {}, el('div', {}, token.charge_info.charging_station_name, ' · ', token.charge_info.charging_gun_number),
          el('div', { class: 'muted' }, token.charge_info.device_id)),
      el('td', {}, time(token.issued_at), ' – ', time(token.expires_at)),
      el('td', { class: 'end' }, copyButton(token.charging_token, `copy-${token.charging_token}`),
          state === 'VALID' ? button(t('use'), () => ask('POST', `tokens/${encodeURIComponent(token.charging_token)}/use`),
              { class: 'button quiet', key: `use-${token.charging_token}` }) : null));
}

function table(columns, body) {
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(columns[0]) }, el('table', {},
      el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column && t(column))), el('td', {}))), body));
}

function clockPart() {
  const state = el('p', { class: 'big' });
  const buttons = el('div', { class: 'group' });
  watch(['clock'], () => {
    if (!known.clock) return;
    const { running, skew_ms: skew } = known.clock;
    repaint(state, el('time', {}, `${now().toLocaleDateString('en-CA')} ${now().toLocaleTimeString('en-GB')}`), ' ',
        el('small', {}, running ? t(Math.abs(skew) < 1000 ? 'clockRight' : 'clockSkewed', Math.round(skew / 1000)) : t('clockStopped')));
    repaint(buttons,
        MOVES.map(by => button(t('moveMinutes', (by > 0 ? '+' : '−') + Math.abs(by) / MINUTE),
            () => ask('POST', 'clock/advance', { by_ms: by }), { key: `move-${by}` })),
        running ? button(t('stopClock'), () => ask('PUT', 'clock', { fixed_at: now().toISOString() }), { key: 'hold-clock' })
          : button(t('runClock'), () => ask('PUT', 'clock', { skew_ms: Math.round(now() - Date.now()) }), { key: 'hold-clock' }),
        button(t('resetClock'), () => ask('DELETE', 'clock'), { class: 'button quiet', key: 'reset-clock' }));
  });
  return el('section', { class: 'sheet' }, el('h2', {}, t('clock')), el('p', { class: 'muted' }, t('clockHint')), state, buttons);
}

export function worldPanel() {
  const contracts = el('tbody', {});
  const tokens = el('tbody', {});
  watch(['contracts'], () => repaint(contracts, known.contracts.map(contractRow)));
  watch(['tokens', 'clock'], () => repaint(tokens, known.tokens.slice(0, TOKENS_SHOWN).map(tokenRow),
      known.tokens.length === 0 ? el('tr', {}, el('td', { colspan: 5, class: 'muted' }, t('noTokens'))) : null));
  return el('div', { class: 'sheets' },
      el('section', { class: 'sheet' }, el('h2', {}, t('contracts')), el('p', { class: 'muted' }, t('contractsHint')),
          table(['contract', 'state', 'boundTo'], contracts), contractForm()),
      el('section', { class: 'sheet' }, el('h2', {}, t('tokens')), el('p', { class: 'muted' }, t('tokensHint')),
          table(['tokenOf', 'state', 'charge', 'validity'], tokens)),
      clockPart());
}
