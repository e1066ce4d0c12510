/** Writes a formula that is wanted often from a few choices. */
import {
  conditionValue, fieldsFor, operatorsFor, pathLabel, RECIPES, relationsFor, stepsOf, writeRecipe, type FieldUse, type NameInfo, type Names, type Recipe,
  type RecipeChoices, type RecipeCondition,
} from "@/model/expression";
import { useFormat } from "@/ui/format";
import { Input, Modal, Radio, Select } from "antd";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "./calls";
import { ExpressionText } from "./ExpressionText";
import { useLexicon } from "./useLexicon";

interface Props {
  readonly subject: Subject;
  readonly onInsert: (text: string) => void;
  readonly onClose: () => void;
}

interface Choices {
  readonly recipe: Recipe;
  readonly relation: string | null;
  readonly field: string | null;
  readonly by: string | null;
  readonly on: string | null;
  readonly operator: RecipeCondition["operator"];
  readonly value: string;
}

const EMPTY: Choices = { recipe: "lookup", relation: null, field: null, by: null, on: null, operator: "=", value: "" };

/** The choices as a formula; null while one is missing. */
function formulaOf({ recipe, relation, field, by, on, operator, value }: Choices, names: Names): string | null {
  if (relation === null) return null;
  const info = on === null ? undefined : stepsOf(names, `${relation}.${on}`)?.at(-1)?.info;
  const written = info ? conditionValue(info, value) : null;
  if (on !== null && written === null) return null;
  const condition: RecipeChoices["condition"] = on === null || written === null ? null : { field: on, operator, value: written };
  return writeRecipe({ recipe, relation, field, by, condition });
}

export default function RecipeDialog({ subject, onInsert, onClose }: Props) {
  const { t } = useTranslation();
  const { names } = useLexicon(subject);
  const [choices, setChoices] = useState(EMPTY);
  const formula = formulaOf(choices, names);
  const change = (part: Partial<Choices>): void => setChoices((before) => ({ ...before, ...part }));
  return (
    <Modal
      open
      width={560}
      title={t("expression.recipe.title")}
      okText={t("expression.recipe.insert")}
      cancelText={t("ui.cancel")}
      okButtonProps={{ disabled: formula === null }}
      onOk={() => {
        if (formula !== null) onInsert(formula);
        onClose();
      }}
      onCancel={onClose}
    >
      <div className="x-recipe">
        <Radio.Group
          aria-label={t("expression.recipe.title")}
          className="x-recipes"
          value={choices.recipe}
          options={RECIPES.map((recipe) => ({ value: recipe, label: <RecipeLabel recipe={recipe} /> }))}
          onChange={(event) => setChoices({ ...EMPTY, recipe: event.target.value as Recipe })}
        />
        <Questions choices={choices} names={names} onChange={change} />
        <p className="x-preview" aria-live="polite">
          {formula === null ? <span className="muted">{t("expression.recipe.choose")}</span> : <ExpressionText text={formula} names={names} />}
        </p>
      </div>
    </Modal>
  );
}

function RecipeLabel({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  return (
    <span className="x-recipe-label">
      <span>{t(`expression.recipe.${recipe}.label`)}</span>
      <small>{t(`expression.recipe.${recipe}.help`)}</small>
    </span>
  );
}

interface QuestionsProps {
  readonly choices: Choices;
  readonly names: Names;
  readonly onChange: (part: Partial<Choices>) => void;
}

function Questions({ choices, names, onChange }: QuestionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recipe, relation, field, by } = choices;
  const relations = relationsFor(recipe, names);
  const fields = (use: FieldUse): { value: string; label: string }[] =>
    relation === null ? [] : fieldsFor(recipe, use, relation, names).map(([key, info]) => ({ value: key, label: format.label(info.label) }));
  if (relations.length === 0) return <p className="muted">{t(`expression.recipe.${recipe}.none`)}</p>;
  return (
    <>
      <Choice
        label={t(`expression.recipe.${recipe}.relation`)}
        value={relation}
        options={relations.map((path) => ({ value: path, label: pathLabel(names, path, format.label) ?? path }))}
        onChange={(next) => onChange({ relation: next, field: null, by: null, on: null, value: "" })}
      />
      {relation !== null && recipe !== "count" ? (
        <Choice label={t(`expression.recipe.${recipe}.field`)} value={field} options={fields("value")} onChange={(next) => onChange({ field: next })} />
      ) : null}
      {relation !== null && recipe === "latest" ? (
        <Choice label={t("expression.recipe.latest.by")} value={by} options={fields("by")} onChange={(next) => onChange({ by: next })} />
      ) : null}
      {relation !== null && recipe !== "lookup" ? <Condition choices={choices} relation={relation} names={names} options={fields("condition")} onChange={onChange} /> : null}
    </>
  );
}

function Condition({ choices, relation, names, options, onChange }: QuestionsProps & { relation: string; options: { value: string; label: string }[] }) {
  const { t } = useTranslation();
  const info = choices.on === null ? undefined : stepsOf(names, `${relation}.${choices.on}`)?.at(-1)?.info;
  return (
    <>
      <Choice label={t("expression.recipe.condition")} placeholder={t("expression.recipe.all")} value={choices.on} options={options} onChange={(on) => onChange({ on, operator: "=", value: "" })} onClear={() => onChange({ on: null, value: "" })} />
      {info ? (
        <div className="x-condition">
          <Select<RecipeCondition["operator"]>
            value={choices.operator}
            aria-label={t("expression.recipe.operator")}
            popupMatchSelectWidth={false}
            options={operatorsFor(info).map((operator) => ({ value: operator, label: t(`expression.recipe.operators.${operator}`) }))}
            onChange={(operator) => onChange({ operator })}
          />
          <ConditionInput info={info} value={choices.value} onChange={(value) => onChange({ value })} />
        </div>
      ) : null}
    </>
  );
}

function ConditionInput({ info, value, onChange }: { info: NameInfo; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = t("expression.recipe.value");
  const options = info.options
    ? Object.entries(info.options).map(([key, text]) => ({ value: key, label: format.label(text) }))
    : info.type === "boolean"
      ? [{ value: "TRUE", label: t("ui.yes") }, { value: "FALSE", label: t("ui.no") }]
      : null;
  if (!options) return <Input value={value} aria-label={label} onChange={(event) => onChange(event.target.value)} />;
  return <Select<string> value={value || null} aria-label={label} placeholder={label} options={options} showSearch={{ optionFilterProp: "label" }} onChange={onChange} />;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly placeholder?: string;
  readonly options: { value: string; label: string }[];
  readonly onChange: (value: string) => void;
  readonly onClear?: () => void;
}

function Choice({ label, value, placeholder, options, onChange, onClear }: ChoiceProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="x-choice">
      <label htmlFor={id}>{label}</label>
      <Select<string>
        id={id}
        value={value}
        placeholder={placeholder ?? t("expression.recipe.choosePlaceholder")}
        options={options}
        showSearch={{ optionFilterProp: "label" }}
        {...(onClear ? { allowClear: true, onClear } : {})}
        onChange={(next: string | undefined) => (next === undefined ? undefined : onChange(next))}
      />
    </div>
  );
}
