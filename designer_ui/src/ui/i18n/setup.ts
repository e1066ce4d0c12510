import type { Locale } from "antd/es/locale";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { LanguageCode } from "../preferences";

export interface LanguageTexts {
  readonly texts: Record<string, unknown>;
  /** antd's own words for this language. */
  readonly locale: Locale;
}

export type LoadTexts = (language: LanguageCode) => Promise<LanguageTexts>;

const locales = new Map<LanguageCode, Locale>();
let load: LoadTexts | null = null;

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

/** Switches the screen's language once its words have arrived. */
export async function showLanguage(language: LanguageCode): Promise<void> {
  if (!locales.has(language) && load) {
    const { texts, locale } = await load(language);
    i18next.addResourceBundle(language, "translation", texts, true, true);
    locales.set(language, locale);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const antdLocale = (language: LanguageCode): Locale | undefined => locales.get(language);
