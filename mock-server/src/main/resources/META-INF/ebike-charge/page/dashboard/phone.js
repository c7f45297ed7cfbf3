// A user's phone: the notice that a confirm sends, and the user's answer by hand.
import { ask } from './api.js';
import { button, el, icon, repaint, time } from './dom.js';
import { known, now, watch } from './store.js';
import { t } from './words.js';

const EARLIER = 6;
const SHAPES = { CONFIRMED: ['good', 'check'], DECLINED: ['bad', 'cross'], IGNORED: ['waiting', 'dash'], WAITING: ['unsigned', 'mark'] };

export function waitingNotices() {
  return known.notices.filter(notice => notice.answer === 'WAITING');
}

function answerBadge(answer) {
  const [kind, shape] = SHAPES[answer];
  return el('span', { class: `badge ${kind}` }, el('span', { class: 'shape' }, icon(shape)), t(`answer.${answer}`));
}

function callbackText({ state, attempts, last_error: error }) {
  return el('p', { class: 'muted' }, t(`callback.${state}`, attempts), error ? ` · ${error}` : '');
}

function answers(notice) {
  const give = answer => ask('POST', `notices/${encodeURIComponent(notice.id)}/answer`, { answer });
  return el('div', { class: 'answers' }, ['CONFIRMED', 'DECLINED', 'IGNORED'].map(answer => button(
      t(`give.${answer}`), () => give(answer),
      { key: `answer-${answer}`, class: answer === 'CONFIRMED' ? 'button primary' : 'button' })));
}

function card(notice) {
  return el('article', { class: 'notice', id: `notice-${notice.id}` },
      el('header', {}, el('span', { class: 'sender' }, t('sender')), time(notice.sent_at)),
      el('h3', { lang: 'zh-CN' }, notice.title),
      el('p', { class: 'said', lang: 'zh-CN' }, notice.text),
      notice.delivery === 'SENT' ? el('p', { class: 'muted' }, t('notDelivered')) : null,
      notice.answer === 'WAITING' ? answers(notice) : answerBadge(notice.answer),
      notice.callback ? callbackText(notice.callback) : null);
}

function earlier(notices) {
  return notices.length === 0 ? null : el('section', { class: 'earlier' },
      el('h3', {}, t('earlier')),
      el('ul', {}, notices.slice(0, EARLIER).map(notice => el('li', {},
          el('span', { class: 'muted' }, t('noticeNo', notice.id), ' ', time(notice.sent_at)), answerBadge(notice.answer)))));
}

export function phonePanel() {
  const clock = el('span', {});
  const screen = el('div', { class: 'screen' });
  const below = el('div', {});
  watch(['notices', 'clock', 'live'], () => {
    clock.textContent = now()?.toLocaleTimeString('en-GB').slice(0, 5) ?? '';
    const waiting = waitingNotices();
    const shown = waiting[0] ?? known.notices[0];
    repaint(screen,
        shown ? card(shown) : el('p', { class: 'nothing' }, t('noNotice')),
        waiting.length > 1 ? el('p', { class: 'muted more' }, t('moreWaiting', waiting.length - 1)) : null);
    repaint(below, earlier(known.notices.filter(notice => notice !== shown)));
  });
  return el('aside', { class: 'phone', 'aria-label': t('tab.phone') },
      el('h2', {}, t('tab.phone')),
      el('p', { class: 'muted' }, t('phoneHint')),
      el('div', { class: 'case', role: 'group' }, el('div', { class: 'statusbar', 'aria-hidden': 'true' }, clock, el('i', {}), el('span', {}, '5G')), screen),
      below);
}
