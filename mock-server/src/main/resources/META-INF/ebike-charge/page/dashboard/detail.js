// One request and its answer, whole.
import { ask } from './api.js';
import { closeButton, copyButton, el, guarded, openDialog, time } from './dom.js';
import { wholeDifference } from './difference.js';
import { explanation, statusText, verdictBadge } from './requests.js';
import { inLanguage, t } from './words.js';

export const showRequest = request => guarded(async () => {
  const detail = await ask('GET', `requests/${request.id}`);
  const { summary } = detail;
  const why = summary.verdict === 'refused' ? await explanation(request) : null;
  const dialog = openDialog({ class: 'drawer', 'aria-labelledby': 'request-title' },
      el('header', {},
          el('div', {},
              el('h2', { id: 'request-title' }, t('requestNo', summary.id)),
              el('p', { class: 'target' }, el('b', {}, summary.method), ' ', summary.target)),
          closeButton(() => dialog)),
      el('p', { class: 'facts' }, verdictBadge(summary.verdict), statusText(summary),
          summary.fault ? el('span', { class: 'chip' }, summary.fault) : null,
          time(summary.received_at)),
      summary.message ? el('p', { class: 'told' }, summary.message) : null,
      why ? explanationPart(why) : null,
      el('div', { class: 'sides' },
          side(t('request'), detail.request_headers, detail.request_body, detail.request_body_base64, summary.method),
          side(t('answer'), detail.response_headers, detail.response_body, detail.response_body_base64, summary.status)));
})();

function explanationPart(why) {
  return el('section', { class: 'explanation' },
      el('h3', {}, t('why')),
      el('p', {}, inLanguage(why.text)),
      el('p', { class: 'causes' }, [why.cause, ...(why.also ?? [])].map(cause => el('code', { class: 'chip' }, cause)),
          copyButton(() => [inLanguage(why.text), why.expected_message, why.signed_message].filter(Boolean).join('\n\n'))),
      wholeDifference(why.expected_message, why.signed_message));
}

function side(title, headers, body, base64, first) {
  return el('section', {},
      el('h3', {}, title, ' ', el('small', {}, first === 0 ? t('connectionReset') : first)),
      el('dl', { class: 'headers' }, headers.map(({ name, value }) => [el('dt', {}, name), el('dd', {}, value)])),
      body === ''
        ? el('p', { class: 'muted' }, t('noBody'))
        : [
          el('pre', { tabindex: 0 }, el('code', {}, body)),
          base64 ? el('p', { class: 'muted' }, t('notUtf8')) : null,
          copyButton(base64 ?? body),
        ]);
}
