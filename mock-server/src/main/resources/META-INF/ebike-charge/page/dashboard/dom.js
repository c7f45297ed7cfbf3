// Elements out of JavaScript. Text is always text: nothing here reads HTML.
import { t } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  cross: 'M4.5 4.5 11.5 11.5M11.5 4.5 4.5 11.5',
  dash: 'M4.5 8H11.5',
  mark: 'M8 4V9M8 11.4V11.6',
  copy: 'M5.5 5.5V3.5H12.5V10.5H10.5M3.5 5.5H10.5V12.5H3.5Z',
  bolt: 'M9 1.5 3.5 9H7.5L6.5 14.5 12.5 7H8.5Z',
};

/** An element; `on` holds its listeners, a property of null or false is left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    } else if (name === 'value') {
      element.value = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button; `key` lets it keep the focus when what is around it is painted anew. */
export function button(label, action, properties = {}) {
  const { key, ...rest } = properties;
  return el('button', { type: 'button', class: 'button', 'data-key': key, ...rest, on: { click: guarded(action) } }, label);
}

/** What fails is told at the bottom of the page. */
export function guarded(action) {
  return async event => {
    try {
      await action(event);
    } catch (failure) {
      toast(failure.message, 'bad');
    }
  };
}

export function copyButton(text, key) {
  return button([icon('copy'), el('span', {}, t('copy'))], async () => {
    await copy(typeof text === 'function' ? text() : text);
    toast(t('copied'));
  }, { class: 'button quiet copy', key });
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = el('textarea', { class: 'hidden-text', value: text, 'aria-hidden': 'true' });
  const focused = document.activeElement;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus();
  if (!done) throw new Error(t('copyFailed'));
}

/** Paints a container anew without taking the focus from it. What is typed into it is lost: fields are painted once. */
export function repaint(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset?.key;
  container.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (key) container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** Shows a value in a field, unless somebody is about to put another one there. */
export function show(field, value) {
  if (document.activeElement !== field) field.value = value;
}

export function toast(text, kind = 'good') {
  const place = document.querySelector('dialog[open] .toasts') ?? document.querySelector('body > .toasts');
  const message = el('p', { class: `toast ${kind}` }, icon(kind === 'bad' ? 'mark' : 'check'), el('span', {}, text));
  place.append(message);
  setTimeout(() => message.remove(), kind === 'bad' ? 8000 : 2500);
}

/** A dialog that Esc closes and that gives the focus back. */
export function openDialog(properties, ...children) {
  const opener = document.activeElement;
  const dialog = el('dialog', properties, ...children, el('div', { class: 'toasts', role: 'status' }));
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener?.isConnected) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function closeButton(dialog) {
  return button([icon('cross'), el('span', {}, t('close'))], () => dialog().close(), { class: 'button quiet close' });
}

export function time(iso) {
  const at = new Date(iso);
  return el('time', { datetime: iso, title: iso }, at.toLocaleTimeString('en-GB'));
}
