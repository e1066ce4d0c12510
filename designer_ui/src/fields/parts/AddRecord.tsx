import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useApp, type RelationJson } from "@/api";
import { useCreateRelated } from "@/catalogue/createRelated";
import { useFormat } from "@/ui/format";

interface Props {
  readonly app: string;
  /** The forms whose records may be chosen. */
  readonly forms: readonly string[];
  readonly typed: string;
  readonly onCreated: (form: string, record: RelationJson) => void;
}

/** At the foot of a picker: makes the record that is missing, where one may create it. */
export function AddRecord({ app, forms, typed, onCreated }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const create = useCreateRelated();
  const known = useApp(app).data?.forms;
  const open = forms.filter((form) => known?.[form]?.actions.includes("create"));
  if (!create || open.length === 0) return null;
  return (
    <>
      {open.map((form) => (
        <button
          key={form}
          type="button"
          className="f-add"
          // The list must not close under the button before it is pressed.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => create({ app, form, typed: typed.trim(), onCreated: (record) => onCreated(form, record) })}
        >
          <IconPlus size={14} aria-hidden />
          <span className="ellipsis">
            {typed.trim()
              ? t("fields.relation.addNamed", { form: format.label(known?.[form]?.label), name: typed.trim() })
              : t("fields.addRecord", { form: format.label(known?.[form]?.label) })}
          </span>
        </button>
      ))}
    </>
  );
}
