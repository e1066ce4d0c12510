/** Small controls that the panels of nodes are made of. */
import { ExpressionText } from "@/catalogue/expression/ExpressionText";
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Names } from "@/model/expression";
import { UNITS, type Duration, type Words } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconPencil, IconX } from "@tabler/icons-react";
import { IconButton } from "@/ui/IconButton";
import { Input, InputNumber } from "antd";
import { Suspense, lazy, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { idsOf } from "../permissions/people";
import type { Choice } from "./document";

const ConditionDialog = lazy(() => import("./ExpressionDialog"));

export function Row({ label, help, children }: { readonly label: string; readonly help?: string | undefined; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="wd-row">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help ? <small className="muted">{help}</small> : null}
    </div>
  );
}

export function Group({ title, children, open = false, count }: { readonly title: string; readonly children: ReactNode; readonly open?: boolean; readonly count?: number | undefined }) {
  return (
    <details className="wd-group" open={open}>
      <summary>{title}{count ? <span className="wd-count num">{count}</span> : null}</summary>
      <div className="wd-groupbody">{children}</div>
    </details>
  );
}

interface SelectProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  /** What stands there while nothing is chosen; without it something always is. */
  readonly empty?: string;
}

export function Select({ id, label, value = "", choices, onChange, empty }: SelectProps) {
  const format = useFormat();
  const known = choices.some((one) => one.value === value);
  return (
    <select id={id} aria-label={label} className="wd-select" value={value} onChange={(event) => onChange(event.target.value)}>
      {empty === undefined ? null : <option value="">{empty}</option>}
      {known || value === "" ? null : <option value={value}>{value}</option>}
      {choices.map((one) => <option key={one.value} value={one.value}>{format.label(one.label) || one.value}</option>)}
    </select>
  );
}

export function Check({ checked, disabled = false, onChange, children }: { readonly checked: boolean; readonly disabled?: boolean; readonly onChange: (on: boolean) => void; readonly children: ReactNode }) {
  return (
    <label className="wd-check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** A label in both languages. */
export function LabelInput({ label, value, onChange, long = false }: { readonly label: string; readonly value: Words | undefined; readonly onChange: (value: Words | undefined) => void; readonly long?: boolean }) {
  const { t } = useTranslation();
  const set = (language: "en" | "zh", text: string): void => {
    const next = { ...value, [language]: text };
    for (const one of ["en", "zh"] as const) if (!next[one]) delete next[one];
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  const Control = long ? Input.TextArea : Input;
  return (
    <fieldset className="wd-words">
      <legend>{label}</legend>
      {(["en", "zh"] as const).map((language) => (
        <div key={language}>
          <span aria-hidden>{t(`flow.words.${language}`)}</span>
          <Control value={value?.[language] ?? ""} maxLength={long ? 1000 : 120} aria-label={`${label} (${t(`flow.words.${language}`)})`} onChange={(event) => set(language, event.target.value)} />
        </div>
      ))}
    </fieldset>
  );
}

export function DurationInput({ label, value, onChange }: { readonly label: string; readonly value: Duration | undefined; readonly onChange: (value: Duration) => void }) {
  const { t } = useTranslation();
  const { amount, unit } = value ?? { amount: 1, unit: "working_days" as const };
  return (
    <div className="wd-duration" role="group" aria-label={label}>
      <InputNumber min={1} max={10000} precision={0} value={amount} aria-label={t("flow.duration.amount")} onChange={(next) => onChange({ unit, amount: next ?? 1 })} />
      <Select label={t("flow.duration.unit")} value={unit} choices={UNITS.map((one) => ({ value: one, label: t(`flow.unit.${one}`) }))} onChange={(next) => onChange({ amount, unit: next as Duration["unit"] })} />
    </div>
  );
}

/** People of the workspace, chosen by name. */
export function UsersInput({ app, form, label, value, people, onChange }: { readonly app: string; readonly form: string; readonly label: string; readonly value: readonly number[]; readonly people: ReadonlyMap<number, string>; readonly onChange: (value: readonly number[]) => void }) {
  const id = useId();
  const field: FieldInfo = { type: "users", label: { en: label, zh: label }, settings: {} };
  const shown: Json = value.map((one) => ({ id: one, name: people.get(one) ?? `#${one}` }));
  return (
    <div className="wd-row">
      <label htmlFor={id}>{label}</label>
      <FieldInput id={id} value={shown} onChange={(next) => onChange(idsOf(next))} field={field} place={{ app, form, field: "owner" }} label={label} />
    </div>
  );
}

export interface Scene {
  readonly app: string;
  readonly form: string;
  readonly names: Names | undefined;
}

interface ExpressionProps {
  readonly scene: Scene;
  /** The form of the record in hand, behind `$form`. */
  readonly record?: string | undefined;
  readonly label: string;
  readonly value: string | undefined;
  readonly expects?: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** Whether there may be none. */
  readonly optional?: boolean;
  readonly empty: string;
}

/** An expression to read, with the editor a click away. */
export function ExpressionField({ scene, record, label, value, expects, onChange, optional = false, empty }: ExpressionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const names: Names = { form: scene.form, forms: scene.names?.forms ?? {}, types: scene.names?.types ?? {} };
  return (
    <div className="wd-row">
      <span className="wd-label" aria-hidden>{label}</span>
      <div className="wd-expression">
        <button type="button" className="wd-expressiontext" title={t("flow.expression.change")} onClick={() => setOpen(true)}>
          <span className="sr-only">{label}: </span>
          {value?.trim() ? <ExpressionText text={value} names={names} /> : <span className="muted">{empty}</span>}
          <IconPencil size={14} aria-hidden />
        </button>
        {optional && value !== undefined ? <IconButton label={t("flow.expression.remove", { name: label })} onClick={() => onChange(undefined)}><IconX size={14} aria-hidden /></IconButton> : null}
      </div>
      {open ? (
        <Suspense fallback={null}>
          <ConditionDialog subject={{ app: scene.app, form: scene.form, draft: true, record }} label={label} value={value ?? ""} expects={expects} onClose={() => setOpen(false)} onSave={(text) => onChange(text === "" && optional ? undefined : text)} />
        </Suspense>
      ) : null}
    </div>
  );
}
