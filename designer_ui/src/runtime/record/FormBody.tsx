import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { matchesByField } from "@/model/duplicates";
import { planLayout } from "@/model/layout";
import { useFormat } from "@/ui/format";
import { FormField } from "./FormField";
import { DuplicateHint } from "./duplicates/DuplicateHint";
import { SectionBox } from "./SectionBox";
import type { RecordDraft } from "./useRecordDraft";

/** All fields by the layout. The tabs of the record page stand one under the other here: nothing hides from saving. */
export function FormBody({ draft }: { draft: RecordDraft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, matches: found, stateOf } = draft;
  const plan = useMemo(() => planLayout(describe.layout), [describe]);
  const titled = plan.length > 1;
  const owner = describe.system_fields["owner"];
  const first = describe.order.find((key) => !draft.stateOf(key).read_only && draft.stateOf(key).visible);
  const matches = useMemo(() => matchesByField(found, (key) => stateOf(key).visible), [found, stateOf]);
  const field = (key: string) => {
    const info = describe.fields[key] ?? describe.system_fields[key];
    const state = draft.stateOf(key);
    if (!info || !state.visible) return null;
    return (
      <FormField
        key={key}
        name={key}
        field={info}
        value={draft.values[key] ?? null}
        place={{ app: describe.app, form: describe.key, field: key, record: draft.id }}
        required={state.required}
        readOnly={state.read_only}
        issue={draft.issues.get(key)}
        compared={describe.duplicates.includes(key)}
        matches={matches.get(key)}
        autoFocus={key === first}
        onChange={draft.setValue}
        values={info.type.startsWith("relation") || info.type === "subform" ? draft.values : undefined}
        lines={draft.lines[key]}
        lineIssues={draft.lineIssues[key]}
      />
    );
  };
  return (
    <>
      <DuplicateHint app={describe.app} matches={matches.get("")} />
      {plan.map(({ tab, sections }) => (
        <div key={tab?.tab ?? ""} className="form-part">
          {tab && titled ? <h2>{format.label(tab.label)}</h2> : null}
          {sections.map((plan, index) =>
            plan.section && !draft.sectionVisible(plan.section.section) ? null : (
              <SectionBox heading={titled ? "h3" : "h2"} key={plan.section?.section ?? index} plan={plan} urgent={plan.fields.some((key) => draft.issues.has(key))}>
                {plan.fields.map(field)}
              </SectionBox>
            ),
          )}
        </div>
      ))}
      {owner && !owner.read_only ? (
        <div className="form-part">
          <SectionBox heading="h2" plan={{ section: null, columns: 2, fields: ["owner"] }} label={t("record.people")}>{field("owner")}</SectionBox>
        </div>
      ) : null}
    </>
  );
}
