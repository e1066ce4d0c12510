/** What a view offers besides its columns: quick filters, and colours of records that meet conditions. */
import { formPath, post, type Describe } from "@/api";
import { familyOf } from "@/model/filter";
import { PALETTE, type ColorRule, type KindSettings } from "@/model/view";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { toneClass } from "@/ui/Tag";
import { IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, visibleColumns } from "../fields";
import { useFilterContext } from "../filter/FilterButton";
import FilterPanel from "../filter/FilterPanel";
import { quickKind } from "../quick/kinds";
import type { ListHandle } from "../useListState";
import { KindFields } from "./KindFields";

const MOST_RULES = 10;
const MOST_QUICK = 8;

export function ViewSettings({ list, onClose }: { list: ListHandle; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const [rules, setRules] = useState<readonly ColorRule[]>(state.colors);
  const [quick, setQuick] = useState<readonly string[]>(state.quickFields);
  const [shape, setShape] = useState<KindSettings>({ board: state.board, calendar: state.calendar, gallery: state.gallery, tree: state.tree });
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState("");
  const offered = fieldOrder(describe).filter((key) => fields[key] && quickKind(fields[key]) !== null);
  const apply = async (): Promise<void> => {
    const complete = rules.filter((rule) => rule.when.trim() !== "");
    setChecking(true);
    try {
      // The server reads the conditions; a rule it does not understand would leave the list without colours.
      if (complete.length > 0) await post(formPath(describe.app, describe.key, "/records/marks"), { ids: [], conditions: complete.map((rule) => rule.when) });
      const choices = Object.fromEntries(Object.entries(state.quick).filter(([key]) => quick.includes(key)));
      change({ ...shape, colors: complete, quickFields: quick, quick: choices });
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setChecking(false);
    }
  };
  return (
    <Modal
      open
      width={720}
      title={t("list.settings.title")}
      okText={t("list.filter.apply")}
      cancelText={t("ui.cancel")}
      confirmLoading={checking}
      onOk={() => void apply()}
      onCancel={onClose}
    >
      <div className="list-dialog">
        <KindFields describe={describe} kind={state.kind} settings={shape} onChange={setShape} />
        <div className="list-field">
          <label htmlFor="quick-fields">{t("list.quick.title")}</label>
          <Select<string[]>
            id="quick-fields"
            mode="multiple"
            maxCount={MOST_QUICK}
            value={[...quick]}
            options={offered.map((key) => ({ value: key, label: format.label(fields[key]?.label) || key }))}
            placeholder={t("list.filter.choose")}
            showSearch={{ optionFilterProp: "label" }}
            onChange={setQuick}
          />
        </div>
        <div className="list-field" role="group" aria-labelledby="color-rules">
          <span id="color-rules" className="list-fieldname">{t("list.colors.title")}</span>
          <span className="muted">{t("list.colors.help")}</span>
          <div className="color-rules">
            {rules.map((rule, index) => (
              <RuleEditor
                key={index}
                describe={describe}
                columns={visibleColumns(state.columns, fields)}
                rule={rule}
                index={index}
                onChange={(next) => setRules(rules.map((item, at) => (at === index ? next : item)))}
                onRaise={index === 0 ? null : () => setRules(raised(rules, index))}
                onRemove={() => setRules(rules.filter((_, at) => at !== index))}
              />
            ))}
          </div>
          {rules.length < MOST_RULES ? (
            <div>
              <Button size="small" icon={<IconPlus size={14} />} onClick={() => setRules([...rules, { when: "", color: "red", field: null }])}>
                {t("list.colors.add")}
              </Button>
            </div>
          ) : null}
        </div>
        <span className="list-problem" role="alert">{problem}</span>
      </div>
    </Modal>
  );
}

function raised(rules: readonly ColorRule[], index: number): readonly ColorRule[] {
  const [before, rule] = [rules[index - 1], rules[index]];
  if (!before || !rule) return rules;
  return [...rules.slice(0, index - 1), rule, before, ...rules.slice(index + 1)];
}

interface RuleProps {
  readonly describe: Describe;
  readonly columns: readonly string[];
  readonly rule: ColorRule;
  readonly index: number;
  readonly onChange: (rule: ColorRule) => void;
  readonly onRaise: (() => void) | null;
  readonly onRemove: () => void;
}

const ROW = "";

function RuleEditor({ describe, columns, rule, index, onChange, onRaise, onRemove }: RuleProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsOf(describe);
  const context = useFilterContext(describe);
  const usable = { ...context, keys: context.keys.filter((key) => familyOf(context.filterFields[key]?.type ?? "") !== "presence") };
  const places = [...new Set([...(rule.field ? [rule.field] : []), ...columns])];
  return (
    <div className="color-rule" role="group" aria-label={t("list.colors.rule", { number: index + 1 })}>
      <div className="color-rule-head">
        <Select<string>
          value={rule.color}
          aria-label={t("list.colors.color")}
          popupMatchSelectWidth={false}
          options={PALETTE.map((color) => ({
            value: color,
            label: <span><span className={`color-sample ${toneClass(color)}`} aria-hidden />{t(`list.colors.palette.${color}`)}</span>,
          }))}
          onChange={(color) => onChange({ ...rule, color })}
        />
        <Select<string>
          value={rule.field ?? ROW}
          aria-label={t("list.colors.place")}
          popupMatchSelectWidth={false}
          options={[
            { value: ROW, label: t("list.colors.row") },
            ...places.map((key) => ({ value: key, label: t("list.colors.cell", { field: format.label(fields[key]?.label) || key }) })),
          ]}
          onChange={(field) => onChange({ ...rule, field: field === ROW ? null : field })}
        />
        <span>
          {onRaise ? <IconButton label={t("list.sort.raise")} onClick={onRaise}><IconArrowUp size={16} /></IconButton> : null}
          <IconButton label={t("list.colors.remove")} onClick={onRemove}><IconX size={16} /></IconButton>
        </span>
      </div>
      <FilterPanel describe={describe} value={rule.when} context={usable} title={t("list.colors.when")} onChange={(when) => onChange({ ...rule, when })} />
    </div>
  );
}
