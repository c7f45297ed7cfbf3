// Requests from the page itself, so that there is something to see before a client is ready.
import { ask } from './api.js';
import { button, el } from './dom.js';
import { EXAMPLE } from './example.js';
import { known } from './store.js';
import { t } from './words.js';

/** The example's body; each call a charge of its own. */
function freshBody() {
  const body = JSON.parse(EXAMPLE.body);
  body.charge_info.device_id = String(Date.now());
  return JSON.stringify(body);
}

async function confirm(change) {
  const { target } = EXAMPLE;
  const body = freshBody();
  const { authorization } = await ask('POST', 'sign', { method: 'POST', target, body });
  try {
    await fetch(target, {
      method: 'POST',
      headers: { Accept: 'application/json', Authorization: authorization, 'Content-Type': 'application/json' },
      body: change(body),
    });
  } catch (reset) {
    console.info('No answer, as a fault may wish:', reset.message); // the journal tells it, too
  }
}

/** Only where the gateway is at the page's own address: a browser asks no other. */
export function sendButtons() {
  if (known.credentials?.base_url) return null;
  return el('span', { class: 'group' },
      button(t('sendRight'), () => confirm(body => body), { key: 'send-right' }),
      button(t('sendWrong'), () => confirm(body => body.replace('":', '": ')), { key: 'send-wrong' }));
}
