import { Checkbox } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Choices } from "./Approval";

/** What is printed of approvals, `null` for nothing, and the boxes to choose it with. */
export function useChoices(): readonly [Choices | null, ReactNode] {
  const { t } = useTranslation();
  const [on, setOn] = useState(true);
  const [choices, setChoices] = useState<Choices>({ comments: true, signatures: true, durations: true });
  const parts = ["comments", "signatures", "durations"] as const;
  const boxes = (
    <div className="print-choices" role="group" aria-label={t("print.choices")}>
      <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>{t("print.approvals")}</Checkbox>
      {parts.map((part) => <Checkbox key={part} checked={choices[part]} disabled={!on} onChange={(event) => setChoices({ ...choices, [part]: event.target.checked })}>{t(`print.${part}`)}</Checkbox>)}
    </div>
  );
  return [on ? choices : null, boxes];
}
