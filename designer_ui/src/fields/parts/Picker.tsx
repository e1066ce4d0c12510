import { Select } from "antd";
import { useState, type ReactNode, type UIEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { controlProps } from "./inputProps";

export interface PickerOption {
  readonly value: string | number;
  readonly label: string;
  /** How it looks in the list and when chosen; the label when missing. */
  readonly shown?: ReactNode;
  /** What else is told of it in the list. */
  readonly detail?: string;
  /** The heading it stands under in the list. */
  readonly group?: string | undefined;
}

interface Props extends Omit<InputProps, "value" | "onChange"> {
  readonly options: readonly PickerOption[];
  readonly value: string | number | readonly (string | number)[] | null;
  readonly onPick: (value: string | number | readonly (string | number)[] | null) => void;
  readonly multiple?: boolean;
  readonly loading?: boolean;
  /** Given: typing asks the server; else typing narrows the options. */
  readonly onSearch?: (text: string) => void;
  readonly onOpen?: () => void;
  /** The end of the list is near. */
  readonly onMore?: () => void;
  readonly footer?: ReactNode;
}

/** A choice from a list, by mouse, typing or arrow keys; the one look for options, people, departments and records. */
export function Picker({ options, value, onPick, multiple = false, loading = false, onSearch, onOpen, onMore, footer, ...props }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(props.inline ?? false);
  const shown = new Map(options.map((option) => [option.value, option.shown ?? option.label]));
  const details = new Map(options.flatMap((option) => (option.detail ? [[option.value, option.detail] as const] : [])));
  const { field, inline, onCommit } = props;
  return (
    <Select
      {...controlProps({ ...props, value: null, onChange: () => undefined })}
      className="f-fill"
      {...(multiple ? { mode: "multiple" as const } : {})}
      allowClear={!field.required}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) onOpen?.();
        else if (inline && multiple) onCommit?.();
      }}
      value={Array.isArray(value) ? [...value] : (value as string | number | null)}
      onChange={(next: string | number | (string | number)[] | undefined) => {
        onPick(next === undefined || (Array.isArray(next) && next.length === 0) ? null : next);
        if (!multiple) onCommit?.();
      }}
      options={grouped(options)}
      optionRender={(option) => {
        const key = option.value as string | number;
        const detail = details.get(key);
        const name = shown.get(key) ?? option.label;
        return detail ? <span className="f-option"><span className="ellipsis">{name}</span><span className="muted ellipsis">{detail}</span></span> : name;
      }}
      {...(onMore ? { onPopupScroll: (event: UIEvent<HTMLDivElement>) => nearEnd(event.currentTarget) && onMore() } : {})}
      labelRender={(label) => shown.get(label.value) ?? label.label}
      showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: "label" }}
      loading={loading}
      placeholder={format.label(field.placeholder) || t("fields.choose")}
      notFoundContent={<span className="muted">{loading ? t("ui.loading") : t("fields.nothingFound")}</span>}
      popupMatchSelectWidth={false}
      {...(multiple ? { maxTagCount: "responsive" as const } : {})}
      {...(footer ? { popupRender: (menu: ReactNode) => <>{menu}{footer}</> } : {})}
    />
  );
}

interface Item {
  readonly value: string | number;
  readonly label: string;
  readonly title: string;
}

interface Group {
  readonly label: string;
  readonly title: string;
  readonly options: Item[];
}

/** Options as the list takes them, with a heading before each group. */
function grouped(options: readonly PickerOption[]): (Item | Group)[] {
  const items = (of: readonly PickerOption[]): Item[] => of.map(({ value, label }) => ({ value, label, title: label }));
  const groups = [...new Set(options.map((option) => option.group))];
  return groups.flatMap((group): (Item | Group)[] => {
    const found = items(options.filter((option) => option.group === group));
    return group === undefined ? found : [{ label: group, title: group, options: found }];
  });
}

/** So much is left below when more is asked for, px. */
const NEAR = 120;

const nearEnd = (box: HTMLElement): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

/** The ids of a picked value. */
export function pickedIds(value: Json | string | number | readonly (string | number)[]): number[] {
  return (Array.isArray(value) ? value : [value]).map(Number);
}
