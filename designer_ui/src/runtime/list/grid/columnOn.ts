import type { RecordJson } from "@/api";
import { fieldOn } from "@/model/limits";
import type { Column } from "./types";

/** The column as it is for one record: what a person may change differs from record to record. */
export function columnOn(column: Column, record: RecordJson): Column {
  const field = fieldOn(column.field, column.key, record);
  return field === column.field ? column : { ...column, field, editable: false };
}
