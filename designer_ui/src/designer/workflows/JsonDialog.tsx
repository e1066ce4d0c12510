/** The workflow as its definition is written, to be read, copied and changed. */
import { problemsOf, type Workflow } from "@/model/workflows";
import { Dialog } from "@/ui/Dialog";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly workflow: Workflow;
  readonly onSave: (workflow: Workflow) => void;
  readonly onClose: () => void;
}

type Read = { readonly workflow: Workflow; readonly wrong: null } | { readonly workflow: null; readonly wrong: string };

function read(text: string): Read {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { workflow: null, wrong: "" };
    const nodes: unknown = (value as Workflow).nodes ?? {};
    const whole = typeof nodes === "object" && nodes !== null && Object.values(nodes).every((node) => typeof node === "object" && node !== null && typeof (node as { type?: unknown }).type === "string");
    return whole ? { workflow: value as Workflow, wrong: null } : { workflow: null, wrong: "" };
  } catch (error) {
    return { workflow: null, wrong: error instanceof Error ? error.message : "" };
  }
}

export default function JsonDialog({ workflow, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(workflow, null, 2));
  const found = useMemo(() => read(text), [text]);
  const problems = found.workflow ? problemsOf(found.workflow) : [];
  return (
    <Dialog
      title={t("flow.json.title")}
      className="wd-json"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={found.workflow === null} onClick={() => {
            if (found.workflow) onSave(found.workflow);
            onClose();
          }}>{t("flow.json.take")}</Button>
        </>
      }
    >
      <textarea aria-label={t("flow.json.title")} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      <div role="status">
        {found.workflow === null ? <p className="design-problem">{t("flow.json.wrong", { message: found.wrong })}</p> : null}
        {problems.map(({ node, code, name }, index) => <p key={index} className="design-problem">{node ?? t("flow.panel.workflow")}: {t(`flow.problem.${code}`, { name: name ?? "" })}</p>)}
      </div>
    </Dialog>
  );
}
