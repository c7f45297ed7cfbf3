// The page: its frame, its tabs, its language and its colours.
import { ask, controlToken, onTokenWanted, setControlToken } from './api.js';
import { button, el, icon, openDialog, repaint, toast } from './dom.js';
import { requestsPanel } from './requests.js';
import { known, now, start, unwatchAll, watch } from './store.js';
import { currentLanguage, speak, t } from './words.js';

const PANELS = { requests: requestsPanel };
const THEME = 'ebike-charge.theme';
const THEMES = ['auto', 'light', 'dark'];

let theme = localStorage.getItem(THEME) ?? 'auto';

function applyTheme() {
  document.documentElement.dataset.theme = theme;
}

function tabOf(hash) {
  return Object.hasOwn(PANELS, hash.slice(1)) ? hash.slice(1) : 'requests';
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
      }, { class: 'button quiet', title: t('resetHint') }),
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
  const names = Object.keys(PANELS);
  return el('nav', { class: 'tabs', 'aria-label': t('title') }, names.map(name => el('a', {
    href: `#${name}`, 'data-key': `tab-${name}`, 'aria-current': name === current ? 'page' : null,
  }, t(`tab.${name}`))));
}

let ticking;

function paint() {
  clearInterval(ticking);
  unwatchAll();
  document.title = t('title');
  const current = tabOf(location.hash);
  document.body.dataset.tab = current;
  repaint(document.body,
      header(), tabs(), el('main', { id: 'main' }, PANELS[current]()),
      el('div', { class: 'toasts', role: 'status' }));
}

applyTheme();
paint();
window.addEventListener('hashchange', paint);
start();
