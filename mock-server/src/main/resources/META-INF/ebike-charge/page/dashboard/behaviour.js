// What goes wrong on purpose, and what else the mock does otherwise than by default.
import { ask } from './api.js';
import { button, copyButton, el, guarded, repaint, show, toast } from './dom.js';
import { scenariosPart } from './scenarios.js';
import { known, watch } from './store.js';
import { t } from './words.js';

/** Every kind of fault, in groups. */
export const FAULTS = {
  signatures: ['signature_probe', 'wrong_body_byte', 'wrong_serial', 'unknown_serial', 'stale_timestamp', 'future_timestamp',
    'missing_signature', 'missing_timestamp', 'missing_nonce', 'missing_serial', 'missing_signature_type',
    'missing_request_id', 'missing_content_type'],
  refusals: ['frequency_limited', 'ratelimit_exceeded', 'rate_limited', 'no_auth', 'rule_limit', 'appid_mchid_not_match',
    'mchid_mismatch', 'sub_mchid_missing', 'invalid_request', 'resource_not_exists', 'certificate_expired',
    'certificate_revoked', 'certificate_replaced', 'system_error'],
  network: ['slow', 'accepted', 'bad_gateway', 'service_unavailable', 'empty_error', 'array_error', 'null_code_error',
    'reset_before_processing', 'reset_after_processing', 'truncated_body'],
};

let once = false;
/** Which calls the next fault that is switched on strikes, as the control API names it; empty for all. */
const wish = {};

function toggle(kind, on) {
  if (on) return ask('POST', 'faults', { kind, ...wish, ...once && { count: 1 } });
  return ask('DELETE', `faults?kind=${kind}`);
}

/** A switch, which is moved once the mock says that it did. */
function toggleSwitch(key, on, label, hint, action) {
  return el('button', {
    type: 'button', role: 'switch', class: 'switch', 'aria-checked': String(on), 'data-key': key,
    on: { click: guarded(() => action(!on)) },
  }, el('span', { class: 'track', 'aria-hidden': 'true' }), el('span', { class: 'label' }, label, hint ? el('small', {}, hint) : null));
}

function faultSwitch(kind) {
  const faults = known.settings.faults.filter(fault => fault.kind === kind);
  const left = faults.reduce((sum, fault) => sum + (fault.count ?? Infinity), 0);
  const hint = faults.length > 0 && Number.isFinite(left) ? t('strikesLeft', left) : t(`fault.${kind}`);
  return toggleSwitch(`fault-${kind}`, faults.length > 0, el('code', {}, kind), hint, on => toggle(kind, on));
}

/** A field; `take` gets what is in it, or nothing. */
function field(name, type, properties, take, on = {}) {
  return el('input', {
    type, 'data-key': name, ...properties,
    on: { change: ({ target }) => { if (target.reportValidity()) take(target.value === '' ? undefined : target.value); }, ...on },
  });
}

function labelled(input) {
  return el('label', {}, t(input.dataset.key), input);
}

function wishPart() {
  const number = value => value && Number(value);
  const put = (name, read) => value => {
    wish[name] = read(value);
    if (wish[name] === undefined) delete wish[name];
  };
  const share = wish.rate === undefined ? '' : Math.round(wish.rate * 1e6) / 1e4;
  return el('details', {}, el('summary', {}, t('whichCalls')), el('div', { class: 'fields' },
      [field('ofContract', 'text', { size: 32, placeholder: t('any'), value: wish.contract_id ?? '' }, put('contract_id', value => value)),
        field('share', 'number', { min: 0, max: 100, step: 'any', placeholder: 100, value: share }, put('rate', value => value && Number(value) / 100)),
        field('seed', 'number', { step: 1, placeholder: 1, value: wish.seed ?? '' }, put('seed', number)),
        field('delay', 'number', { min: 0, max: 600000, step: 1, placeholder: 11000, value: wish.delay_ms ?? '' }, put('delay_ms', number))]
          .map(labelled)));
}

function faultsPart() {
  const body = el('div', {});
  watch(['settings'], paint);
  function paint() {
    if (!known.settings) return;
    repaint(body,
        el('div', { class: 'bar' },
            el('div', { class: 'segments', role: 'group', 'aria-label': t('howOften') }, [false, true].map(value => el('button', {
              type: 'button', 'aria-pressed': String(once === value), 'data-key': `once-${value}`,
              on: { click: () => { once = value; paint(); } },
            }, t(value ? 'nextCall' : 'everyCall')))),
            el('span', { class: 'space' }),
            button(t('allOff'), () => ask('DELETE', 'faults'), { class: 'button quiet', key: 'faults-off' })),
        Object.entries(FAULTS).map(([group, kinds]) => el('div', {},
            el('h3', {}, t(`faults.${group}`)), el('div', { class: 'switches' }, kinds.map(faultSwitch)))));
  }
  return el('section', { class: 'sheet' }, el('h2', {}, t('faults')), el('p', { class: 'muted' }, t('faultsHint')), wishPart(), body);
}

function triggersPart() {
  const kinds = el('select', { id: 'trigger', on: { change: paint } },
      Object.values(FAULTS).flat().map(kind => el('option', { value: kind, selected: kind === 'rule_limit' }, kind)));
  const values = el('dl', { class: 'values' });
  function paint() {
    const code = kinds.value.toUpperCase();
    const value = (name, text) => [el('dt', {}, name), el('dd', {}, el('code', {}, text), copyButton(text))];
    values.replaceChildren(...value(t('field.contract_id'), `TRIGGER_${code}`).concat(value(t('header'), `Mock-Prefer: code=${code}`)));
  }
  paint();
  return el('section', { class: 'sheet' }, el('h2', {}, t('triggers')), el('p', { class: 'muted' }, t('triggersHint')),
      el('label', { class: 'inline', for: 'trigger' }, t('trigger')), kinds, values);
}

function settingsPart() {
  let changing = false;
  const set = change => guarded(async () => {
    changing = true;
    try {
      await ask('PATCH', 'configuration', change);
    } catch (failure) {
      paint();
      throw failure;
    } finally {
      changing = false;
    }
    toast(t('set'));
  })();
  const notices = (name, value) => set({ notices: { [name]: value } });
  // what came while the field had the focus, and nothing was put in
  const left = { blur: ({ target }) => { if (!changing && target.checkValidity()) paint(); } };

  const switches = el('div', { class: 'switches' });
  const answer = el('select', { 'data-key': 'answer-by-rule', on: { change: event => notices('answer', event.target.value) } },
      ['WAITING', 'CONFIRMED', 'DECLINED', 'IGNORED'].map(value =>
        el('option', { value }, t(value === 'WAITING' ? 'byHand' : `answer.${value}`))));
  const answerAfter = field('answerAfter', 'number', { min: 0, max: 86400000, step: 1 },
      value => notices('answer_after_ms', Number(value ?? 0)), left);
  const webhook = field('webhook', 'url', { size: 32, pattern: 'https?://.+', placeholder: 'http://127.0.0.1:9000/notices' },
      value => notices('webhook_url', value ?? null), left);
  watch(['settings'], paint);
  function paint() {
    const now = known.settings;
    if (!now) return;
    repaint(switches,
        toggleSwitch('unsigned', now.unsigned === 'allow', t('unsigned'), t('unsignedHint'), on => set({ unsigned: on ? 'allow' : 'refuse' })),
        toggleSwitch('unlisted', now.charging.unlisted_contracts_opened, t('unlisted'), t('unlistedHint'),
            on => set({ charging: { unlisted_contracts_opened: on } })),
        toggleSwitch('explanation', now.explanation_header, t('explanationHeader'), t('explanationHeaderHint'),
            on => set({ explanation_header: on })),
        toggleSwitch('delivered', now.notices.delivered, t('delivered'), t('deliveredHint'), on => notices('delivered', on)));
    answer.value = now.notices.answer;
    show(answerAfter, now.notices.answer_after_ms);
    show(webhook, now.notices.webhook_url ?? '');
  }
  return el('section', { class: 'sheet' }, el('h2', {}, t('settings')), el('p', { class: 'muted' }, t('settingsHint')),
      switches, el('label', { class: 'inline' }, t('answerByRule'), answer),
      el('div', { class: 'fields' }, [answerAfter, webhook].map(labelled)));
}

export function behaviourPanel() {
  return el('div', { class: 'sheets' }, faultsPart(), triggersPart(), scenariosPart(), settingsPart());
}
