// What a client is configured with, and snippets that run as they stand.
import { controlToken } from './api.js';
import { copyButton, el, repaint } from './dom.js';
import { CONTRACT } from './example.js';
import { SNIPPETS } from './snippets.js';
import { known, watch } from './store.js';
import { t } from './words.js';

const KEY = 'ebike-charge.snippet';

let chosen = sessionStorage.getItem(KEY);
if (!SNIPPETS[chosen]) chosen = 'curl';

/** Where the gateway is, as seen from this browser. */
export function gatewayUrl() {
  const { base_url: base } = known.credentials;
  if (!base) return location.origin;
  const url = new URL(base);
  url.hostname = location.hostname;
  return url.origin;
}

function snippetsPart() {
  const languages = el('div', { class: 'segments wrap', role: 'group', 'aria-label': t('snippets') });
  const code = el('pre', { tabindex: 0, id: 'snippet' });
  const hint = el('p', { class: 'muted' });
  const text = () => SNIPPETS[chosen].text({
    gateway: gatewayUrl(), control: location.origin, token: controlToken() !== null, credentials: known.credentials,
  });
  watch(['credentials'], paint);
  function paint() {
    if (!known.credentials) return;
    repaint(languages, Object.entries(SNIPPETS).map(([name, { title }]) => el('button', {
      type: 'button', 'aria-pressed': String(name === chosen), 'data-key': `snippet-${name}`,
      on: { click: () => { chosen = name; sessionStorage.setItem(KEY, name); paint(); } },
    }, title)));
    hint.textContent = t(`snippet.${SNIPPETS[chosen].hint}`);
    code.replaceChildren(el('code', {}, text()));
  }
  return el('section', { class: 'sheet' }, el('h2', {}, t('snippets')), languages, hint, code, copyButton(text, 'copy-snippet'));
}

function pem(title, text) {
  return el('details', {}, el('summary', {}, title), el('pre', { tabindex: 0 }, el('code', {}, text.trim())), copyButton(text));
}

function credentialsPart() {
  const body = el('div', {});
  watch(['credentials'], () => {
    const all = known.credentials;
    if (!all) return;
    const value = (name, text) => [el('dt', {}, t(name)), el('dd', {}, el('code', {}, text), copyButton(text, `copy-${name}`))];
    repaint(body,
        el('dl', { class: 'values' },
            value('address', gatewayUrl()), value('field.mchid', all.mchid), value('field.serial', all.merchant_serial_no),
            value('field.apiV3Key', all.api_v3_key), value('field.publicKeyId', all.platform_public_key_id),
            value('field.contract_id', CONTRACT)),
        pem(t('field.privateKey'), all.merchant_private_key),
        pem(t('field.certificate'), all.merchant_certificate),
        pem(t('field.publicKey'), all.platform_public_key),
        all.platform_certificates.map(({ serial_no: serial, certificate }) => pem(`${t('field.platformCertificate')} ${serial}`, certificate)));
  });
  return el('section', { class: 'sheet' }, el('h2', {}, t('credentials')), el('p', { class: 'muted' }, t('credentialsHint')), body);
}

export function connectPanel() {
  return el('div', { class: 'sheets' }, snippetsPart(), credentialsPart());
}
