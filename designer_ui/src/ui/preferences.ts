import { create } from "zustand";

export type LanguageCode = "en" | "zh-CN";
export type ThemePreference = "light" | "dark" | "system";

interface Preferences {
  readonly language: LanguageCode;
  readonly theme: ThemePreference;
  /** Chosen by somebody before signing in: outlives what the account says. */
  readonly wish: LanguageCode | null;
  readonly setLanguage: (language: LanguageCode) => void;
  readonly setTheme: (theme: ThemePreference) => void;
  readonly wishLanguage: (language: LanguageCode) => void;
  readonly forgetWish: () => void;
}

const STORAGE = "joinery.preferences";

function stored(): Partial<Pick<Preferences, "language" | "theme">> {
  try {
    return JSON.parse(localStorage.getItem(STORAGE) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}

export function asLanguage(value: string | null | undefined): LanguageCode | null {
  if (!value) return null;
  return value.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function asTheme(value: string | null | undefined): ThemePreference | null {
  return value === "light" || value === "dark" || value === "system" ? value : null;
}

/** Language and theme of this screen: the browser remembers them, and the signed-in user's wish overrides. */
export const usePreferences = create<Preferences>((set) => ({
  language: asLanguage(stored().language) ?? asLanguage(navigator.language) ?? "en",
  theme: asTheme(stored().theme) ?? "system",
  wish: null,
  setLanguage: (language) => set({ language }),
  setTheme: (theme) => set({ theme }),
  wishLanguage: (language) => set({ language, wish: language }),
  forgetWish: () => set({ wish: null }),
}));

usePreferences.subscribe(({ language, theme }) => {
  try {
    localStorage.setItem(STORAGE, JSON.stringify({ language, theme }));
  } catch {
    // Storage may be switched off: the choice then lasts as long as the page.
  }
});
