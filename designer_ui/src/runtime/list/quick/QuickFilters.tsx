/** The quick filters of a view: one button per field, with what is chosen. */
import type { FieldInfo } from "@/api";
import { optionOf } from "@/catalogue/settings";
import { choicesOf, EMPTY_CHOICE, ME_CHOICE } from "@/model/view";
import { useFormat } from "@/ui/format";
import { IconChevronDown } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../fields";
import { PanelButton } from "../toolbar/PanelButton";
import type { ListHandle } from "../useListState";
import { dateChoiceName } from "./names";
import { quickKind } from "./kinds";
import { useChosenNames } from "./useChosenNames";

const QuickPanel = lazy(() => import("./QuickPanel"));

export function QuickFilters({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  // What an address has chosen is shown, whether the view offers it or not.
  const offered = [...new Set([...state.quickFields, ...Object.keys(state.quick)])];
  const keys = offered.filter((key) => fields[key] && quickKind(fields[key]) !== null);
  if (keys.length === 0) return null;
  const chosen = keys.some((key) => key in state.quick);
  return (
    <div className="quick-filters" role="group" aria-label={t("list.quick.title")}>
      {keys.map((key) => {
        const field = fields[key];
        return field ? <QuickFilter key={key} list={list} fieldKey={key} field={field} /> : null;
      })}
      {chosen ? <Button type="link" size="small" onClick={() => change({ quick: {} })}>{t("list.quick.clear")}</Button> : null}
    </div>
  );
}

function QuickFilter({ list, fieldKey, field }: { list: ListHandle; fieldKey: string; field: FieldInfo }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { state, change } = list;
  const text = state.quick[fieldKey] ?? "";
  const name = format.label(field.label) || fieldKey;
  const shown = useShownChoice(list.describe.app, field, text);
  const set = (next: string): void => {
    const others = Object.fromEntries(Object.entries(state.quick).filter(([key]) => key !== fieldKey));
    change({ quick: next === "" ? others : { ...others, [fieldKey]: next } });
  };
  return (
    <PanelButton label={shown === "" ? name : `${name}: ${shown}`} icon={<IconChevronDown size={14} />} used={text !== ""} open={open} onOpenChange={setOpen}>
      <QuickPanel app={list.describe.app} field={field} name={name} text={text} onChange={set} onDone={() => setOpen(false)} />
    </PanelButton>
  );
}

/** Names that stand on the button; the rest is counted. */
const MOST_NAMES = 2;

/** A choice in a few words: the names of what is chosen, as far as the reader may know them. */
function useShownChoice(app: string, field: FieldInfo, text: string): string {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = quickKind(field);
  const choices = choicesOf(text);
  const names = useChosenNames(app, field, choices);
  if (text === "") return "";
  if (kind === "date") return dateChoiceName(text, format, t);
  if (kind === "boolean") return t(text === "true" ? "list.quick.yes" : "list.quick.no");
  const named = choices.flatMap((choice) => {
    if (choice === EMPTY_CHOICE) return [t("list.quick.empty")];
    if (choice === ME_CHOICE) return [t("list.filter.me")];
    const name = names.get(choice) ?? format.label(optionOf(field, choice)?.label);
    return name === "" ? [] : [name];
  });
  if (named.length === 0) return t("list.quick.chosen", { count: choices.length });
  const shown = named.slice(0, MOST_NAMES).join(format.language === "zh-CN" ? "、" : ", ");
  const rest = choices.length - Math.min(named.length, MOST_NAMES);
  return rest === 0 ? shown : t("list.quick.andMore", { names: shown, count: rest });
}
