import { IconMapOff } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { useTitle } from "@/ui/useTitle";

export function NotFoundPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t("shell.notFound"));
  return (
    <EmptyState
      heading="h1"
      icon={<IconMapOff size={24} />}
      title={t("shell.notFound")}
      actions={<Button type="primary" onClick={() => void navigate("/")}>{t("shell.home")}</Button>}
    >
      {t("shell.notFoundHelp")}
    </EmptyState>
  );
}
