/** The saved tests of a workflow: each is played as one draws, and one that goes otherwise stops the publish. */
import { freshTestKey, marksOfPath, nodesOf, withTest, type Marks, type Scenario, type Workflow } from "@/model/workflows";
import { ask } from "@/ui/ask";
import { EmptyState } from "@/ui/EmptyState";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { MenuButton } from "@/ui/MenuButton";
import { Tag } from "@/ui/Tag";
import { IconCircleCheck, IconCircleX, IconCopy, IconDots, IconEye, IconLoader, IconPencil, IconPlus, IconTestPipe, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { PanelScene } from "../panel/scene";
import { useTestRuns, type TestRun } from "./calls";
import type { Editing } from "./state";
import { useTestWords } from "./testWords";
import { TestEditor } from "./TestEditor";
import "./play.css";

interface Props {
  readonly scene: PanelScene;
  readonly name: string;
  readonly editing: Editing | null;
  readonly onEdit: (editing: Editing | null) => void;
  readonly onChange: (workflow: Workflow) => void;
  readonly onMarks: (marks: Marks | null) => void;
}

export default function TestsPanel({ scene, name, editing, onEdit, onChange, onMarks }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { app, workflow } = scene;
  const runs = useTestRuns(app, name, workflow);
  useEffect(() => () => onMarks(null), [onMarks]);
  const tests = Object.entries(workflow.tests ?? {});
  const show = (run: Pick<TestRun, "path" | "at">): void => onMarks(marksOfPath(workflow, run.path, run.at));
  if (editing) {
    return (
      <TestEditor
        key={editing.key}
        scene={scene}
        name={name}
        editing={editing}
        onSave={(test) => {
          onChange(withTest(workflow, editing.key, test));
          onMarks(null);
          onEdit(null);
        }}
        onCancel={() => {
          onMarks(null);
          onEdit(null);
        }}
        onRun={show}
      />
    );
  }
  const known = new Map((runs.data ?? []).map((run) => [run.key, run]));
  const failed = tests.filter(([key]) => known.get(key)?.passed === false).length;
  const add = (): void => onEdit({ key: freshTestKey(workflow), test: {} });
  const remove = (key: string, label: string): void => ask({ title: t("play.test.removeTitle", { name: label }), content: t("play.test.removeHelp"), okText: t("play.test.remove"), danger: true, onOk: () => onChange(withTest(workflow, key, null)) });
  return (
    <div className="wp-play">
      <p className="muted">{t("play.test.help")}</p>
      <div className="wp-tools">
        <Button size="small" type="primary" icon={<IconPlus size={16} />} onClick={add}>{t("play.test.add")}</Button>
        {tests.length > 0 && runs.isSuccess && !runs.isPlaceholderData ? <span role="status"><Tag color={failed > 0 ? "red" : "green"}>{failed > 0 ? t("play.test.failed", { count: failed }) : t("play.test.passed", { count: tests.length })}</Tag></span> : null}
      </div>
      {runs.isError ? <p role="alert" className="design-problem">{errorText(runs.error)}</p> : null}
      {tests.length === 0 ? <EmptyState icon={<IconTestPipe size={24} />} title={t("play.test.none")}>{t("play.test.noneHelp")}</EmptyState> : (
        <ul className="wp-tests">
          {tests.map(([key, test]) => (
            <TestRow
              key={key}
              scene={scene}
              testKey={key}
              test={test}
              run={runs.isError ? undefined : known.get(key)}
              onEdit={() => onEdit({ key, test })}
              onShow={show}
              onCopy={() => onEdit({ key: freshTestKey(workflow), test })}
              onRemove={(label) => remove(key, label)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface RowProps {
  readonly scene: PanelScene;
  readonly testKey: string;
  readonly test: Scenario;
  readonly run: TestRun | undefined;
  readonly onEdit: () => void;
  readonly onShow: (run: TestRun) => void;
  readonly onCopy: () => void;
  readonly onRemove: (label: string) => void;
}

function TestRow({ scene, testKey, test, run, onEdit, onShow, onCopy, onRemove }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useTestWords(scene);
  const label = format.label(test.label) || testKey;
  const state = run === undefined ? "waiting" : run.passed ? "passes" : "fails";
  const Icon = { waiting: IconLoader, passes: IconCircleCheck, fails: IconCircleX }[state];
  const groups = [
    [
      { key: "edit", label: t("play.test.edit"), icon: <IconPencil size={16} />, onSelect: onEdit },
      ...(run && run.path.length > 0 ? [{ key: "show", label: t("play.test.show"), icon: <IconEye size={16} />, onSelect: () => onShow(run) }] : []),
      { key: "copy", label: t("play.test.copy"), icon: <IconCopy size={16} />, onSelect: onCopy },
    ],
    [{ key: "remove", label: t("play.test.remove"), icon: <IconTrash size={16} />, danger: true, onSelect: () => onRemove(label) }],
  ];
  return (
    <li className={state}>
      <Icon size={18} aria-hidden />
      <div className="wp-testtext">
        <p><button type="button" className="perm-link" onClick={onEdit}>{label}</button><span className="sr-only">{t(`play.test.state.${state}`)}</span></p>
        <small className="muted">{words.sentence(test)}</small>
        {(run?.issues ?? []).map(({ message }, index) => <p key={index} className="design-problem">{message}</p>)}
        {run && !run.passed && run.path.length > 0 ? <small>{t("play.test.went", { path: run.path.filter((key) => nodesOf(scene.workflow)[key]).map(scene.words.node).join(" → ") })}</small> : null}
      </div>
      <MenuButton label={t("play.test.menu", { name: label })} groups={groups}><IconDots size={16} aria-hidden /></MenuButton>
    </li>
  );
}
