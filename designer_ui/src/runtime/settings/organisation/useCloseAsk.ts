import { useTranslation } from "react-i18next";
import { ApiError } from "@/api";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";
import { useCloseDepartment } from "../calls";
import type { Department } from "../types";

/** Asks whether a department shall be closed; says what is still in it when it cannot be. */
export function useCloseAsk(): (department: Department) => void {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const close = useCloseDepartment();
  return (department) =>
    ask({
      title: t("settings.organisation.closeAsk", { name: department.name }),
      content: t("settings.organisation.closeHelp"),
      okText: t("settings.organisation.close"),
      danger: true,
      onOk: () =>
        close.mutateAsync(department.id).then(
          () => announce(t("settings.organisation.closed", { name: department.name })),
          (error: unknown) => showToast({ text: error instanceof ApiError && error.code === "department_in_use" ? t("settings.organisation.inUse", { people: error.details["people"], departments: error.details["departments"] }) : errorText(error) }),
        ),
    });
}
