// The page: its frame, its tabs, its language and its colours.
import { ask, onTokenWanted, setControlToken } from './api.js';
import { button, el, icon, openDialog, repaint, toast } from './dom.js';
import { behaviourPanel } from './behaviour.js';
import { connectPanel } from './connect.js';
import { phonePanel, waitingNotices } from './phone.js';
import { requestsPanel } from './requests.js';
import { known, now, start, unwatchAll, watch } from './store.js';
import { worldPanel } from './world.js';
import { currentLanguage, speak, t } from './words.js';

const PANELS = { requests: requestsPanel, world: worldPanel, behaviour: behaviourPanel, connect: connectPanel };
const THEME = 'ebike-charge.theme';
const NARROW = window.matchMedia('(max-width: 1080px)');
const THEMES = ['auto', 'light', 'dark'];

let theme = localStorage.getItem(THEME) ?? 'auto';

function applyTheme() {
  document.documentElement.dataset.theme = theme;
}

function tabOf(hash) {
  const name = hash.slice(1);
  return Object.hasOwn(PANELS, name) || (name === 'phone' && NARROW.matches) ? name : 'requests';
}

function header() {
  const live = el('span', { class: 'live' });
  const clock = el('span', { class: 'clock' });
  const tick = () => { clock.textContent = now()?.toLocaleTimeString('en-GB') ?? ''; };
  watch(['live', 'credentials'], () => repaint(live,
      el('span', { class: `badge ${known.live ? 'good' : 'waiting'}` },
          el('span', { class: 'shape' }, icon(known.live ? 'check' : 'dash')), known.live ? t('live') : t('connecting'))));
  watch(['clock'], tick);
  ticking = setInterval(tick, 1000);
  return el('header', { class: 'top' },
      el('h1', {}, el('img', { src: 'dashboard/icon.svg', alt: '', width: 28, height: 28 }), 'ebike-charge ', el('span', {}, 'mock')),
      live, clock, el('span', { class: 'space' }),
      el('a', { class: 'button quiet', href: 'docs' }, t('docs')),
      button(t('reset'), async () => {
        await ask('POST', 'reset');
        toast(t('resetDone'));
      }, { class: 'button quiet', key: 'reset', title: t('resetHint') }),
      button(t(`theme.${theme}`), () => {
        theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
        localStorage.setItem(THEME, theme);
        applyTheme();
        paint();
      }, { class: 'button quiet', key: 'theme', 'aria-label': t('themeIs', t(`theme.${theme}`)) }),
      button(currentLanguage() === 'en' ? '中文' : 'English', () => {
        speak(currentLanguage() === 'en' ? 'zh' : 'en');
        paint();
      }, { class: 'button quiet', key: 'language', lang: currentLanguage() === 'en' ? 'zh-CN' : 'en' }));
}

function tabs() {
  const current = tabOf(location.hash);
  const waiting = el('span', { class: 'count' });
  watch(['notices'], () => { waiting.textContent = waitingNotices().length || ''; });
  const broken = el('span', { class: 'broken' });
  watch(['scenarios'], () => repaint(broken, known.scenarios?.error
    ? [icon('cross'), el('span', { class: 'visually-hidden' }, t('fileBroken'))] : null));
  return el('nav', { class: 'tabs', 'aria-label': t('title') }, [...Object.keys(PANELS), 'phone'].map(name => el('a', {
    href: `#${name}`, 'data-key': `tab-${name}`, 'aria-current': name === current ? 'page' : null,
  }, t(`tab.${name}`), ' ', { behaviour: broken, phone: waiting }[name])));
}

let ticking;

function paint() {
  clearInterval(ticking);
  unwatchAll();
  document.title = t('title');
  const current = tabOf(location.hash);
  document.body.dataset.tab = current;
  repaint(document.body,
      header(), tabs(), el('main', {}, PANELS[current]?.()), phonePanel(),
      el('div', { class: 'toasts', role: 'status' }));
  document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

let asking = null;

/** One dialog, however many calls wait for the token. */
function askForToken(again) {
  asking ??= new Promise(given => {
    const token = el('input', { type: 'password', name: 'token', required: true, autocomplete: 'off', autofocus: true });
    const dialog = openDialog({ class: 'token', 'aria-labelledby': 'token-title' },
        el('form', {
          on: {
            submit: event => {
              event.preventDefault();
              setControlToken(token.value.trim());
              dialog.close();
            },
          },
        },
        el('h2', { id: 'token-title' }, t('tokenWanted')), el('p', { class: 'muted' }, t('tokenHint')),
        again ? el('p', { class: 'told', role: 'alert' }, t('tokenWrong')) : null,
        el('label', {}, t('controlToken'), token),
        el('button', { class: 'button primary', type: 'submit' }, t('enter'))));
    dialog.addEventListener('close', () => {
      asking = null;
      given();
    });
  });
  return asking;
}

applyTheme();
paint();
window.addEventListener('hashchange', paint);
NARROW.addEventListener('change', paint);
onTokenWanted(askForToken);
start();
