import { useTranslation } from "react-i18next";
import { ApiError, type Confirmed, type DuplicateMatch } from "@/api";

/** Saves again, confirmed. */
export type SaveAnyway = (confirm: Confirmed) => unknown;

/**
 * What to do about a save that was refused because the record is probably there already: shows what was found and
 * lets save all the same. False: it was refused for another reason, or was confirmed before.
 */
export function useDuplicateQuestion(app: string): (error: unknown, confirmed: Confirmed, saveAnyway: SaveAnyway) => boolean {
  const { t } = useTranslation();
  return (error, confirmed, saveAnyway) => {
    if (!(error instanceof ApiError) || error.code !== "possible_duplicates" || confirmed !== undefined) return false;
    const matches = (error.details["matches"] ?? []) as readonly DuplicateMatch[];
    void import("./askAboutDuplicates").then(({ askAboutDuplicates }) => askAboutDuplicates(t, app, matches, () => saveAnyway("duplicates")));
    return true;
  };
}
