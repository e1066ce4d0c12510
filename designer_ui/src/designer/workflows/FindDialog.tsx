/** A step of a large workflow, found by what its card says. */
import { NodeIcon } from "@/catalogue/workflow/NodeIcon";
import { nodesOf, type Workflow } from "@/model/workflows";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchDialog } from "./SearchDialog";
import type { FlowWords } from "./words";

interface Props {
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly onGo: (key: string) => void;
  readonly onClose: () => void;
}

export default function FindDialog({ workflow, words, onGo, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const all = Object.entries(nodesOf(workflow)).map(([key, node]) => ({ key, type: node.type, name: words.node(key), summary: words.summary(node) }));
  const found = all.filter(({ key, type, name, summary }) => [key, name, summary, t(`workflow.type.${type}`)].some((one) => one.toLowerCase().includes(wanted)));
  return (
    <SearchDialog title={t("flow.find.title")} hint={t("flow.find.hint")} text={text} onText={setText} onClose={onClose} onFirst={() => {
      const first = found[0];
      if (first) onGo(first.key);
    }}>
      <ul className="wd-found" aria-label={t("flow.find.title")}>
        {found.map(({ key, type, name, summary }) => (
          <li key={key}>
            <button type="button" className="wd-choice" onClick={() => onGo(key)}>
              <NodeIcon type={type} />
              <span><strong>{name}</strong><small className="muted">{summary}</small></span>
            </button>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">{t("flow.find.count", { count: found.length })}</p>
    </SearchDialog>
  );
}
