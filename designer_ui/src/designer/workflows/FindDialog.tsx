/** A step of a large workflow, found by what its card says. */
import { NodeIcon } from "@/catalogue/workflow/NodeIcon";
import { nodesOf, type Workflow } from "@/model/workflows";
import { Dialog } from "@/ui/Dialog";
import { Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
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
  const input = useRef<InputRef>(null);
  // A dialog that opens gives the focus to its first button, whatever asked for it before.
  useEffect(() => input.current?.focus(), []);
  const wanted = text.trim().toLowerCase();
  const all = Object.entries(nodesOf(workflow)).map(([key, node]) => ({ key, type: node.type, name: words.node(key), summary: words.summary(node) }));
  const found = all.filter(({ key, type, name, summary }) => [key, name, summary, t(`workflow.type.${type}`)].some((one) => one.toLowerCase().includes(wanted)));
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("input, .wd-choice")];
    items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus();
  };
  return (
    <Dialog title={t("flow.find.title")} className="wd-add" onClose={onClose}>
      <div onKeyDown={move}>
        <Input
          ref={input}
          allowClear
          value={text}
          placeholder={t("flow.find.hint")}
          aria-label={t("flow.find.hint")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => {
            const first = found[0];
            if (first && !event.nativeEvent.isComposing) onGo(first.key);
          }}
        />
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
      </div>
    </Dialog>
  );
}
