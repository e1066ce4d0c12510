import { IconExternalLink } from "@tabler/icons-react";
import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDescribe, type Json, type RelationJson, type TargetPreview } from "@/api";
import { choiceOf, otherMatches, usable, type Choice, type ConversionDraft } from "@/model/conversion";
import { fieldOf } from "@/model/layout";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { MatchList } from "../duplicates/MatchList";
import { PartFields } from "./PartFields";

interface Props {
  readonly app: string;
  readonly target: TargetPreview;
  readonly draft: ConversionDraft;
  readonly issues: ReadonlyMap<string, string>;
  readonly onChoose: (choice: Choice) => void;
  readonly onType: (field: string, value: Json) => void;
}

/** One record that is made: a new one with its values, one that is there already, or none. */
export function TargetCard({ app, target, draft, issues, onChoose, onType }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const choice = choiceOf(draft, target);
  const records = usable(target);
  const others = otherMatches(target);
  const label = format.label(target.label);
  const option = (value: Choice, text: string, record?: RelationJson) => (
    <span key={value} className="convert-choice">
      <label>
        <input type="radio" name={id} checked={choice === value} onChange={() => onChoose(value)} />
        <span>{text}</span>
      </label>
      {record ? (
        <a href={`/a/${app}/${target.form}/${record.id}`} target="_blank" rel="noreferrer" className="j-iconbutton" aria-label={t("convert.open", { title: text })}>
          <IconExternalLink size={16} aria-hidden />
        </a>
      ) : null}
    </span>
  );
  const chosen = [
    ...records.map((record) => option(record.id, t("convert.use", { title: record.title || `#${record.id}` }), record)),
    ...(target.can_create ? [option("new", t("convert.new"))] : []),
    ...(target.optional ? [option("skip", t("convert.skip"))] : []),
  ];
  return (
    <section className="convert-part" aria-labelledby={`${id}-title`} data-target={target.key}>
      <h3 id={`${id}-title`}>{label}</h3>
      {chosen.length > 1 || !target.can_create ? (
        <div className="convert-choices" role="radiogroup" aria-label={t("convert.choices", { target: label })}>{chosen}</div>
      ) : null}
      {choice === "new" && !target.can_create ? <p className="form-issue">{t("convert.cannotCreate")}</p> : null}
      {choice === "new" && target.can_create ? (
        <>
          {others.length ? (
            <div className="convert-perhaps">
              <p>{t("convert.perhaps")}</p>
              <MatchList app={app} matches={others} />
            </div>
          ) : null}
          <NewFields {...{ app, target, draft, issues, onType }} />
        </>
      ) : null}
    </section>
  );
}

function NewFields({ app, target, draft, issues, onType }: Omit<Props, "onChoose">) {
  const { t } = useTranslation();
  const there = useDescribe(app, target.form);
  const [more, setMore] = useState(false);
  // What was blank when the dialog opened stays where it is while somebody types.
  const [blank] = useState(() => new Set(target.fields.filter((key) => (target.values[key] ?? null) === null)));
  if (there.isPending) return <Skeleton lines={3} />;
  const describe = there.data;
  if (!describe) return null;
  const values = { ...target.values, ...draft.typed[target.key] };
  const matters = (key: string): boolean =>
    !blank.has(key) || fieldOf(describe, key)?.required === true || issues.has(`${target.key}/${key}`) || key in (draft.typed[target.key] ?? {}) || (target.values[key] ?? null) !== null;
  const shown = more ? target.fields : target.fields.filter(matters);
  const rest = target.fields.length - shown.length;
  return (
    <>
      <PartFields describe={describe} fields={shown} values={values} prefix={target.key} issues={issues} onChange={onType} />
      {rest ? <Button className="convert-more" type="link" onClick={() => setMore(true)}>{t("convert.more", { count: rest })}</Button> : null}
    </>
  );
}
