/** Places and values of a definition in words. */
import type { Json, JsonObject, Label } from "@/api";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import type { Where } from "./calls";

export interface Words {
  place(where: Where): string;
  value(value: Json): string;
}

/** Groups of parts ("Forms") say nothing that the part's own name does not. */
const SILENT = new Set(["forms", "fields"]);

function partOf(value: Json, key: string): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? ((value as JsonObject)[key] ?? null) : null;
}

function labelOf(value: Json): Label | null {
  const [en, zh] = [partOf(value, "en"), partOf(value, "zh")];
  return typeof en === "string" && typeof zh === "string" ? { en, zh } : null;
}

export function useWords(): Words {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    place: (where) =>
      where
        .filter((part) => typeof part !== "string" || !SILENT.has(part))
        .map((part) => (typeof part === "string" ? t(`upgrade.part.${part}`, { defaultValue: part }) : format.label(part)))
        .join(" › "),
    value: (value) => {
      if (value === null) return t("upgrade.nothing");
      if (typeof value === "string") return value;
      const label = labelOf(value) ?? labelOf(partOf(value, "label"));
      return label ? format.label(label) : JSON.stringify(value);
    },
  };
}
