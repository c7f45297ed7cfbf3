// Where two messages begin to differ, and how that is shown.
import { el } from './dom.js';
import { t } from './words.js';

const BEFORE = 24;
const AFTER = 36;

const INVISIBLE = { '\n': '↵\n', '\r': '␍', '\t': '⇥', '\u00a0': '⍽', '\ufeff': '[BOM]', '\u200b': '[ZWSP]' };

/** The first place where the messages differ; null if one is missing or both are the same. */
export function firstDifference(expected, signed) {
  if (expected === undefined || signed === undefined || expected === null || signed === null || expected === signed) {
    return null;
  }
  const a = [...expected];
  const b = [...signed];
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const before = a.slice(0, at);
  const line = before.filter(character => character === '\n').length + 1;
  return { at, line, column: at - before.lastIndexOf('\n'), a, b };
}

function visible(characters) {
  return characters.map(character => INVISIBLE[character] ?? character).join('');
}

/** A message with its invisible characters shown, and the one at `at` marked. */
function message(characters, at, from, to) {
  const end = Math.min(to, characters.length);
  const marked = at < characters.length ? visible([characters[at]]).trimEnd() || '␣' : t('end');
  return el('code', { class: 'message' },
      from > 0 ? '…' : '',
      visible(characters.slice(from, at)),
      el('mark', {}, marked),
      at < characters.length && characters[at] === '\n' ? '\n' : '',
      visible(characters.slice(at + 1, end)),
      end < characters.length ? '…' : '');
}

/** One line each: what was expected around the first difference, and what was signed there. */
export function shortDifference({ at, line, column, a, b }) {
  const from = Math.max(0, at - BEFORE, a.slice(0, at).lastIndexOf('\n') + 1);
  const part = characters => message(characters, at, from, at + AFTER);
  return el('div', { class: 'difference' },
      el('p', { class: 'where' }, t('differsAt', line, column)),
      el('dl', {},
          el('dt', {}, t('expected')), el('dd', {}, part(a)),
          el('dt', {}, t('signed')), el('dd', {}, part(b))));
}

/** Both messages whole, beside each other. */
export function wholeDifference(expected, signed) {
  const difference = firstDifference(expected, signed);
  const column = (title, text, characters) => el('figure', {},
      el('figcaption', {}, title),
      el('pre', { tabindex: 0 }, difference
          ? message(characters, difference.at, 0, characters.length)
          : el('code', { class: 'message' }, visible([...text]))));
  return el('div', { class: 'messages' },
      expected ? column(t('expectedMessage'), expected, difference?.a) : null,
      signed ? column(t('signedMessage'), signed, difference?.b) : null);
}
