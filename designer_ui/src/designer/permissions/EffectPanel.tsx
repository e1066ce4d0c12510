/** What the draft changes for people, before it is published: one of each role, or those who are chosen. */
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../draft";
import { useEffectOnPeople, type Counts, type Difference, type PersonEffect } from "./calls";
import { idsOf } from "./people";
import type { Words } from "./words";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly words: Words;
}

export default function EffectPanel({ app, form, draft, words }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [people, setPeople] = useState<Json>([]);
  const told = useEffectOnPeople(app, form, draft, idsOf(people));
  const label = t("permissions.effect.people");
  const field: FieldInfo = { type: "users", label: { en: label, zh: label }, settings: { external: true } };
  return (
    <>
      <div className="perm-form perm-choose">
        <label htmlFor={id}>{label}</label>
        <FieldInput id={id} value={people} onChange={setPeople} field={field} place={{ app, form, field: "owner" }} label={label} />
      </div>
      <div aria-live="polite" aria-busy={told.isFetching} className={told.isPlaceholderData ? "perm-effects stale" : "perm-effects"}>
        {told.isPending ? <Skeleton lines={4} /> : null}
        {told.isError ? <ErrorView error={told.error} onRetry={() => void told.refetch()} /> : null}
        {told.data?.mistakes ? <p className="perm-warning">{t("permissions.effect.mistakes")}</p> : null}
        {told.data && !told.data.mistakes && told.data.people.length === 0 ? <p className="muted">{t("permissions.effect.nobody")}</p> : null}
        {told.data && told.data.people.length > 0 ? <EffectTable people={told.data.people} words={words} /> : null}
      </div>
    </>
  );
}

function EffectTable({ people, words }: { people: readonly PersonEffect[]; words: Words }) {
  const { t } = useTranslation();
  return (
    <div className="perm-scroll" role="region" tabIndex={0} aria-label={t("permissions.effect.title")}>
      <table className="perm-overview">
        <thead>
          <tr>
            <th scope="col">{t("permissions.effect.person")}</th>
            {(["view", "edit", "delete"] as const).map((action) => <th key={action} scope="col">{t(`permissions.effect.${action}`)}</th>)}
            <th scope="col">{t("permissions.effect.changes")}</th>
          </tr>
        </thead>
        <tbody>{people.map((one) => <PersonRow key={one.user.id} person={one} words={words} />)}</tbody>
      </table>
    </div>
  );
}

function PersonRow({ person, words }: { person: PersonEffect; words: Words }) {
  const { t } = useTranslation();
  const format = useFormat();
  const roles = person.roles.map(({ key, label }) => format.label(label) || key).join(", ");
  return (
    <tr>
      <th scope="row">
        {person.user.name}
        <small className="muted">{person.administrator ? t("permissions.effect.administrator") : (person.user.organisation ?? roles)}</small>
      </th>
      <td><Records counts={person.records.view} /></td>
      <td><Records counts={person.records.edit} /></td>
      <td><Records counts={person.records.delete} /></td>
      <td><Changes person={person} words={words} /></td>
    </tr>
  );
}

function Records({ counts }: { counts: Counts | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!counts) return <span className="muted">{t("permissions.effect.uncounted")}</span>;
  const { before, after, gained, lost } = counts;
  if (gained + lost === 0) return <span className="num">{format.number(before)}</span>;
  return (
    <span className="num">
      {t("permissions.effect.from", { before: format.number(before), after: format.number(after) })}
      <span className="perm-diff">
        {gained > 0 ? <span className="j-tag tone-green">+{format.number(gained)}</span> : null}
        {lost > 0 ? <span className="j-tag tone-red">−{format.number(lost)}</span> : null}
      </span>
    </span>
  );
}

function Changes({ person, words }: { person: PersonEffect; words: Words }) {
  const { t } = useTranslation();
  const lines = [
    ...told(person.actions, "actions", words.action),
    ...told(person.buttons, "buttons", words.button),
    ...fieldLines(person),
  ];
  function told({ gained, lost }: Difference, kind: string, name: (key: string) => string) {
    return (["gained", "lost"] as const).flatMap((side) => {
      const keys = side === "gained" ? gained : lost;
      return keys.length > 0 ? [{ side, text: t(`permissions.effect.${kind}_${side}`, { items: words.list(keys.map(name)) }) }] : [];
    });
  }
  function fieldLines({ fields }: PersonEffect) {
    const kindOf = (one: (typeof fields)[number]): string => [one.before, one.before_elsewhere, one.after, one.after_elsewhere].join(" ");
    const kinds = new Map(fields.map((one) => [kindOf(one), one]));
    return [...kinds].map(([kind, { before, before_elsewhere, after, after_elsewhere }]) => {
      const items = words.list(fields.filter((one) => kindOf(one) === kind).map(({ key }) => words.field(key)));
      const open = (most: string, least: string | null): number => ORDER.indexOf(most) + ORDER.indexOf(least ?? most);
      const side = open(after, after_elsewhere) > open(before, before_elsewhere) ? "gained" : "lost";
      return { side, text: t("permissions.effect.fields", { items, before: reach(before, before_elsewhere), after: reach(after, after_elsewhere) }) };
    });
  }
  function reach(most: string, least: string | null): string {
    const told = t(`permissions.reach.${most}`);
    return least === null ? told : t("permissions.effect.mixed", { most: told, least: t(`permissions.reach.${least}`) });
  }
  if (lines.length === 0) return <span className="muted">{t("permissions.effect.same")}</span>;
  return <ul className="perm-lines">{lines.map(({ side, text }) => <li key={text} className={side}>{text}</li>)}</ul>;
}

/** From seeing nothing of a field to changing it. */
const ORDER: readonly string[] = ["hidden", "masked", "readable", "writable"];
