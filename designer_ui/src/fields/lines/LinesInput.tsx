import { useMemo } from "react";
import type { InputProps } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";
import { NO_LINE_ISSUES } from "@/model/lines";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { LineCards } from "./LineCards";
import { LinesGrid } from "./LinesGrid";
import { asShown, useLines } from "./useLines";
import "./lines.css";

const NO_VALUES = {};
/** Where a subform says nothing else. */
const MOST = 1000;

/** The lines of a subform: a grid, or cards on a phone. */
export default function LinesInput({ id, value, onChange, field, place: where, values, lines, lineIssues, disabled, describedBy }: InputProps) {
  const format = useFormat();
  const phone = usePhone();
  const shown = useMemo(() => lines ?? asShown(value), [lines, value]);
  const work = useLines(shown, onChange);
  const { app, form, field: key, record } = where;
  // The same object at every drawing: lines that have not changed are not drawn again.
  const place = useMemo(() => ({ app, form, field: key, record }), [app, form, key, record]);
  const Shape = phone ? LineCards : LinesGrid;
  return (
    <Shape
      id={id}
      field={field}
      label={format.label(field.label)}
      lines={shown}
      issues={lineIssues ?? NO_LINE_ISSUES}
      place={place}
      values={values ?? NO_VALUES}
      readOnly={disabled ?? false}
      describedBy={describedBy}
      least={numberSetting(field, "min_lines") ?? 0}
      most={numberSetting(field, "max_lines") ?? MOST}
      work={work}
    />
  );
}
