// The page's words, in English and Chinese.
import en from './en.js';
import zh from './zh.js';

const WORDS = { en, zh };
const KEY = 'ebike-charge.language';

export const LANGUAGES = Object.keys(WORDS);

let language = localStorage.getItem(KEY) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
if (!WORDS[language]) language = 'en';
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';

export function currentLanguage() {
  return language;
}

export function speak(next) {
  language = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
}

/** The text with this name, with what is to stand in the place of {0}, {1}. */
export function t(name, ...values) {
  const text = WORDS[language][name];
  if (text === undefined) throw new Error(`There are no words for ${name}`);
  return values.reduce((sentence, value, i) => sentence.replaceAll(`{${i}}`, () => String(value)), text);
}

/** The text in the page's language of an object with one for each. */
export function inLanguage(texts) {
  return texts[language] ?? texts.en;
}
