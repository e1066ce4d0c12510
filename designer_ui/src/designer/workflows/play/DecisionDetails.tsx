/** What one decision of a test says besides: where it goes back to, whom it names, how long time passes. */
import { withMember } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { rolesIn, type Choice } from "../document";
import type { PanelScene } from "../panel/scene";
import { Check, DurationInput, Select } from "../parts";
import type { Decided } from "./DecisionList";

interface Props {
  readonly scene: PanelScene;
  readonly number: number;
  readonly value: Decided;
  /** Where it may be returned to. */
  readonly targets: readonly Choice[];
  readonly onChange: (value: Decided) => void;
}

const VOTES = new Set(["approve", "reject", "submit", "return", "answer"]);
const NAMING = new Set(["reassign", "add_approver", "ask"]);
const WHERE = { before: "inBefore", after: "inAfter", beside: "inBeside" } as const;

export function DecisionDetails(props: Props) {
  const { number, value, targets, onChange } = props;
  const { t } = useTranslation();
  const { decision } = value;
  return (
    <>
      {decision === "return" ? (
        <>
          <Select label={t("play.test.to", { number })} value={value.to} choices={targets} empty={t("flow.choose")} onChange={(to) => onChange(withMember(value, "to", to || undefined))} />
          <Select label={t("play.test.then", { number })} value={value.then} choices={[{ value: "again", label: t("play.test.thenAgain") }, { value: "straight_back", label: t("play.test.thenStraight") }]} empty={t("play.test.thenUsual")} onChange={(then) => onChange(withMember(value, "then", then || undefined))} />
        </>
      ) : null}
      {decision === "add_approver" ? <Select label={t("play.test.where", { number })} value={value.where ?? "before"} choices={Object.entries(WHERE).map(([where, word]) => ({ value: where, label: t(`play.test.${word}`) }))} onChange={(where) => onChange({ ...value, where })} /> : null}
      {NAMING.has(decision) ? <Named {...props} /> : null}
      {VOTES.has(decision) ? <Check checked={value.alone ?? false} onChange={(on) => onChange(withMember(value, "alone", on || undefined))}>{t("play.test.alone")}</Check> : null}
      {decision === "wait" ? <Waiting {...props} /> : null}
    </>
  );
}

/** Somebody who is only there for this, or somebody of a role; one to hand over to, several to add or to ask. */
function Named({ scene, number, value, onChange }: Props) {
  const { t } = useTranslation();
  const people = value.people ?? [{}];
  const roles = Object.entries(rolesIn(scene.document)).map(([role, { label }]) => ({ value: role, label }));
  // One who is nobody in particular need not be said.
  const put = (next: typeof people): void => onChange(withMember(value, "people", next.length > 1 || next.some(({ role, user }) => role ?? user) ? next : undefined));
  return (
    <>
      {people.map((person, index) => (
        <div key={index} className="wd-value">
          <Select label={t("play.test.person", { person: index + 1, number })} value={person.role} choices={roles} empty={person.user === undefined ? t("play.test.somebody") : (scene.people.get(person.user) ?? `#${person.user}`)} onChange={(role) => put(people.map((one, place) => (place === index ? (role ? { role } : {}) : one)))} />
          {people.length > 1 ? <IconButton label={t("play.test.removePerson", { person: index + 1 })} onClick={() => put(people.filter((_, place) => place !== index))}><IconTrash size={16} aria-hidden /></IconButton> : null}
        </div>
      ))}
      {value.decision === "reassign" ? null : <Button size="small" icon={<IconPlus size={14} />} onClick={() => put([...people, {}])}>{t("play.test.addPerson")}</Button>}
    </>
  );
}

function Waiting({ number, value, onChange }: Props) {
  const { t } = useTranslation();
  const { until, after, ...rest } = value;
  const kind = after ? "after" : (until ?? "next");
  const choose = (next: string): void => onChange(next === "after" ? { ...rest, after: { amount: 1, unit: "days" } } : next === "due" ? { ...rest, until: "due" } : rest);
  return (
    <>
      <Select label={t("play.test.until", { number })} value={kind} choices={[{ value: "next", label: t("play.test.untilNext") }, { value: "due", label: t("play.test.untilDue") }, { value: "after", label: t("play.test.forTime") }]} onChange={choose} />
      {after ? <DurationInput label={t("play.test.after", { number })} value={after} onChange={(next) => onChange({ ...rest, after: next })} /> : null}
    </>
  );
}
