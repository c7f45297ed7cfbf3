// Requests from the page itself, so that there is something to see before a client is ready.
import { ask } from './api.js';
import { button, el } from './dom.js';
import { known } from './store.js';
import { t } from './words.js';

export const DEMO_CONTRACT = 'aAfixCs13LsdKPpfZfDkk2189ssXjfx';

/** The body of a confirm; each call a charge of its own. */
export function demoBody(device = String(Date.now())) {
  return {
    appid: 'wx47c677487ce3ac47',
    charge_info: {
      start_time: '2026-11-24T12:00:00+08:00',
      charging_station_name: '东门充电站',
      charging_gun_number: '1',
      device_id: device,
    },
  };
}

async function confirm(change) {
  const target = `/v3/ebike/charge/contracts/${DEMO_CONTRACT}/confirm`;
  const body = JSON.stringify(demoBody());
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
