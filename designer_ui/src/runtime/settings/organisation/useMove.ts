import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";
import { useChangeDepartment } from "../calls";
import type { Department } from "../types";
import type { Place } from "./treeMoves";

/** Puts a department somewhere else, and says where it stands then. */
export function useMove(open: readonly Department[]) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const change = useChangeDepartment();
  return (id: number, { parent_id, before_id }: Place): void => {
    const name = open.find((one) => one.id === id)?.name ?? "";
    const parent = open.find((one) => one.id === parent_id)?.name;
    change.mutate({ id, parent_id, before_id }, {
      onSuccess: () => announce(parent ? t("settings.organisation.movedInto", { name, parent }) : t("settings.organisation.movedTop", { name })),
      onError: (error) => showToast({ text: errorText(error) }),
    });
  };
}
