/** How far a group reaches a field: hidden, masked, read, write, or as all other fields. */
import { MASK, otherFields, reachOf, withPart, withReach, type FieldFacts, type Mask, type Reach } from "@/model/design/permissions";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CellProps } from "./Matrix";

const MaskDialog = lazy(() => import("./MaskDialog"));

const LIKE_OTHERS = "others";

export function FieldCell({ field, group, name, set, subject }: CellProps & { field: FieldFacts }) {
  const { t } = useTranslation();
  const [masking, setMasking] = useState(false);
  const { reach, named } = reachOf(group, field.key);
  const computed = !field.writable;
  const offered: readonly Reach[] = [...(computed ? [] : ["writable" as const]), "readable", ...(field.maskable ? ["masked" as const] : []), "hidden"];
  const shownReach = (one: Reach): Reach => (computed && one === "writable" ? "readable" : one);
  const word = (one: Reach): string => t(`permissions.reach.${shownReach(one)}`);
  const mask = group.masked_fields?.[field.key];
  const choose = (value: string): void => {
    set(withReach(group, field.key, value === LIKE_OTHERS ? null : (value as Reach)));
    if (value === "masked") setMasking(true);
  };
  return (
    <div className="perm-field">
      <select
        className={`perm-select reach-${shownReach(reach)}${named ? "" : " like-others"}`}
        aria-label={`${subject.words.group(name)}: ${subject.words.field(field.key)}`}
        value={named ? shownReach(reach) : LIKE_OTHERS}
        onChange={(event) => choose(event.target.value)}
      >
        <option value={LIKE_OTHERS}>{t("permissions.likeOthers", { reach: word(otherFields(group)) })}</option>
        {offered.map((one) => <option key={one} value={one}>{word(one)}</option>)}
      </select>
      {mask ? (
        <button type="button" className="perm-mask" aria-label={`${sample(mask)} ${t("permissions.mask.change", { field: subject.words.field(field.key) })}`} title={t("permissions.mask.change", { field: subject.words.field(field.key) })} onClick={() => setMasking(true)}>
          {sample(mask)}
        </button>
      ) : null}
      {masking && mask ? (
        <Suspense fallback={null}>
          <MaskDialog field={subject.words.field(field.key)} mask={mask} onClose={() => setMasking(false)} onSave={(next) => set(withReach(group, field.key, "masked", next))} />
        </Suspense>
      ) : null}
    </div>
  );
}

const NUMBER = "13800138000";

/** A mobile number as the mask shows it. */
export function sample({ first = 0, last = 0 }: Mask = MASK): string {
  return `${NUMBER.slice(0, first)}****${last > 0 ? NUMBER.slice(-last) : ""}`;
}

export function OtherFieldsCell({ group, name, set, subject }: CellProps) {
  const { t } = useTranslation();
  const choose = (value: string): void => set(withPart(group, "other_fields", value === "writable" ? undefined : (value as "readable" | "hidden")));
  return (
    <select className={`perm-select reach-${otherFields(group)}`} aria-label={`${subject.words.group(name)}: ${t("permissions.otherFields")}`} value={otherFields(group)} onChange={(event) => choose(event.target.value)}>
      {(["writable", "readable", "hidden"] as const).map((one) => <option key={one} value={one}>{t(`permissions.reach.${one}`)}</option>)}
    </select>
  );
}
