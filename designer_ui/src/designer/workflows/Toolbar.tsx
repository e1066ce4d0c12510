/** Over the drawing: where one is, whether it is kept, undo and redo, and all that is done to the whole. */
import { useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { MenuButton } from "@/ui/MenuButton";
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconBraces, IconCopy, IconCopyPlus, IconCut, IconDots, IconGitCompare, IconHistory, IconPlayerPlay, IconRestore, IconTestPipe, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { WorkflowEdit } from "./useWorkflowEdit";

/** What stands beside the drawing: the panel of the chosen step (null), a simulation, the tests. */
export type Stage = "simulate" | "tests" | null;

interface Props {
  readonly app: string;
  readonly label: string;
  readonly edit: WorkflowEdit;
  readonly comparing: boolean;
  readonly canCompare: boolean;
  readonly canDiscard: boolean;
  readonly node: { readonly name: string; readonly onDuplicate: () => void; readonly onCopy: () => void; readonly onCut: () => void; readonly onRemove: () => void } | null;
  /** What stands in place of the panel. */
  readonly stage: Stage;
  readonly onStage: (stage: Stage) => void;
  readonly onCompare: () => void;
  readonly onDiscard: () => void;
  readonly onJson: () => void;
  readonly onVersions: () => void;
}

export function Toolbar({ app, label, edit, comparing, canCompare, canDiscard, node, stage, onStage, onCompare, onDiscard, onJson, onVersions }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const entries = [
    ...(node
      ? [[
          { key: "duplicate", label: t("flow.node.duplicate", { name: node.name }), icon: <IconCopyPlus size={16} />, onSelect: node.onDuplicate },
          { key: "copy", label: t("flow.node.copy", { name: node.name }), icon: <IconCopy size={16} />, onSelect: node.onCopy },
          { key: "cut", label: t("flow.node.cut", { name: node.name }), icon: <IconCut size={16} />, onSelect: node.onCut },
          { key: "remove", label: t("flow.node.removeOf", { name: node.name }), icon: <IconTrash size={16} />, danger: true, onSelect: node.onRemove },
        ]]
      : []),
    [
      { key: "versions", label: t("flow.versions.title"), icon: <IconHistory size={16} />, onSelect: onVersions },
      { key: "json", label: t("flow.json.title"), icon: <IconBraces size={16} />, onSelect: onJson },
      { key: "discard", label: t("flow.discard.title"), icon: <IconRestore size={16} />, danger: true, disabled: !canDiscard, onSelect: onDiscard },
    ],
  ];
  return (
    <header className="wd-toolbar">
      <Link to={`/a/${app}/design/workflows`} className="design-back"><IconArrowLeft size={16} aria-hidden />{t("flow.title")}</Link>
      <h1 title={label}>{label}</h1>
      <p className={edit.state === "refused" ? "design-problem" : "muted"} role="status">
        {edit.contested ? t("flow.kept.contested") : edit.state === "refused" ? errorText(edit.error) : t(`flow.kept.${edit.state}`)}
      </p>
      {edit.contested ? (
        <>
          <Button size="small" onClick={() => edit.settle("theirs")}>{t("flow.kept.theirs")}</Button>
          <Button size="small" type="primary" onClick={() => edit.settle("mine")}>{t("flow.kept.mine")}</Button>
        </>
      ) : edit.state === "refused" ? <Button size="small" onClick={edit.retry}>{t("ui.retry")}</Button> : null}
      <IconButton label={`${t("flow.undo")} (Ctrl+Z)`} disabled={!edit.canUndo} onClick={edit.undo}><IconArrowBackUp size={18} aria-hidden /></IconButton>
      <IconButton label={`${t("flow.redo")} (Ctrl+Y)`} disabled={!edit.canRedo} onClick={edit.redo}><IconArrowForwardUp size={18} aria-hidden /></IconButton>
      <IconButton label={t("flow.stage.simulate")} aria-pressed={stage === "simulate"} onClick={() => onStage(stage === "simulate" ? null : "simulate")}><IconPlayerPlay size={18} aria-hidden /></IconButton>
      <IconButton label={t("flow.stage.tests")} aria-pressed={stage === "tests"} onClick={() => onStage(stage === "tests" ? null : "tests")}><IconTestPipe size={18} aria-hidden /></IconButton>
      {canCompare ? <IconButton label={t("flow.compare.open")} aria-pressed={comparing} onClick={onCompare}><IconGitCompare size={18} aria-hidden /></IconButton> : null}
      <MenuButton label={t("flow.more.title")} groups={entries}><IconDots size={18} aria-hidden /></MenuButton>
    </header>
  );
}
