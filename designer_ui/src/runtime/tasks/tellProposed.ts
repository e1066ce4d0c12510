import i18next from "i18next";
import { showToast } from "@/ui/toast";
import { loadTaskTexts } from "./texts";

/** Says that what was to be saved waits for approval, and offers to show it. */
export async function tellProposed(show: () => void): Promise<void> {
  await loadTaskTexts();
  showToast({ text: i18next.t("tasks.proposal.told"), action: { label: i18next.t("tasks.proposal.show"), run: show } });
}
