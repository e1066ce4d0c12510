/** The name of a group with what can be done to the group as a whole. */
import { keyForGroup, moved, withPart, withPeople, type Groups } from "@/model/design/permissions";
import { ask } from "@/ui/ask";
import { announce } from "@/ui/announce";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { IconArrowLeft, IconArrowRight, IconCopy, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormSubject } from "./Matrix";

const GroupDialog = lazy(() => import("./GroupDialog"));

interface Props {
  readonly subject: FormSubject;
  readonly groups: NonNullable<Groups>;
  readonly onChange: (groups: Groups) => void;
  readonly name: string;
}

export function GroupHead({ subject, groups, onChange, name }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const label = subject.words.group(name);
  const keys = Object.keys(groups);
  const place = keys.indexOf(name);
  const group = groups[name];
  if (!group) return null;
  const copy = (): void => {
    const key = keyForGroup(name, keys);
    const named = { ...(group.label?.en ? { en: t("permissions.copyOfEn", { name: group.label.en }) } : {}), ...(group.label?.zh ? { zh: t("permissions.copyOfZh", { name: group.label.zh }) } : {}) };
    const copied = withPart(group, "label", Object.keys(named).length > 0 ? named : undefined);
    onChange(Object.fromEntries(Object.entries(groups).flatMap(([one, body]) => (one === name ? [[one, body], [key, copied]] : [[one, body]]))));
    announce(t("permissions.copied", { name: label }));
  };
  const move = (step: -1 | 1): void => {
    onChange(moved(groups, name, step));
    announce(t("permissions.moved", { name: label }));
  };
  const added = subject.people.find(({ key }) => key === name);
  const remove = (): void => {
    const people = (added?.users.length ?? 0) + (added?.departments.length ?? 0) + (added?.organisations.length ?? 0);
    ask({
      title: t("permissions.delete", { name: label }),
      content: <p>{t("permissions.deleteHelp")}{people > 0 ? ` ${t("permissions.deletePeople", { count: people })}` : ""}</p>,
      okText: t("permissions.deleteRun"),
      danger: true,
      onOk: () => onChange(Object.fromEntries(Object.entries(groups).filter(([one]) => one !== name))),
    });
  };
  const entries: readonly (readonly MenuEntry[])[] = [
    [
      { key: "edit", label: t("permissions.rename"), icon: <IconPencil size={16} />, onSelect: () => setEditing(true) },
      { key: "copy", label: t("permissions.copy"), icon: <IconCopy size={16} />, onSelect: copy },
    ],
    [
      { key: "left", label: t("permissions.moveLeft"), icon: <IconArrowLeft size={16} />, disabled: place === 0, onSelect: () => move(-1) },
      { key: "right", label: t("permissions.moveRight"), icon: <IconArrowRight size={16} />, disabled: place === keys.length - 1, onSelect: () => move(1) },
    ],
    [{ key: "delete", label: t("permissions.deleteRun"), icon: <IconTrash size={16} />, danger: true, onSelect: remove }],
  ];
  return (
    <div className="perm-head">
      <span title={label}>{label}</span>
      <MenuButton label={t("permissions.more", { name: label })} groups={entries}><IconDots size={16} aria-hidden /></MenuButton>
      {editing ? (
        <Suspense fallback={null}>
          <GroupDialog
            group={group}
            taken={keys}
            roles={subject.roles}
            onClose={() => setEditing(false)}
            onSave={(_, { label: named, roles, external }) => onChange({ ...groups, [name]: withPart(withPeople(group, roles, external), "label", named) })}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
