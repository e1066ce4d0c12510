import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useExplainedAccess, type Describe, type ExplainedAccess, type FieldInfo, type Json, type RecordJson } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { GroupReasons } from "./GroupReasons";
import { personId } from "./person";
import "./access.css";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly onClose: () => void;
}

/** Tells an administrator what somebody may do with a record, and which permission groups say so. */
export function AccessDialog({ describe, record, onClose }: Props) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<Json>(null);
  const user = personId(person);
  const told = useExplainedAccess(describe.app, describe.key, record.id, user);
  const field: FieldInfo = { type: "user", label: { en: t("access.person"), zh: t("access.person") }, settings: { external: true } };
  return (
    <Dialog
      title={t("access.title", { title: record.title || `#${record.id}` })}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("ui.close")}</Button>}
    >
      <div className="access">
        <div className="access-person">
          <label htmlFor="access-person">{t("access.person")}</label>
          <FieldInput id="access-person" value={person} onChange={setPerson} field={field} place={{ app: describe.app, form: describe.key, field: "owner" }} label={t("access.person")} autoFocus />
        </div>
        <div className="access" aria-live="polite">
          {user === null ? <p className="form-help">{t("access.choose")}</p> : null}
          {told.isLoading ? <Skeleton lines={4} /> : null}
          {told.isError ? <ErrorView error={told.error} onRetry={() => void told.refetch()} /> : null}
          {told.data ? <Reasons describe={describe} told={told.data} /> : null}
        </div>
      </div>
    </Dialog>
  );
}

function Reasons({ describe, told }: { describe: Describe; told: ExplainedAccess }) {
  const { t } = useTranslation();
  const { name } = told.user;
  if (told.unlimited) return <p>{t(`access.${told.unlimited}`, { name })}</p>;
  const actions = Object.keys(told.actions);
  const may = actions.filter((action) => told.actions[action]);
  return (
    <>
      {may.length ? <ActionTags title={t("access.can", { name })} actions={may} tone="tone-green" /> : <p>{t("access.nothing", { name })}</p>}
      {may.length ? <ActionTags title={t("access.cannot", { name })} actions={actions.filter((action) => !told.actions[action])} tone="tone-gray" /> : null}
      <GroupReasons groups={told.groups} />
      {may.length ? <FieldReaches describe={describe} told={told} /> : null}
    </>
  );
}

function ActionTags({ title, actions, tone }: { title: string; actions: readonly string[]; tone: string }) {
  const { t } = useTranslation();
  if (actions.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="access-tags">
        {actions.map((action) => <li key={action} className={`j-tag ${tone}`}>{t(`access.action.${action}`)}</li>)}
      </ul>
    </section>
  );
}

/** Only the fields that the person cannot change: the others are as everybody expects. */
function FieldReaches({ describe, told }: { describe: Describe; told: ExplainedAccess }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (keys: readonly string[]): string =>
    keys.map((key) => format.label(told.groups.find((group) => group.key === key)?.label) || key).join(", ");
  const limited = Object.entries(told.fields).filter(([key, reach]) => reach !== "writable" && describe.fields[key]);
  return (
    <section>
      <h3>{t("access.fields")}</h3>
      {limited.length === 0 ? <p className="form-help">{t("access.all_writable")}</p> : (
        <dl className="access-fields">
          {limited.map(([key, reach]) => (
            <div key={key} style={{ display: "contents" }}>
              <dt>{format.label(describe.fields[key]?.label)}</dt>
              <dd>
                {t(`access.${reach}`)}
                {told.field_groups[key]?.length ? <span className="muted"> · {t("access.by", { groups: named(told.field_groups[key]) })}</span> : null}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
