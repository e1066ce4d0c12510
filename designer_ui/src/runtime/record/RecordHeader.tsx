import { IconCopy, IconDots, IconPencil, IconPrinter, IconShieldCheck, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useAdministers, useApp, type Describe, type RecordJson } from "@/api";
import { IconByName } from "@/ui/IconByName";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { toneClass } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { useRecordActions } from "./actions/useRecordActions";
import { loadAccessTexts } from "../access/texts";
import { DeleteDialog } from "./DeleteDialog";
import { RecordFacts } from "./RecordFacts";
import { useCameFrom } from "./useCameFrom";

export function RecordHeader({ describe, record, onEdit }: { describe: Describe; record: RecordJson; onEdit: () => void }) {
  const color = useApp(describe.app).data?.forms[describe.key]?.color;
  return (
    <header className="record-header">
      <div className="record-head">
        <span className={`record-icon ${toneClass(color)}`}><IconByName name={describe.icon} size={22} /></span>
        <h1>{record.title || `#${record.id}`}</h1>
        <Actions describe={describe} record={record} onEdit={onEdit} />
      </div>
      <RecordFacts describe={describe} record={record} />
    </header>
  );
}

const AccessDialog = lazy(async () => {
  const [{ AccessDialog: component }] = await Promise.all([import("../access/AccessDialog"), loadAccessTexts()]);
  return { default: component };
});

const StartButtons = lazy(async () => {
  const [buttons, { loadTaskTexts }] = await Promise.all([import("../tasks/StartButtons"), import("../tasks/texts")]);
  await loadTaskTexts();
  return buttons;
});

const SHOWN = 2;

/** Edit and what the form's buttons do; what has no room stands in the menu. */
function Actions({ describe, record, onEdit }: { describe: Describe; record: RecordJson; onEdit: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const navigate = useNavigate();
  const { list } = useCameFrom(describe);
  const admin = useAdministers(describe.app);
  const [deleting, setDeleting] = useState(false);
  const [explaining, setExplaining] = useState(false);
  const { actions, busy, press, dialog } = useRecordActions(describe, record);
  const may = (action: Describe["actions"][number]) => describe.actions.includes(action);
  const shown = phone ? [] : actions.slice(0, SHOWN);
  const more: MenuEntry[] = actions.filter((action) => !shown.includes(action)).map((action) => ({
    key: `action-${action.key}`,
    label: format.label(action.label),
    icon: <IconByName name={action.icon ?? "bolt"} size={16} />,
    onSelect: () => press(action),
  }));
  const copy: MenuEntry = {
    key: "copy",
    label: t("record.duplicate"),
    icon: <IconCopy size={16} />,
    onSelect: () => void navigate(`/a/${describe.app}/${describe.key}/new?copy=${record.id}`),
  };
  const print: MenuEntry = {
    key: "print",
    label: t("record.print"),
    icon: <IconPrinter size={16} />,
    onSelect: () => void navigate(`/a/${describe.app}/${describe.key}/${record.id}/print`),
  };
  const erase: MenuEntry = { key: "delete", label: t("ui.delete"), icon: <IconTrash size={16} />, danger: true, onSelect: () => setDeleting(true) };
  const explain: MenuEntry = { key: "access", label: t("record.access"), icon: <IconShieldCheck size={16} />, onSelect: () => setExplaining(true) };
  const groups = [more, [...(may("create") ? [copy] : []), ...(may("print") ? [print] : [])], admin ? [explain] : [], may("delete") ? [erase] : []].filter((group) => group.length);
  return (
    <div className="record-actions">
      {describe.workflows.length ? <Suspense fallback={null}><StartButtons describe={describe} record={record} /></Suspense> : null}
      {shown.map((action) => (
        <Button
          key={action.key}
          type={action.primary ? "primary" : "default"}
          icon={<IconByName name={action.icon ?? "bolt"} size={16} />}
          loading={busy === action.key}
          onClick={() => press(action)}
        >
          {format.label(action.label)}
        </Button>
      ))}
      {may("edit") ? (
        <Button type={shown.some((action) => action.primary) ? "default" : "primary"} icon={<IconPencil size={16} aria-hidden />} onClick={onEdit}>{t("ui.edit")}</Button>
      ) : null}
      {groups.length ? (
        <MenuButton label={t("ui.more")} className="j-iconbutton bordered" groups={groups}><IconDots size={18} aria-hidden /></MenuButton>
      ) : null}
      {deleting ? <DeleteDialog describe={describe} record={record} onClose={() => setDeleting(false)} onDeleted={() => void navigate(list)} /> : null}
      {explaining ? <Suspense><AccessDialog describe={describe} record={record} onClose={() => setExplaining(false)} /></Suspense> : null}
      {dialog}
    </div>
  );
}
