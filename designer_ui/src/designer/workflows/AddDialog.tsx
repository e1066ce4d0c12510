/** What can be put on an edge, to be searched and chosen. */
import { NodeIcon } from "@/catalogue/workflow/NodeIcon";
import { IconClipboard } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchDialog } from "./SearchDialog";

interface Props {
  /** What was copied or cut, to be put here. */
  readonly clipboard: { readonly name: string; readonly cut: boolean } | null;
  readonly onPaste: () => void;
  readonly onChoose: (type: string) => void;
  readonly onClose: () => void;
}

const GROUPS = [
  { key: "people", types: ["approval", "fill_in", "copy", "message"] },
  { key: "ways", types: ["branch:exclusive", "branch:inclusive", "branch:parallel", "end"] },
  { key: "data", types: ["set_fields", "create_record", "update_records", "webhook"] },
  { key: "time", types: ["delay", "wait_for", "sub_workflow"] },
] as const;

export default function AddDialog({ clipboard, onPaste, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const words = (type: string) => ({ name: t(`flow.add.type.${type.replace(":", "_")}`), help: t(`flow.add.help.${type.replace(":", "_")}`) });
  const matches = (type: string): boolean => {
    const { name, help } = words(type);
    return `${name} ${help} ${type}`.toLowerCase().includes(text.trim().toLowerCase());
  };
  const groups = GROUPS.map(({ key, types }) => ({ key, types: types.filter(matches) })).filter(({ types }) => types.length > 0);
  return (
    <SearchDialog title={t("flow.add.title")} hint={t("flow.add.search")} text={text} onText={setText} onClose={onClose} onFirst={() => {
      const first = groups[0]?.types[0];
      if (first) onChoose(first);
    }}>
      {clipboard ? (
        <button type="button" className="wd-choice paste" onClick={onPaste}>
          <span className="wf-icon tone-gray" aria-hidden><IconClipboard size={18} /></span>
          <span><strong>{t(clipboard.cut ? "flow.add.move" : "flow.add.paste", { name: clipboard.name })}</strong></span>
        </button>
      ) : null}
      {groups.map(({ key, types }) => (
        <section key={key} aria-label={t(`flow.add.group.${key}`)}>
          <h3>{t(`flow.add.group.${key}`)}</h3>
          {types.map((type) => (
            <button key={type} type="button" className="wd-choice" onClick={() => onChoose(type)}>
              <NodeIcon type={type.split(":")[0] ?? ""} />
              <span><strong>{words(type).name}</strong><small className="muted">{words(type).help}</small></span>
            </button>
          ))}
        </section>
      ))}
      {groups.length === 0 ? <p className="muted" role="status">{t("flow.add.none")}</p> : null}
    </SearchDialog>
  );
}
