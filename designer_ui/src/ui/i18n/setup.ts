import type { Locale } from "antd/es/locale";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { LanguageCode } from "../preferences";

export interface LanguageTexts {
  readonly texts: Record<string, unknown>;
  /** antd's own words for this language. */
  readonly locale: Locale;
}

/** The words of a part of the interface that few people open, in one language. */
export type LoadPart = (language: LanguageCode) => Promise<{ readonly default: Record<string, unknown> }>;

export type LoadTexts = (language: LanguageCode) => Promise<LanguageTexts>;

const locales = new Map<LanguageCode, Locale>();
let load: LoadTexts | null = null;
/** Parts that were opened, with the languages they have words in. */
const parts = new Map<LoadPart, Map<LanguageCode, Promise<void>>>();

/** Must be called once before anything is shown. `loadTexts` brings one language's words. */
export async function startTexts(language: LanguageCode, loadTexts: LoadTexts): Promise<void> {
  load = loadTexts;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await showLanguage(language);
}

/** Fetches the words of a part; to be waited for before the part is drawn. They follow later changes of language. */
export async function addTexts(part: LoadPart): Promise<void> {
  if (!parts.has(part)) parts.set(part, new Map());
  await loadPart(part, i18next.language as LanguageCode);
}

function loadPart(part: LoadPart, language: LanguageCode): Promise<void> {
  const known = parts.get(part);
  const fetched =
    known?.get(language) ??
    part(language).then((words) => void i18next.addResourceBundle(language, "translation", words.default, true, true));
  known?.set(language, fetched);
  // What could not be fetched is asked for again the next time.
  void fetched.catch(() => known?.delete(language));
  return fetched;
}

/** Switches the screen's language once its words have arrived. */
export async function showLanguage(language: LanguageCode): Promise<void> {
  if (!locales.has(language) && load) {
    const { texts, locale } = await load(language);
    i18next.addResourceBundle(language, "translation", texts, true, true);
    locales.set(language, locale);
  }
  await Promise.all([...parts.keys()].map((part) => loadPart(part, language)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const antdLocale = (language: LanguageCode): Locale | undefined => locales.get(language);
