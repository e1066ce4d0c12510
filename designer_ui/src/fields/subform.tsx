import { Suspense, lazy } from "react";
import type { Json } from "@/api";
import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat, type Format } from "@/ui/format";
import { loadLinesTexts } from "./lines/texts";

const Table = lazy(async () => (await Promise.all([import("./lines/LinesView"), loadLinesTexts()]))[0]);

/** A list says only how many there are. */
function counted(value: Json, format: Format): string {
  const count = Array.isArray(value) ? value.length : Number(value);
  if (!Number.isFinite(count) || count === 0) return "";
  if (format.language === "zh-CN") return `${format.number(count)} 行`;
  return `${format.number(count)} ${count === 1 ? "line" : "lines"}`;
}

function Cell({ value }: CellProps) {
  return <span className="num">{counted(value, useFormat())}</span>;
}

function View(props: CellProps) {
  return (
    <Suspense fallback={<Cell {...props} />}>
      <Table {...props} />
    </Suspense>
  );
}

const subform: FieldTypeUi = {
  type: "subform",
  Cell,
  View,
  Input: lazyInput(async () => (await Promise.all([import("./lines/LinesInput"), loadLinesTexts()]))[0]),
  text: (value, _field, format) => counted(value, format),
  width: 110,
  wide: true,
  labelled: true,
};

export default subform;
