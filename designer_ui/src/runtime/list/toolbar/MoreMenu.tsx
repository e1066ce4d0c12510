/** The rest of the toolbar: export, import, recycle bin, row height, and on phones what has no room above. */
import { address, formPath } from "@/api";
import { formatSort } from "@/model/view";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { IconButton } from "@/ui/IconButton";
import { IconDotsVertical, IconDownload, IconHistory, IconPalette, IconRefresh, IconRowInsertTop, IconTrash, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { OnDemandDropdown } from "@/ui/OnDemandDropdown";
import type { MenuProps } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ROW_HEIGHTS, useRowHeight, type RowHeight } from "../rowHeight";
import { fieldsOf, visibleColumns } from "../fields";
import type { ListHandle } from "../useListState";

const ViewSettings = lazy(async () => ({ default: (await import("../settings/ViewSettings")).ViewSettings }));

/** Where the current list comes as a file: the same filter, sort, search and columns. */
export function exportAddress(list: ListHandle, format: "csv" | "xlsx", language: string): string {
  const { describe, state } = list;
  return address(formPath(describe.app, describe.key, "/export"), {
    format,
    filter: list.where,
    sort: formatSort(state.sort),
    search: state.search,
    fields: visibleColumns(state.columns, fieldsOf(describe)),
    language,
  });
}

function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

export function MoreMenu({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const { height, setHeight } = useRowHeight();
  const [settings, setSettings] = useState(false);
  const { describe } = list;
  const allows = (action: (typeof describe.actions)[number]): boolean => describe.actions.includes(action);
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
            onClick: () => download(exportAddress(list, kind, language)),
          })),
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
    ...(allows("restore") || allows("delete")
      ? [
          { type: "divider" as const },
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
    {settings ? <Suspense fallback={null}><ViewSettings list={list} onClose={() => setSettings(false)} /></Suspense> : null}
    </>
  );
}
