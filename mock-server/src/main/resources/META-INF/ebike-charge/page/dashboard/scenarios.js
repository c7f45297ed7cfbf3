// Scenarios: how far each of them is, what is wrong with their file, and another set of them.
import { ask } from './api.js';
import { button, el, icon, repaint, toast } from './dom.js';
import { known, watch } from './store.js';
import { t } from './words.js';

const EXAMPLE = { scenarios: [{ name: 'busy twice, then right', steps: [{ answer: 'rule_limit', times: 2 }, {}] }] };

function stepText({ answer, delay_ms: delay, contract_state: state, times }) {
  return [
    answer ?? t('rightAnswer'),
    delay ? t('after', delay) : null,
    state ? t('thenContract', t(`state.${state}`)) : null,
    times > 1 ? `× ${times}` : null,
  ].filter(Boolean).join(' · ');
}

function whenText(when) {
  const conditions = Object.entries(when ?? {}).filter(([name, value]) => name !== 'operation' && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.map(header => `${header.name}: ${header.value}`).join(', ') : value}`);
  return conditions.length === 0 ? t('everyConfirm') : conditions.join(' · ');
}

function scenario({ name, when, steps, repeat }, { calls, next_step: next }) {
  return el('li', { class: 'scenario' },
      el('h3', {}, name, ' ', el('small', {}, t('calls', calls), next ? '' : ` · ${t('over')}`)),
      el('p', { class: 'muted' }, whenText(when)),
      el('ol', { class: 'steps' }, steps.map((step, i) => el('li', { 'aria-current': next === i + 1 ? 'step' : null },
          el('span', { class: 'number' }, i + 1), stepText(step), next === i + 1 ? el('b', {}, t('next')) : null)),
      repeat ? el('li', { class: 'muted' }, t('repeats')) : null));
}

function errorText(source, { line, message }) {
  return el('p', { class: 'alarm', role: 'alert' }, icon('cross'),
      el('span', {}, el('b', {}, source, line ? ` · ${t('line', line)}` : ''), el('br'), message, el('br'), t('oldInForce')));
}

export function scenariosPart() {
  const body = el('div', {});
  const text = el('textarea', { rows: 8, spellcheck: 'false', class: 'mono', 'aria-label': t('scenariosAsJson') });
  const edit = el('details', {}, el('summary', {}, t('editScenarios')), text,
      el('div', { class: 'group' },
          button(t('play'), async () => {
            await ask('PUT', 'scenarios', JSON.parse(text.value));
            toast(t('playing'));
          }, { class: 'button primary' }),
          button(t('example'), () => { text.value = JSON.stringify(EXAMPLE, null, 2); })));
  edit.addEventListener('toggle', () => {
    if (edit.open && text.value === '') text.value = JSON.stringify({ scenarios: known.scenarios?.scenarios ?? [] }, null, 2);
  });
  watch(['scenarios'], () => {
    const status = known.scenarios;
    if (!status) return;
    repaint(body,
        status.error ? errorText(status.source, status.error) : null,
        status.source ? el('p', { class: 'muted' }, t('watched'), ' ', el('code', {}, status.source)) : null,
        status.scenarios.length === 0 ? el('p', { class: 'muted' }, t('noScenarios')) : [
          el('ul', { class: 'scenarios' }, status.scenarios.map((one, i) => scenario(one, status.progress[i]))),
          button(t('removeScenarios'), () => ask('DELETE', 'scenarios'), { class: 'button quiet', key: 'remove-scenarios' })]);
  });
  return el('section', { class: 'sheet', id: 'scenarios' }, el('h2', {}, t('scenarios')), el('p', { class: 'muted' }, t('scenariosHint')), body, edit);
}
