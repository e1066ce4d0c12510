/** One test, written in words: the record, who starts it, what is decided, and what must come of it. */
import { nodesOf, RETURNED, toldPath, withMember, withTest, type Scenario } from "@/model/workflows";
import { useErrorText } from "@/ui/ErrorView";
import { Tag } from "@/ui/Tag";
import { Button } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { rolesIn } from "../document";
import type { PanelScene } from "../panel/scene";
import { Group, LabelInput, Row, Select } from "../parts";
import { useTestRuns, type TestRun } from "./calls";
import { DecisionList } from "./DecisionList";
import { DescribedRecord } from "./DescribedRecord";
import { needsOf } from "./needs";
import { NodeList } from "./NodeList";
import type { Editing } from "./state";
import { useTestWords } from "./testWords";

interface Props {
  readonly scene: PanelScene;
  readonly name: string;
  readonly editing: Editing;
  readonly onSave: (test: Scenario) => void;
  readonly onCancel: () => void;
  readonly onRun: (run: Pick<TestRun, "path" | "at">) => void;
}

export function TestEditor({ scene, name, editing, onSave, onCancel, onRun }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const words = useTestWords(scene);
  const [test, setTest] = useState<Scenario>(() => ({ ...editing.test, expect: editing.test.expect ?? {} }));
  const { app, workflow, document } = scene;
  const named = { ...test, label: inBoth(test.label) ?? words.proposed(test) };
  const runs = useTestRuns(app, name, withTest(workflow, editing.key, named));
  const run = runs.isError ? undefined : runs.data?.find(({ key }) => key === editing.key);
  const shown = useEffectEvent((found: TestRun | undefined): void => {
    if (found) onRun(found);
  });
  useEffect(() => shown(run), [run]);
  const expect = test.expect ?? {};
  const set = <Name extends keyof Scenario>(member: Name, value: Scenario[Name]): void => setTest(withMember(test, member, value));
  const nodes = Object.keys(nodesOf(workflow)).map((key) => ({ value: key, label: scene.words.node(key) }));
  const statuses = ["running", "approved", "rejected", ...new Set(Object.values(nodesOf(workflow)).flatMap(({ result }) => (result && !["approved", "rejected"].includes(result) ? [result] : [])))];
  const takeOver = (found: TestRun): void => set("expect", { path: toldPath(workflow, found.path), status: found.status, ...(found.at.length > 0 ? { at: found.at } : {}), ...(expect.not ? { not: expect.not } : {}) });
  return (
    <form className="wp-play" onSubmit={(event) => {
      event.preventDefault();
      onSave(named);
    }}>
      <LabelInput label={t("play.test.label")} value={test.label} onChange={(label) => set("label", label)} />
      <Group title={t("play.test.record", { form: scene.words.form(workflow.form) })} open>
        <DescribedRecord app={app} document={document} form={workflow.form} needs={needsOf(document, workflow)} value={test.record ?? {}} onChange={(record) => set("record", Object.keys(record).length > 0 ? record : undefined)} />
        <Row label={t("play.initiator")}>{(id) => <Select id={id} value={test.initiator?.role} choices={Object.entries(rolesIn(document)).map(([value, { label }]) => ({ value, label }))} empty={t("play.test.anybody")} onChange={(role) => set("initiator", role ? { role } : undefined)} />}</Row>
      </Group>
      <Group title={t("play.test.decisions")} open count={test.decisions?.length}>
        <DecisionList scene={scene} run={run} value={test.decisions ?? []} onChange={(decisions) => set("decisions", decisions.length > 0 ? decisions : undefined)} />
      </Group>
      <Group title={t("play.test.expect")} open>
        <NodeList label={t("play.expect.path")} nodes={nodes} ordered value={expect.path} onChange={(path) => set("expect", withMember(expect, "path", path))} />
        <NodeList label={t("play.expect.not")} nodes={nodes} value={expect.not} onChange={(not) => set("expect", withMember(expect, "not", not))} />
        <Row label={t("play.expect.status")}>{(id) => <Select id={id} value={expect.status} choices={statuses.map((value) => ({ value, label: words.status(value) }))} empty={t("play.expect.any")} onChange={(status) => set("expect", withMember(expect, "status", status || undefined))} />}</Row>
        <NodeList label={t("play.expect.at")} nodes={[{ value: RETURNED, label: t("workflow.type.start") }, ...nodes]} value={expect.at} onChange={(at) => set("expect", withMember(expect, "at", at))} />
      </Group>
      <section className="wp-now" aria-label={t("play.test.result")} aria-busy={runs.isPlaceholderData}>
        <p className="wp-where">
          {run ? <Tag color={run.passed ? "green" : "red"}>{t(`play.test.state.${run.passed ? "passes" : "fails"}`)}</Tag> : null}
          <span>{run ? t("play.test.now", { path: toldPath(workflow, run.path).map(words.node).join(" → ") || "–", status: words.status(run.status) }) : t("play.test.notYet")}</span>
        </p>
        {runs.isError ? <p role="alert" className="design-problem">{errorText(runs.error)}</p> : null}
        {(run?.issues ?? []).map(({ message }, index) => <p key={index} className="design-problem">{message}</p>)}
        {run && run.path.length > 0 && !run.issues.some(({ path }) => path.startsWith("/decisions")) ? <Button size="small" onClick={() => takeOver(run)}>{t("play.test.takeOver")}</Button> : null}
      </section>
      <footer className="wp-tools">
        <Button onClick={onCancel}>{t("ui.cancel")}</Button>
        <Button type="primary" htmlType="submit">{t("play.test.save")}</Button>
      </footer>
    </form>
  );
}

/** A name that says something in some language is enough: the other one takes it over. */
function inBoth(label: Scenario["label"]): { readonly en: string; readonly zh: string } | undefined {
  const [en, zh] = [label?.en ?? label?.zh, label?.zh ?? label?.en];
  return en && zh ? { en, zh } : undefined;
}
