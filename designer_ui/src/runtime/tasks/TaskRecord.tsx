import { useMemo } from "react";
import type { Describe } from "@/api";
import { planLayout } from "@/model/layout";
import { useFormat } from "@/ui/format";
import { FieldValue } from "../record/FieldValue";
import { SectionBox } from "../record/SectionBox";
import type { TaskJson } from "./types";

/** The record to read, all tabs one under the other; what stands above to be filled in is left out. */
export function TaskRecord({ describe, shown }: { describe: Describe; shown: TaskJson }) {
  const format = useFormat();
  const plan = useMemo(() => planLayout(describe.layout), [describe]);
  const above = shown.decisions.length > 0 ? shown.fields.editable : [];
  const readable = new Set(shown.fields.readable.filter((key) => !above.includes(key)));
  const parts = plan
    .map(({ tab, sections }) => ({ tab, sections: sections.map((section) => ({ ...section, fields: section.fields.filter((key) => readable.has(key)) })).filter((section) => section.fields.length > 0) }))
    .filter(({ sections }) => sections.length > 0);
  return (
    <>
      {parts.map(({ tab, sections }) => (
        <div key={tab?.tab ?? ""} className="form-part">
          {tab && parts.length > 1 ? <h2>{format.label(tab.label)}</h2> : null}
          {sections.map((section, index) => (
            <SectionBox key={section.section?.section ?? index} heading={parts.length > 1 ? "h3" : "h2"} plan={section}>
              {section.fields.map((key) => {
                const field = describe.fields[key];
                return field ? <FieldValue key={key} name={key} field={field} describe={describe} record={shown.record} editable={false} /> : null;
              })}
            </SectionBox>
          ))}
        </div>
      ))}
    </>
  );
}
