import { useTranslation } from "react-i18next";
import { useAdministers, useApp, type SearchResult } from "@/api";
import { menuAddress, menuForms } from "@/model/menu";
import { useFormat } from "@/ui/format";

export interface PaletteEntry {
  readonly to: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly kind: string;
  readonly icon: string | null;
}

/** Pages of the open app whose names contain the text, then the records that were found. */
export function usePaletteEntries(app: string, text: string, results: readonly SearchResult[]): readonly PaletteEntry[] {
  const { t } = useTranslation();
  const format = useFormat();
  const info = useApp(app).data;
  const isAdmin = useAdministers(app);
  const wanted = text.toLowerCase();
  const pages = info
    ? menuForms(info).map((item): PaletteEntry => {
        const form = info.forms[item.form];
        const view = item.view ? form?.views.find((one) => one.key === item.view) : undefined;
        const name = format.label(form?.plural ?? form?.label);
        return {
          to: menuAddress(app, item),
          title: view ? `${name} · ${format.label(view.label)}` : name,
          subtitle: null,
          kind: t("shell.palette.page"),
          icon: form?.icon ?? null,
        };
      })
    : [];
  const design: readonly PaletteEntry[] =
    info && isAdmin
      ? [{ to: `/a/${encodeURIComponent(app)}/design/formulas`, title: t("shell.formulas"), subtitle: null, kind: t("shell.design"), icon: "tool" }]
      : [];
  const records = results.map(
    (result): PaletteEntry => ({
      to: `/a/${result.app}/${result.form}/${result.id}`,
      title: result.title || `#${result.id}`,
      subtitle: result.subtitle,
      kind: format.label(result.form_label),
      icon: info?.key === result.app ? (info.forms[result.form]?.icon ?? null) : null,
    }),
  );
  return [...[...pages, ...design].filter((page) => page.title.toLowerCase().includes(wanted)), ...records];
}
