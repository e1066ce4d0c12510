import type { InputProps } from "@/catalogue/registry";

/** What every antd control takes the same way. */
export function controlProps({ id, disabled, invalid, autoFocus, describedBy, label, inline }: InputProps) {
  return {
    id,
    disabled: disabled ?? false,
    status: invalid ? ("error" as const) : ("" as const),
    autoFocus: autoFocus ?? false,
    variant: inline ? ("borderless" as const) : ("outlined" as const),
    "aria-describedby": describedBy,
    "aria-label": label,
    "aria-invalid": invalid ?? false,
  };
}
