/** Changes place by place: what comes in, or what stays; the first ones, and all when asked for. */
import { Tag } from "@/ui/Tag";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UpgradeChange } from "./calls";
import { useWords } from "./words";

const FIRST = 20;
const COLORS = { added: "green", removed: "red", changed: "blue", order: "gray" } as const;

interface Props {
  readonly name: "kept" | "rights" | "taken";
  readonly help?: string;
  readonly changes: readonly UpgradeChange[];
  readonly count: number;
}

export function Changes({ name, help, changes, count }: Props) {
  const { t } = useTranslation();
  const id = `upgrade-${name}`;
  return (
    <section className="design-card" aria-labelledby={id}>
      <h2 id={id}>
        {t(`upgrade.${name}`)}
        <span className="muted num">{count}</span>
      </h2>
      {help ? <p className="muted">{help}</p> : null}
      {count === 0 ? <p className="muted">{t(`upgrade.${name}None`)}</p> : null}
      <ChangeList changes={changes} count={count} />
    </section>
  );
}

export function ChangeList({ changes, count }: { changes: readonly UpgradeChange[]; count: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, FIRST);
  return (
    <>
      <ul className="upgrade-list">
        {shown.map((one) => (
          <li key={`${one.path} ${one.change}`} className="upgrade-change">
            <Tag color={COLORS[one.change]}>{t(`upgrade.change.${one.change}`)}</Tag>
            <span className="upgrade-name">{words.place(one.where)}</span>
            {one.change === "changed" && (one.before !== null || one.after !== null) ? (
              <span className="upgrade-value muted">{words.value(one.before)} → {words.value(one.after)}</span>
            ) : null}
          </li>
        ))}
      </ul>
      {count > shown.length ? (
        shown.length < changes.length
          ? <Button type="link" className="upgrade-more" onClick={() => setAll(true)}>{t("upgrade.more", { count: count - shown.length })}</Button>
          : <p className="muted">{t("upgrade.more", { count: count - shown.length })}</p>
      ) : null}
    </>
  );
}
