/** Places that both sides changed, each with what it was, both values, and a choice. */
import { Tag } from "@/ui/Tag";
import { Button, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Choices, Side, UpgradeConflict } from "./calls";
import { useWords } from "./words";

const SIDES: readonly Side[] = ["own", "suite"];

interface Props {
  readonly conflicts: readonly UpgradeConflict[];
  /** What was chosen, before the server has worked out what follows. */
  readonly choices?: Choices;
  /** Without it what was decided is shown. */
  readonly onChoose?: (choices: Choices) => void;
}

export function Conflicts({ conflicts, choices = {}, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section className="design-card" aria-labelledby="upgrade-conflicts">
      <h2 id="upgrade-conflicts">
        {t("upgrade.conflicts")}
        <span className="muted num">{conflicts.length}</span>
      </h2>
      {conflicts.length === 0 ? <p className="muted">{t("upgrade.conflictsNone")}</p> : null}
      {conflicts.length > 1 && onChoose ? (
        <div className="upgrade-all">
          {SIDES.map((side) => (
            <Button key={side} size="small" onClick={() => onChoose(Object.fromEntries(conflicts.map(({ path }) => [path, side])))}>{t(`upgrade.all.${side}`)}</Button>
          ))}
        </div>
      ) : null}
      <ConflictList conflicts={conflicts} choices={choices} {...(onChoose ? { onChoose } : {})} />
    </section>
  );
}

export function ConflictList({ conflicts, choices = {}, onChoose }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <ul className="upgrade-list">
      {conflicts.map((conflict) => {
        const place = words.place(conflict.where);
        return (
          <li key={conflict.path} className="upgrade-conflict">
            <div className="upgrade-place">
              <strong>{place}</strong>
              {conflict.orphan ? <Tag color="amber">{t("upgrade.orphan")}</Tag> : null}
            </div>
            <p className="muted">{t("upgrade.before")}: {words.value(conflict.base)}</p>
            <Radio.Group
              className="upgrade-sides"
              aria-label={t("upgrade.choose", { place })}
              value={choices[conflict.path] ?? conflict.side}
              disabled={!onChoose}
              onChange={(event) => onChoose?.({ [conflict.path]: event.target.value as Side })}
            >
              {SIDES.map((side) => (
                <Radio key={side} value={side}>
                  <span className="muted">{t(`upgrade.side.${side}`)}: </span>
                  <span className="upgrade-value">{words.value(conflict[side])}</span>
                </Radio>
              ))}
            </Radio.Group>
          </li>
        );
      })}
    </ul>
  );
}
