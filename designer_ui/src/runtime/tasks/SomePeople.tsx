/** People out of those whom the step lets one choose among; the server searches while one types. */
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { personLabel } from "@/ui/personLabel";
import { useTaskPeople } from "./calls";

interface Props {
  readonly id: string;
  readonly task: number;
  readonly decision: string;
  /** Whether one person is chosen, or several. */
  readonly one: boolean;
  readonly onChange: (people: readonly number[]) => void;
}

export function SomePeople({ id, task, decision, one, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const people = useTaskPeople(task, decision, text);
  const nothing = <span className="muted">{t(people.isFetching ? "ui.loading" : text ? "fields.nothingFound" : "tasks.nobodyAmong")}</span>;
  const common = {
    id,
    className: "f-fill",
    showSearch: { filterOption: false as const, onSearch: setText },
    options: (people.data ?? []).map((found) => ({ value: found.id, label: personLabel(found) })),
    loading: people.isFetching,
    notFoundContent: nothing,
  };
  return one
    ? <Select<number> {...common} onChange={(chosen) => onChange([chosen])} />
    : <Select<number[]> {...common} mode="multiple" onChange={onChange} />;
}
