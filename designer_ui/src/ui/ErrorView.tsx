import { IconAlertTriangle, IconLock, IconPlugConnectedX, IconSearchOff } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";

interface Props {
  /** Anything thrown; an error with `status` and `message` says more. */
  readonly error: unknown;
  readonly onRetry?: (() => unknown) | undefined;
  /** True inside a page that has a heading of its own. */
  readonly part?: boolean;
}

export function errorStatus(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" ? status : null;
}

/** What to say about an error in one sentence, in the language of the screen. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const status = errorStatus(error);
    if (status === 0) return t("ui.error.offlineHelp");
    const message = status === null ? "" : (error as Error).message;
    return message || t("ui.error.unexpectedHelp");
  };
}

/** An error in place of what it kept from being shown, with what to do next. */
export function ErrorView({ error, onRetry, part = false }: Props) {
  const { t } = useTranslation();
  const text = useErrorText();
  const status = errorStatus(error);
  const [icon, title] =
    status === 0
      ? [<IconPlugConnectedX key="i" size={24} />, t("ui.error.offline")]
      : status === 404
        ? [<IconSearchOff key="i" size={24} />, t("ui.error.notFound")]
        : status === 403
          ? [<IconLock key="i" size={24} />, t("ui.error.forbidden")]
          : [<IconAlertTriangle key="i" size={24} />, t("ui.error.unexpected")];
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        title={title}
        heading={part ? "h2" : "h1"}
        actions={onRetry ? <Button onClick={() => void onRetry()}>{t("ui.retry")}</Button> : null}
      >
        {text(error)}
      </EmptyState>
    </div>
  );
}
