/** The rest of the toolbar: export, import, recycle bin, row height, and on phones what has no room above. */
import { address, formPath, request } from "@/api";
import { formatSort } from "@/model/view";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { IconButton } from "@/ui/IconButton";
import { IconDotsVertical, IconDownload, IconFileExport, IconHistory, IconListCheck, IconPalette, IconRefresh, IconRowInsertTop, IconTrash, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/ui/toast";
import { OnDemandDropdown } from "@/ui/OnDemandDropdown";
import type { MenuProps } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ROW_HEIGHTS, useRowHeight, type RowHeight } from "../rowHeight";
import { fieldsOf, visibleColumns } from "../fields";
import type { ListHandle } from "../useListState";

const ExportDialog = lazy(async () => {
  const [{ ExportDialog }, { loadExportTexts }] = await Promise.all([import("../export/ExportDialog"), import("../export/texts")]);
  await loadExportTexts();
  return { default: ExportDialog };
});
const ViewSettings = lazy(async () => {
  const [{ ViewSettings: component }] = await Promise.all([import("../settings/ViewSettings"), import("../settings/texts").then((texts) => texts.loadSettingsTexts())]);
  return { default: component };
});

/**
 * What comes as a file is what the list shows: the same filter, sort, search and columns. A file that is to be imported
 * `again` has the numbers of the records too, and names related ones so that an import finds them.
 */
function exportQuery(list: ListHandle, format: "csv" | "xlsx", language: string, again: boolean) {
  const { describe, state } = list;
  const fields = visibleColumns(state.columns, fieldsOf(describe));
  return {
    format,
    filter: list.where,
    sort: formatSort(state.sort),
    search: state.search,
    fields: again ? ["id", ...fields.filter((key) => key !== "id")] : fields,
    relations: again ? "key" : undefined,
    language,
  };
}

function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

export function MoreMenu({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = format;
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const { height, setHeight } = useRowHeight();
  const [settings, setSettings] = useState(false);
  const [job, setJob] = useState<number | null>(null);
  const errorText = useErrorText();
  const { describe } = list;
  const allows = (action: (typeof describe.actions)[number]): boolean => describe.actions.includes(action);
  const exportAs = async (kind: "csv" | "xlsx", again = false): Promise<void> => {
    const path = formPath(describe.app, describe.key, "/export");
    const query = exportQuery(list, kind, language, again);
    try {
      const started = await request<{ job: { id: number } | null }>(path, { method: "POST", query, body: {} });
      if (started.job) setJob(started.job.id);
      else download(address(path, query));
    } catch (error) {
      showToast({ text: errorText(error) });
    }
  };
  const items: MenuProps["items"] = [
    {
      key: "refresh",
      icon: <IconRefresh size={16} />,
      label: t("list.more.refresh"),
      onClick: () => void client.invalidateQueries({ queryKey: ["form", describe.app, describe.key] }),
    },
    { key: "settings", icon: <IconPalette size={16} />, label: t("list.more.settings"), onClick: () => setSettings(true) },
    // Cards are as tall as what stands on them.
    ...(phone
      ? []
      : [
          {
            key: "height",
            icon: <IconRowInsertTop size={16} />,
            label: t("list.more.height"),
            children: (Object.keys(ROW_HEIGHTS) as RowHeight[]).map((key) => ({
              key: `height-${key}`,
              label: t(`list.more.${key}`),
              onClick: () => setHeight(key),
            })),
          },
        ]),
    ...(allows("export")
      ? [
          { type: "divider" as const },
          ...(["csv", "xlsx"] as const).map((kind) => ({
            key: kind,
            icon: <IconDownload size={16} />,
            label: t(`list.more.${kind}`),
            onClick: () => void exportAs(kind),
          })),
          {
            key: "again",
            icon: <IconFileExport size={16} />,
            label: t("list.more.again"),
            children: (["csv", "xlsx"] as const).map((kind) => ({ key: `again-${kind}`, label: kind === "csv" ? "CSV" : "Excel", onClick: () => void exportAs(kind, true) })),
          },
        ]
      : []),
    ...(allows("import")
      ? [
          {
            key: "import",
            icon: <IconUpload size={16} />,
            label: t("list.more.import"),
            onClick: () => void navigate(`/a/${describe.app}/${describe.key}/import`),
          },
          {
            key: "imports",
            icon: <IconHistory size={16} />,
            label: t("list.more.imports"),
            onClick: () => void navigate(`/a/${describe.app}/-/imports?form=${describe.key}`),
          },
        ]
      : []),
    ...(allows("edit") || allows("delete")
      ? [
          { type: "divider" as const },
          {
            key: "batches",
            icon: <IconListCheck size={16} />,
            label: t("list.more.batches"),
            onClick: () => void navigate(`/a/${describe.app}/${describe.key}/batches`),
          },
        ]
      : []),
    ...(allows("restore") || allows("delete")
      ? [
          {
            key: "bin",
            icon: <IconTrash size={16} />,
            label: t("list.more.bin"),
            onClick: () => void navigate(`/a/${describe.app}/${describe.key}/bin`),
          },
        ]
      : []),
  ];
  return (
    <>
    <OnDemandDropdown menu={{ items, selectedKeys: [`height-${height}`] }} trigger={["click"]} placement="bottomRight">
      <IconButton label={t("ui.more")} aria-haspopup="menu" className="list-more">
        <IconDotsVertical size={18} />
      </IconButton>
    </OnDemandDropdown>
    {job === null ? null : (
      <Suspense fallback={null}>
        <ExportDialog id={job} form={format.label(describe.plural ?? describe.label)} onClose={() => setJob(null)} />
      </Suspense>
    )}
    {settings ? <Suspense fallback={null}><ViewSettings list={list} onClose={() => setSettings(false)} /></Suspense> : null}
    </>
  );
}
