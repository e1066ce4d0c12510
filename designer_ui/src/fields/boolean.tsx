import { IconCheck, IconMinus } from "@tabler/icons-react";
import { lazyInput } from "@/catalogue/lazyInput";
import { useTranslation } from "react-i18next";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";

const WORDS = { en: ["No", "Yes"], "zh-CN": ["否", "是"] } as const;

function Cell({ value }: CellProps) {
  const { t } = useTranslation();
  const on = value === true;
  return (
    <span className={`f-check ${on ? "on" : "off"}`} role="img" aria-label={on ? t("ui.yes") : t("ui.no")}>
      {on ? <IconCheck size={14} stroke={2.4} aria-hidden /> : <IconMinus size={14} aria-hidden />}
    </span>
  );
}

const boolean: FieldTypeUi = {
  type: "boolean",
  Cell,
  Input: lazyInput(() => import("./inputs/BooleanInput")),
  text: (value, _field, format) => WORDS[format.language][value === true ? 1 : 0],
  width: 90,
};

export default boolean;
