import type { Describe, Prepared, RecordJson } from "@/api";
import { useTranslation } from "react-i18next";
import type { SectionPlan } from "@/model/layout";
import { FieldValue } from "./FieldValue";
import { SectionBox } from "./SectionBox";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly sections: readonly SectionPlan[];
  readonly prepared: Prepared;
  /** The last tab also says who owns and who made the record. */
  readonly last: boolean;
}

/** Fields and their values by section; what a rule hides is left out. */
export function Details({ describe, record, sections, prepared, last }: Props) {
  const { t } = useTranslation();
  const system = Object.keys(describe.system_fields).filter((key) => key in record);
  const value = (key: string) => {
    const field = describe.fields[key] ?? describe.system_fields[key];
    const state = prepared.fields[key];
    if (!field || state?.visible === false) return null;
    // Lines are changed in the form, which computes with them.
    const readOnly = (field.read_only ?? false) || (state?.read_only ?? false) || field.type === "subform";
    return <FieldValue key={key} name={key} field={field} describe={describe} record={record} editable={!readOnly && describe.actions.includes("edit")} />;
  };
  return (
    <div className="card">
      {sections.map((plan, index) =>
        plan.section && prepared.sections[plan.section.section]?.visible === false ? null : (
          <SectionBox heading="h2" key={plan.section?.section ?? index} plan={plan}>{plan.fields.map(value)}</SectionBox>
        ),
      )}
      {last && system.length ? (
        <SectionBox heading="h2" plan={{ section: null, columns: 2, fields: system }} label={t("record.system")}>{system.map(value)}</SectionBox>
      ) : null}
    </div>
  );
}
