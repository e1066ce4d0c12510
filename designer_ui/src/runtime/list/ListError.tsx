import { ApiError } from "@/api";
import { ErrorView } from "@/ui/ErrorView";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "./useListState";

/** A filter the server refuses is the person's to mend: offer to take it away. */
export function ListError({ list, error, onRetry }: { list: ListHandle; error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const refused = error instanceof ApiError && (error.status === 422 || error.status === 400);
  return (
    <div className="list-error">
      <ErrorView part error={error} onRetry={onRetry} />
      {refused ? (
        <p>
          <Button onClick={() => list.change({ filter: "", sort: [], search: "", quick: {}, colors: [], groupBy: "", totals: null })}>{t("list.empty.reset")}</Button>
        </p>
      ) : null}
    </div>
  );
}
