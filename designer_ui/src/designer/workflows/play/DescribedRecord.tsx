/** A record as a test describes it: its values, and in place of related records theirs. */
import type { Json } from "@/api";
import type { AppDocument, FieldBody } from "@/model/design/formulas";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Check, Select } from "../parts";
import type { Need } from "./needs";
import { ValueInput } from "./ValueInput";

type Described = Readonly<Record<string, Json>>;

interface Props {
  readonly app: string;
  readonly document: AppDocument;
  /** Missing for lines, whose fields `needs` have. */
  readonly form: string | undefined;
  readonly needs: readonly Need[];
  readonly value: Described;
  readonly onChange: (value: Described) => void;
}

export function DescribedRecord({ app, document, form, needs, value, onChange }: Props) {
  const { t } = useTranslation();
  const fields = document.forms?.[form ?? ""]?.fields ?? {};
  const known = new Map(needs.map((need) => [need.key, need]));
  const told = Object.keys(value).filter((key) => !known.has(key)).map((key): Need => ({ key, kind: kindOf(fields[key], value[key]), label: fields[key]?.label, body: fields[key], inner: [] }));
  const all = [...needs, ...told];
  const others = Object.entries(fields).filter(([key, { type }]) => type !== "formula" && !all.some((need) => need.key === key));
  const set = (key: string, next: Json | undefined): void => {
    const rest = Object.fromEntries(Object.entries(value).filter(([one]) => one !== key));
    onChange(next === undefined || next === null ? rest : { ...value, [key]: next });
  };
  return (
    <>
      {all.map((need) =>
        need.kind === "value" || typeof value[need.key] === "number" ? <ValueInput key={need.key} app={app} form={form ?? ""} fieldKey={need.key} body={need.body} value={value[need.key] ?? null} onChange={(next) => set(need.key, next)} />
        : need.kind === "record" ? <OneRecord key={need.key} app={app} document={document} need={need} value={value[need.key]} onChange={(next) => set(need.key, next)} />
        : <Records key={need.key} app={app} document={document} need={need} value={value[need.key]} onChange={(next) => set(need.key, next)} />,
      )}
      {others.length > 0 ? <Select label={t("play.addValue")} value="" choices={others.map(([key, { label }]) => ({ value: key, label }))} empty={t("play.addValue")} onChange={(key) => key && onChange({ ...value, [key]: emptyOf(fields[key]) })} /> : null}
    </>
  );
}

interface PartProps {
  readonly app: string;
  readonly document: AppDocument;
  readonly need: Need;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

function OneRecord({ app, document, need, value, onChange }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = format.label(need.label) || need.key;
  const inner = describedOf(value);
  return (
    <fieldset className="wp-described">
      <legend>{label}</legend>
      <Check checked={inner !== null} onChange={(on) => onChange(on ? {} : undefined)}>{t("play.test.given", { name: label })}</Check>
      {inner ? <DescribedRecord app={app} document={document} form={formIn(need)} needs={need.inner} value={inner} onChange={onChange as (value: Described) => void} /> : null}
    </fieldset>
  );
}

function Records({ app, document, need, value, onChange }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = format.label(need.label) || need.key;
  const items = Array.isArray(value) ? value : [];
  const put = (next: readonly Json[]): void => onChange(next.length > 0 ? [...next] : undefined);
  return (
    <fieldset className="wp-described">
      <legend>{label}</legend>
      {items.map((item, index) => (
        <div key={index} className="wp-line" role="group" aria-label={t("play.test.line", { name: label, number: index + 1 })}>
          <div>
            <DescribedRecord app={app} document={document} form={formIn(need)} needs={need.inner} value={describedOf(item) ?? {}} onChange={(next) => put(items.map((one, place) => (place === index ? { ...next } : one)))} />
          </div>
          <IconButton label={t("play.test.removeLine", { name: label, number: index + 1 })} onClick={() => put(items.filter((_, place) => place !== index))}><IconTrash size={16} aria-hidden /></IconButton>
        </div>
      ))}
      <Button size="small" icon={<IconPlus size={16} />} onClick={() => put([...items, {}])}>{t("play.test.addLine", { name: label })}</Button>
    </fieldset>
  );
}

function kindOf(body: FieldBody | undefined, value: Json | undefined): Need["kind"] {
  if (Array.isArray(value) && value.some((one) => typeof one === "object")) return "list";
  return body?.type === "relation" ? "record" : body?.type === "relations" || body?.type === "subform" ? "list" : "value";
}

const emptyOf = (body: FieldBody | undefined): Json => ({ record: {}, list: [], lines: [], value: null })[kindOf(body, undefined)];

const describedOf = (value: Json | undefined): Described | null => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Described) : null);

function formIn(need: Need): string | undefined {
  const form = need.body?.["form"];
  return typeof form === "string" ? form : undefined;
}
