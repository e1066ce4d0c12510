/** What the draft changes about a form's groups, in words. */
import type { GroupChange } from "@/model/design/permissions";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Words } from "./words";

export function ChangeList({ changes, words, onDiscard }: { changes: readonly GroupChange[]; words: Words; onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="design-card perm-changes" aria-labelledby="perm-changes">
      <h2 id="perm-changes">
        {t("permissions.changes", { count: changes.length })}
        <Button size="small" onClick={onDiscard}>{t("permissions.discard")}</Button>
      </h2>
      <ul>
        {changes.map((change, index) => <li key={index}><Change change={change} words={words} /></li>)}
      </ul>
    </section>
  );
}

function Change({ change, words }: { change: GroupChange; words: Words }) {
  const { t } = useTranslation();
  switch (change.kind) {
    case "opened":
    case "closed":
    case "order":
      return t(`permissions.change.${change.kind}`);
    case "rows":
      return t("permissions.change.rows", { group: words.group(change.group), before: words.rows(change.before), after: words.rows(change.after) });
    case "others":
    case "field":
      return t(`permissions.change.${change.kind}`, {
        group: words.group(change.group),
        field: change.kind === "field" ? words.field(change.field) : "",
        before: t(`permissions.reach.${change.before}`),
        after: t(`permissions.reach.${change.after}`),
      });
    case "roles":
    case "external":
    case "actions":
    case "buttons": {
      const name = { roles: words.role, external: words.kind, actions: words.action, buttons: words.button }[change.kind];
      const parts = (["added", "removed"] as const).filter((part) => change[part].length > 0).map((part) => t(`permissions.change.${change.kind}_${part}`, { items: words.list(change[part].map(name)) }));
      return t("permissions.change.parts", { group: words.group(change.group), parts: parts.join(t("permissions.change.and")) });
    }
    default:
      return t(`permissions.change.${change.kind}`, { group: words.group(change.group) });
  }
}
