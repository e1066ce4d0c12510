/** One person who is asked in a simulation: his decisions, and for those that name somebody, whom. */
import type { Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Move, PlayedTask } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { MenuButton } from "@/ui/MenuButton";
import { IconArrowBackUp, IconArrowForwardUp, IconClockPause, IconDots, IconHelp, IconUserPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { idsOf } from "../../permissions/people";
import type { PanelScene } from "../panel/scene";

interface Props {
  readonly scene: PanelScene;
  readonly task: PlayedTask;
  readonly onDecide: (decision: string, more?: Partial<Move>) => void;
}

/** Decisions that are buttons here; the others stand in the menu. */
const DIRECT = new Set(["approve", "reject", "submit", "withdraw", "answer"]);

/** A decision that waits for people to be chosen. */
interface Naming {
  readonly decision: string;
  readonly where?: string;
}

const ICONS: Readonly<Record<string, ReactNode>> = { reassign: <IconArrowForwardUp size={16} />, add_approver: <IconUserPlus size={16} />, ask: <IconHelp size={16} /> };

export function TaskRow({ scene, task, onDecide }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [naming, setNaming] = useState<Naming | null>(null);
  const name = task.user?.name ?? "–";
  const offered = new Map(task.decisions.map((one) => [one.key, one]));
  const direct = task.decisions.filter(({ key }) => DIRECT.has(key));
  const back = offered.get("return");
  const targets = (back?.to ?? []).flatMap(({ key, label }) => (back?.then ?? []).map((one) => ({ key: `${key}/${one}`, label: t(`play.returnTo.${one}`, { node: format.label(label) }), icon: <IconArrowBackUp size={16} />, onSelect: () => onDecide("return", { to: key, then: one }) })));
  const others = ["reassign", "add_approver", "ask"].flatMap((key) => {
    const offer = offered.get(key);
    if (!offer) return [];
    const places: readonly (string | undefined)[] = offer.where.length > 0 ? offer.where : [undefined];
    return places.map((where) => ({ key: `${key}/${where ?? ""}`, label: t(`play.name.${where ?? key}`), icon: ICONS[key], onSelect: () => setNaming(where === undefined ? { decision: key } : { decision: key, where }) }));
  });
  const held = offered.get("hold") ? [{ key: "hold", label: format.label(offered.get("hold")?.label), icon: <IconClockPause size={16} />, onSelect: () => onDecide("hold") }] : [];
  const groups = [targets, others, held].filter((group) => group.length > 0);
  const about = task.kind === "answer" ? t("play.asked", { name: task.added_by?.name ?? "–" }) : task.state === "held" ? t("play.held") : task.for_user ? t("play.for", { name: task.for_user.name }) : task.added_by ? t("play.added", { name: task.added_by.name }) : "";
  return (
    <li>
      <span className="wp-person"><strong>{name}</strong>{about ? <small className="muted">{about}</small> : null}</span>
      {task.state === "open" ? (
        <span className="wp-decisions" role="group" aria-label={name}>
          {direct.map(({ key, label }, index) => <Button key={key} size="small" type={index === 0 ? "primary" : "default"} danger={key === "reject"} aria-label={`${name}: ${format.label(label)}`} onClick={() => onDecide(key)}>{format.label(label)}</Button>)}
          {groups.length > 0 ? <MenuButton label={t("play.more", { name })} groups={groups}><IconDots size={16} aria-hidden /></MenuButton> : null}
        </span>
      ) : null}
      {naming ? <People scene={scene} naming={naming} onCancel={() => setNaming(null)} onChoose={(users) => onDecide(naming.decision, { users, ...(naming.where === undefined ? {} : { where: naming.where }) })} /> : null}
    </li>
  );
}

/** Whom a decision names: one to hand over to, several to add or to ask. */
function People({ scene, naming, onChoose, onCancel }: { readonly scene: PanelScene; readonly naming: Naming; readonly onChoose: (users: readonly number[]) => void; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [value, setValue] = useState<Json>(null);
  const label = t(`play.name.${naming.where ?? naming.decision}`);
  const users = idsOf(value);
  return (
    <form className="wp-naming" aria-label={label} onSubmit={(event) => {
      event.preventDefault();
      if (users.length > 0) onChoose(users);
    }}>
      <label htmlFor={id}>{label}</label>
      <FieldInput id={id} value={value} onChange={setValue} field={{ type: naming.decision === "reassign" ? "user" : "users", label: { en: label, zh: label }, settings: {} }} place={{ app: scene.app, form: scene.workflow.form ?? "", field: "owner" }} label={label} autoFocus />
      <span className="wp-tools">
        <Button size="small" onClick={onCancel}>{t("ui.cancel")}</Button>
        <Button size="small" type="primary" htmlType="submit" disabled={users.length === 0}>{t("play.take")}</Button>
      </span>
    </form>
  );
}
