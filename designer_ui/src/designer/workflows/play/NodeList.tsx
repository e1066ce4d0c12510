/** Steps of a workflow one after the other, or some of them: chosen from a list, taken out with a click. */
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Choice } from "../document";
import { Select } from "../parts";

interface Props {
  readonly label: string;
  readonly nodes: readonly Choice[];
  readonly value: readonly string[] | undefined;
  readonly onChange: (value: readonly string[] | undefined) => void;
  /** Steps may come again, and their order counts. */
  readonly ordered?: boolean;
}

export function NodeList({ label, nodes, value = [], onChange, ordered = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = (key: string): string => format.label(nodes.find((one) => one.value === key)?.label) || key;
  const put = (next: readonly string[]): void => onChange(next.length > 0 ? next : undefined);
  return (
    <div className="wd-row" role="group" aria-label={label}>
      <span className="wd-label">{label}</span>
      {value.length > 0 ? (
        <ol className={ordered ? "wp-chips ordered" : "wp-chips"}>
          {value.map((key, index) => (
            <li key={`${key}${index}`}><span>{name(key)}</span><IconButton label={t("play.expect.remove", { name: name(key) })} onClick={() => put(value.filter((_, place) => place !== index))}><IconX size={14} aria-hidden /></IconButton></li>
          ))}
        </ol>
      ) : null}
      <Select label={t("play.expect.add", { name: label })} value="" choices={ordered ? nodes : nodes.filter((one) => !value.includes(one.value))} empty={value.length > 0 ? t("play.expect.more") : t("play.expect.any")} onChange={(key) => key && put([...value, key])} />
    </div>
  );
}
