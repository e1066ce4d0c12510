/** Groups side by side: who is in them, which records, actions, buttons and fields they give. On a phone one at a time. */
import { ACTIONS, allowsButton, gives, isLastToName, sameReach, withAction, withButton, type FieldFacts, type Group, type Groups } from "@/model/design/permissions";
import { usePhone } from "@/ui/useMedia";
import { Input, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../draft";
import type { GroupPeople, RoleFacts } from "./calls";
import { FieldCell, OtherFieldsCell } from "./FieldCell";
import { GroupHead } from "./GroupHead";
import { PeopleCell } from "./PeopleCell";
import { RowsCell } from "./RowsCell";
import type { Words } from "./words";

export interface FormSubject {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly words: Words;
  readonly fields: readonly FieldFacts[];
  readonly buttons: readonly string[];
  readonly roles: readonly RoleFacts[];
  /** Who is in the groups of the draft. */
  readonly people: readonly GroupPeople[];
  /** Groups that people can be put into by now. */
  readonly published: readonly string[];
  /** The published groups. */
  readonly before: Groups;
}

interface Props {
  readonly subject: FormSubject;
  readonly groups: NonNullable<Groups>;
  readonly onChange: (groups: Groups) => void;
}

/** What a cell is told of its group. */
export interface CellProps extends Props {
  readonly name: string;
  readonly group: Group;
  readonly set: (group: Group) => void;
}

interface Row {
  readonly key: string;
  readonly label: ReactNode;
  readonly cell: (props: CellProps) => ReactNode;
  /** Whether it says something else than what is published. */
  readonly differs: (ours: Group, theirs: Group, key: string) => boolean;
}

const FEW = 12;

export function Matrix({ subject, groups, onChange }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const all = Object.keys(groups);
  const one = chosen !== null && groups[chosen] ? chosen : all[0];
  const shown = phone && one !== undefined ? [one] : all;
  if (all.length === 0) return <p className="perm-warning">{t("permissions.noGroups")}</p>;
  const { fields } = subject;
  const say: Translate = (key) => t(key);
  const wanted = words.trim().toLowerCase();
  const found = fields.filter(({ key }) => !wanted || key.toLowerCase().includes(wanted) || subject.words.field(key).toLowerCase().includes(wanted));
  const sections = [...sectionsOf(subject, say, groups), { key: "fields", title: t("permissions.fields"), rows: [otherFieldsRow(say), ...found.map((field) => fieldRow(field, subject.words))] }];
  return (
    <>
      {phone && all.length > 1 ? (
        <Select<string> className="perm-choose" value={one ?? null} aria-label={t("permissions.group")} options={all.map((value) => ({ value, label: subject.words.group(value) }))} onChange={setChosen} />
      ) : null}
      <div className="perm-scroll matrix" role="region" tabIndex={0} aria-label={t("permissions.matrix")}>
        <table className="perm-matrix">
          <thead>
            <tr>
              <td />
              {shown.map((key) => (
                <th key={key} scope="col"><GroupHead subject={subject} groups={groups} onChange={onChange} name={key} /></th>
              ))}
            </tr>
          </thead>
          {sections.map((section) => (
            <tbody key={section.key}>
              <tr className="section">
                <th colSpan={shown.length + 1} scope="rowgroup">
                  {section.title}
                  {section.key === "fields" && fields.length > FEW ? (
                    <Input size="small" className="perm-find" value={words} allowClear placeholder={t("permissions.findField")} aria-label={t("permissions.findField")} onChange={(event) => setWords(event.target.value)} />
                  ) : null}
                </th>
              </tr>
              {section.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{row.label}</th>
                  {shown.map((key) => <Cell key={key} row={row} name={key} subject={subject} groups={groups} onChange={onChange} />)}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

function Cell({ row, name, subject, groups, onChange }: Props & { row: Row; name: string }) {
  const { t } = useTranslation();
  const group = groups[name];
  if (!group) return <td />;
  const theirs = subject.before?.[name];
  const changed = theirs === undefined || row.differs(group, theirs, name);
  const set = (next: Group): void => onChange({ ...groups, [name]: next });
  return (
    <td className={changed ? "changed" : undefined}>
      {row.cell({ subject, groups, onChange, name, group, set })}
      {changed ? <span className="sr-only">{t("permissions.changed")}</span> : null}
    </td>
  );
}

const whoIn = (group: Group): string => [...group.roles, "", ...(group.external ?? [])].sort().join();

type Translate = (key: string) => string;

function sectionsOf(subject: FormSubject, t: Translate, groups: NonNullable<Groups>): readonly { readonly key: string; readonly title: string; readonly rows: readonly Row[] }[] {
  const { words, buttons, before } = subject;
  const who: Row = {
    key: "who",
    label: t("permissions.who"),
    cell: (props) => <PeopleCell {...props} />,
    differs: (ours, theirs) => whoIn(ours) !== whoIn(theirs),
  };
  const rows: Row = {
    key: "rows",
    label: t("permissions.rows.title"),
    cell: (props) => <RowsCell {...props} />,
    differs: (ours, theirs) => (ours.rows ?? "all") !== (theirs.rows ?? "all") || ours.department !== theirs.department,
  };
  // Without a team there is nothing to share.
  const team = "team" in ((subject.draft.document.forms?.[subject.form] ?? {}) as object);
  const actions = ACTIONS.filter((action) => action !== "share" || team).map((action): Row => ({
    key: action,
    label: words.action(action),
    cell: (props) => <ActionCell {...props} action={action} />,
    differs: (_ours, _theirs, key) => gives(groups, key, action).on !== gives(before ?? {}, key, action).on,
  }));
  const named = buttons.map((button): Row => ({
    key: `button-${button}`,
    label: words.button(button),
    cell: ({ group, set, name }) => (
      <Check label={`${words.group(name)}: ${words.button(button)}`} checked={allowsButton(group, button)} onChange={(on) => set(withButton(group, buttons, button, on))} />
    ),
    differs: (ours, theirs) => allowsButton(ours, button) !== allowsButton(theirs, button),
  }));
  return [
    { key: "who", title: t("permissions.section.who"), rows: [who, rows] },
    { key: "actions", title: t("permissions.section.actions"), rows: actions },
    ...(named.length > 0 ? [{ key: "buttons", title: t("permissions.section.buttons"), rows: named }] : []),
  ];
}

function otherFieldsRow(t: Translate): Row {
  return {
    key: "others",
    label: <span>{t("permissions.otherFields")} <small className="muted">{t("permissions.otherFieldsHelp")}</small></span>,
    cell: (props) => <OtherFieldsCell {...props} />,
    differs: (ours, theirs) => (ours.other_fields ?? "writable") !== (theirs.other_fields ?? "writable"),
  };
}

function fieldRow(field: FieldFacts, words: Words): Row {
  return {
    key: `field-${field.key}`,
    label: words.field(field.key),
    cell: (props) => <FieldCell {...props} field={field} />,
    differs: (ours, theirs) => !sameReach(ours, theirs, field.key),
  };
}

function ActionCell({ action, subject, groups, onChange, name }: CellProps & { action: string }) {
  const { t } = useTranslation();
  const { on, implied } = gives(groups, name, action);
  const last = isLastToName(groups, name, action);
  const bySeeing = action === "view" && on && implied;
  return (
    <Check
      label={`${subject.words.group(name)}: ${subject.words.action(action)}`}
      checked={on}
      disabled={last || bySeeing}
      note={last ? t("permissions.lastToName") : bySeeing ? t("permissions.seesToo") : undefined}
      onChange={(next) => onChange(withAction(groups, name, action, next))}
    />
  );
}

function Check({ label, checked, disabled = false, note, onChange }: { label: string; checked: boolean; disabled?: boolean; note?: string | undefined; onChange: (on: boolean) => void }) {
  return (
    <label className="perm-check" title={note}>
      <input type="checkbox" aria-label={note ? `${label} (${note})` : label} checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    </label>
  );
}
