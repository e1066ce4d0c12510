/** What can be done with the open view: save, save as, rename, share, delete, undo the changes. */
import { ApiError } from "@/api";
import { differsFromView, viewBody } from "@/model/view";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconDots } from "@tabler/icons-react";
import { OnDemandDropdown } from "@/ui/OnDemandDropdown";
import { Button, type MenuProps } from "antd";
import { ask } from "@/ui/ask";
import { showToast } from "@/ui/toast";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { possibleKinds } from "../kinds";
import type { ListHandle } from "../useListState";
import { isOwnView, useViewCalls, type ViewBody } from "./saving";

const ViewDialog = lazy(async () => ({ default: (await import("./ViewDialog")).ViewDialog }));

type DialogKind = "save_as" | "rename";

export function ViewMenu({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const [dialog, setDialog] = useState<DialogKind | null>(null);
  const { describe, view, state, openView } = list;
  const calls = useViewCalls(describe.app, describe.key);
  const own = isOwnView(view);
  const changed = differsFromView(state, view);
  const shared = view.source === "shared";
  const failed = (error: unknown): void => {
    showToast({ text: error instanceof ApiError ? errorText(error) : t("ui.error.unexpectedHelp") });
  };
  const update = async (body: ViewBody): Promise<void> => {
    if (view.id === undefined) return;
    try {
      await calls.update.mutateAsync({ id: view.id, body });
      openView(view.key);
      announce(t("list.view.saved"));
    } catch (error) {
      failed(error);
    }
  };
  const save = () => update(viewBody(state, format.label(view.label), shared));
  const remove = (): void => {
    const { id } = view;
    if (id === undefined) return;
    ask({
      title: t("list.view.deleteQuestion", { name: format.label(view.label) }),
      content: shared ? t("list.view.deleteShared") : t("list.view.deleteOwn"),
      okText: t("ui.delete"),
      danger: true,
      onOk: () => calls.drop.mutateAsync(id).then(() => openView(list.views[0]?.key ?? ""), failed),
    });
  };
  const items: MenuProps["items"] = [
    {
      type: "group",
      label: t("list.view.showAs"),
      children: possibleKinds(describe).map((kind) => ({
        key: `as-${kind}`,
        label: t(`list.view.as.${kind}`),
        onClick: () => void import("../showAs").then(({ showAs }) => list.change(showAs(describe, state, kind))),
      })),
    },
    { type: "divider" },
    ...(own && changed ? [{ key: "save", label: t("list.view.save"), onClick: () => void save() }] : []),
    { key: "save_as", label: t("list.view.saveAs"), onClick: () => setDialog("save_as") },
    ...(changed ? [{ key: "reset", label: t("list.view.reset"), onClick: () => openView(view.key) }] : []),
    ...(own
      ? [
          { type: "divider" as const },
          { key: "rename", label: t("list.view.rename"), onClick: () => setDialog("rename") },
          {
            key: "share",
            label: shared ? t("list.view.unshare") : t("list.view.share"),
            onClick: () => void update({ shared: !shared }),
          },
          { key: "delete", label: t("ui.delete"), danger: true, onClick: remove },
        ]
      : []),
  ];
  const finish = async (name: string, forAll: boolean): Promise<void> => {
    if (dialog === "rename") await calls.update.mutateAsync({ id: view.id ?? 0, body: { label: name } });
    else openView((await calls.create.mutateAsync(viewBody(state, name, forAll))).key);
    announce(t("list.view.saved"));
    setDialog(null);
  };
  return (
    <div className="list-viewmenu">
      {changed ? (
        <Button type="text" size="small" className="list-changed" onClick={() => (own ? void save() : setDialog("save_as"))}>
          {own ? t("list.view.save") : t("list.view.saveAs")}
        </Button>
      ) : null}
      <OnDemandDropdown menu={{ items, selectedKeys: [`as-${state.kind}`] }} trigger={["click"]} placement="bottomRight">
        <IconButton label={t("list.view.menu")} aria-haspopup="menu">
          <IconDots size={18} />
        </IconButton>
      </OnDemandDropdown>
      {dialog ? (
        <Suspense fallback={null}>
          <ViewDialog
            kind={dialog}
            name={dialog === "rename" ? format.label(view.label) : ""}
            onClose={() => setDialog(null)}
            onFinish={finish}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
