/** Conditions that must all hold, or of which one is enough; groups may stand in groups. */
import { removeItem, replaceItem, startCondition, type Condition, type Group } from "@/model/filter";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { ConditionRow, type FilterContext } from "./ConditionRow";

interface Props {
  readonly group: Group;
  readonly context: FilterContext;
  readonly depth: number;
  readonly onChange: (group: Group) => void;
  readonly onRemove?: () => void;
}

const DEEPEST_BUTTON = 2;

export function ConditionGroup({ group, context, depth, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const [firstKey = "owner"] = context.keys;
  const add = (item: Condition | Group): void => onChange({ ...group, items: [...group.items, item] });
  const fresh = (): Condition => startCondition(firstKey, context.filterFields);
  return (
    <div className={depth > 0 ? "filter-group nested" : "filter-group"} role="group" aria-label={t(`list.filter.match.${group.match}`)}>
      {group.items.length > 1 || depth > 0 ? (
        <div className="filter-match">
          <Segmented<"all" | "any">
            size="small"
            value={group.match}
            options={(["all", "any"] as const).map((match) => ({ value: match, label: t(`list.filter.match.${match}`) }))}
            onChange={(match) => onChange({ ...group, match })}
          />
          {onRemove ? (
            <IconButton label={t("list.filter.removeGroup")} onClick={onRemove}>
              <IconX size={16} />
            </IconButton>
          ) : null}
        </div>
      ) : null}
      {group.items.map((item, index) =>
        item.kind === "group" ? (
          <ConditionGroup
            key={index}
            group={item}
            context={context}
            depth={depth + 1}
            onChange={(next) => onChange(replaceItem(group, index, next))}
            onRemove={() => onChange(removeItem(group, index))}
          />
        ) : (
          <ConditionRow
            key={index}
            row={item}
            context={context}
            onChange={(next) => onChange(replaceItem(group, index, next))}
            onRemove={() => onChange(removeItem(group, index))}
          />
        ),
      )}
      <div className="filter-add">
        <Button size="small" type="text" icon={<IconPlus size={14} />} onClick={() => add(fresh())}>
          {t("list.filter.add")}
        </Button>
        {depth < DEEPEST_BUTTON ? (
          <Button
            size="small"
            type="text"
            icon={<IconPlus size={14} />}
            onClick={() => add({ kind: "group", match: "any", items: [fresh()] })}
          >
            {t("list.filter.addGroup")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
