import type { FieldInfo, Json, OptionInfo } from "@/api";

/** One setting of a field as text, number, ... or undefined when it is missing or of another kind. */
export function textSetting(field: FieldInfo, key: string): string | undefined {
  const value = field.settings?.[key];
  return typeof value === "string" ? value : undefined;
}

export function numberSetting(field: FieldInfo, key: string): number | undefined {
  const value = field.settings?.[key];
  return typeof value === "number" ? value : undefined;
}

export interface Option extends OptionInfo {
  readonly key: string;
}

const known = new WeakMap<FieldInfo, readonly Option[]>();

/** A choice field's options in their order. */
export function optionsOf(field: FieldInfo): readonly Option[] {
  const before = known.get(field);
  if (before) return before;
  const options = (field.settings?.["options"] ?? {}) as unknown as Record<string, OptionInfo>;
  const order = (field.settings?.["option_order"] ?? []) as Json as readonly string[];
  const keys = [...order.filter((key) => key in options), ...Object.keys(options).filter((key) => !order.includes(key))];
  const result = keys.flatMap((key) => {
    const option = options[key];
    return option ? [{ key, ...option }] : [];
  });
  known.set(field, result);
  return result;
}

export function optionOf(field: FieldInfo, key: Json): Option | undefined {
  return optionsOf(field).find((option) => option.key === key);
}
