/** The imports of an app (/a/{app}/-/imports): who, when, what came of them; with undo. */
import { useApp } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconHistory } from "@tabler/icons-react";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useImports } from "./calls";
import { useFormName } from "./Figures";
import { ImportRow } from "./ImportRow";
import "./import.css";

export function ImportsPage() {
  const { app = "" } = useParams();
  const [parameters, setParameters] = useSearchParams();
  const form = parameters.get("form");
  const { t } = useTranslation();
  const name = useFormName(app);
  const info = useApp(app);
  const pages = useImports(app, form);
  const title = form === null ? t("imports.title") : t("imports.of", { name: name(form) });
  const found = pages.data?.pages.flatMap((page) => page.imports) ?? [];
  const may = Object.values(info.data?.forms ?? {}).some((one) => one.actions.includes("import"));
  useTitle(title);
  return (
    <div className="import-page wide">
      {form === null ? null : (
        <nav className="import-ways" aria-label={t("import.ways")}>
          <Link to={`/a/${app}/${form}`}><IconArrowLeft size={16} aria-hidden /> {t("import.back")}</Link>
        </nav>
      )}
      <header className="imports-head">
        <h1>{title}</h1>
        {form === null ? null : <Button type="link" onClick={() => setParameters({})}>{t("imports.all")}</Button>}
        {may ? <Link className="import-link primary" to={`/a/${app}/${form ?? "-"}/import`}>{t("imports.new")}</Link> : null}
      </header>
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={8} /> : null}
      {pages.data && found.length === 0 ? <EmptyState icon={<IconHistory size={24} />} title={t("imports.empty")}>{t("imports.emptyHelp")}</EmptyState> : null}
      {found.length > 0 ? <Table title={title}>{found.map((one) => <ImportRow key={one.id} one={one} />)}</Table> : null}
      {pages.hasNextPage ? <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
    </div>
  );
}

function Table({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="imports-table" role="region" tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            {(["files", "when", "by", "result"] as const).map((column) => <th scope="col" key={column}>{t(`imports.${column}`)}</th>)}
            <th scope="col"><span className="sr-only">{t("imports.actions")}</span></th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
