import { Select } from "antd";
import { useState, type ReactNode } from "react";
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
  readonly footer?: ReactNode;
}

/** A choice from a list, by mouse, typing or arrow keys; the one look for options, people, departments and records. */
export function Picker({ options, value, onPick, multiple = false, loading = false, onSearch, onOpen, footer, ...props }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(props.inline ?? false);
  const shown = new Map(options.map((option) => [option.value, option.shown ?? option.label]));
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
      options={options.map(({ value: key, label }) => ({ value: key, label, title: label }))}
      optionRender={(option) => shown.get(option.value as string | number) ?? option.label}
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

/** The ids of a picked value. */
export function pickedIds(value: Json | string | number | readonly (string | number)[]): number[] {
  return (Array.isArray(value) ? value : [value]).map(Number);
}
