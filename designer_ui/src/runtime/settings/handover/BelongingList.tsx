import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/format";
import { PersonSelect } from "../parts/Choose";
import type { Belonging } from "./calls";
import type { Choices } from "./HandoverDialog";

interface Props {
  readonly items: readonly Belonging[];
  /** Who gets what has no successor of its own. */
  readonly to: number | null;
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
}

/** What somebody has, with how many; each can stay or go to somebody else. */
export function BelongingList({ items, to, choices, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = (item: Belonging): string => {
    if (item.kind !== "records") return t(`settings.handover.kind.${item.kind}`);
    const parts = [item.form, item.within, item.field].filter((one) => one !== null && one !== undefined);
    return parts.map((one) => format.label(one.label)).join(" · ");
  };
  const put = (key: string, other: number | null | undefined): void => {
    const others = Object.entries(choices).filter(([known]) => known !== key);
    onChange(Object.fromEntries(other === undefined ? others : [...others, [key, other]]));
  };
  return (
    <ul className="handover" aria-label={t("settings.handover.list")}>
      {items.map((item) => {
        const stays = choices[item.key] === null;
        const name = nameOf(item);
        return (
          <li key={item.key}>
            <Checkbox checked={!stays} onChange={(event) => put(item.key, event.target.checked ? undefined : null)}>
              <span className="handover-name">{name}</span> <span className="muted num">{format.number(item.count)}</span>
            </Checkbox>
            <PersonSelect
              label={t("settings.handover.toOf", { name })}
              placeholder={stays ? t("settings.handover.stays") : to === null ? t("settings.handover.choose") : t("settings.handover.same")}
              value={choices[item.key] ?? null}
              onChange={(other) => put(item.key, other ?? undefined)}
            />
            {item.names ? <p className="muted">{item.names.join(", ")}{item.count > item.names.length ? " …" : ""}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}
