import { IconEdit, IconUserPlus } from "@tabler/icons-react";
import { Button, Switch } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { Avatar } from "@/ui/Avatar";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { StateTag } from "../people/PeopleList";
import type { Person } from "../types";
import { useChangePartner, useOpenedForms, type Partner } from "./calls";

interface Props {
  readonly partner: Partner;
  readonly onEdit: () => void;
  readonly onInvite: () => void;
  readonly onContact: (person: Person) => void;
}

/** One partner company: its switch, its people, and what they may open. */
export function PartnerCard({ partner, onEdit, onInvite, onContact }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const change = useChangePartner();
  const { name } = partner;
  const turn = (active: boolean): void =>
    change.mutate(
      { id: partner.id, active },
      {
        onSuccess: () => announce(t(active ? "settings.external.isOn" : "settings.external.isOff", { name })),
        onError: (error) => showToast({ text: errorText(error) }),
      },
    );
  return (
    <section className={partner.active ? "set-partner" : "set-partner off"} aria-labelledby={id}>
      <header>
        <h2 id={id}>{name}</h2>
        <Tag color="blue">{t(`settings.external.kinds.${partner.kind}`)}</Tag>
        <IconButton label={t("settings.external.editOf", { name })} onClick={onEdit}><IconEdit size={16} aria-hidden /></IconButton>
        <span className="actions">
          <label className="set-line">
            <Switch checked={partner.active} loading={change.isPending} aria-label={t("settings.external.mayComeIn", { name })} onChange={turn} />
            <span aria-hidden>{t(partner.active ? "settings.external.on" : "settings.external.off")}</span>
          </label>
          <Button icon={<IconUserPlus size={16} aria-hidden />} disabled={!partner.active} aria-label={t("settings.external.inviteTo", { name })} onClick={onInvite}>{t("settings.external.invite")}</Button>
        </span>
      </header>
      {partner.people.length === 0 ? <p className="muted">{t("settings.external.nobody")}</p> : <Contacts partner={partner} onContact={onContact} />}
      <Opened partner={partner} />
    </section>
  );
}

function Contacts({ partner, onContact }: Pick<Props, "partner" | "onContact">) {
  const { t } = useTranslation();
  return (
    <ul className="set-contacts" aria-label={t("settings.external.peopleOf", { name: partner.name })}>
      {partner.people.map((person) => (
        <li key={person.id}>
          <button type="button" className="set-person" onClick={() => onContact(person)}>
            <Avatar name={person.name} size="big" />
            <span>
              <strong className="ellipsis">{person.name}</strong>
              <small className="ellipsis">{person.email}</small>
            </span>
          </button>
          <StateTag state={person.state} />
        </li>
      ))}
    </ul>
  );
}

/** The forms its people may open, told when somebody asks. */
function Opened({ partner }: { partner: Partner }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const forms = useOpenedForms(partner.id, open);
  const words = (actions: readonly string[]): string => actions.map((action) => t(`settings.external.actions.${action}`, { defaultValue: action })).join(", ");
  return (
    <details className="set-opened" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("settings.external.sees")}</summary>
      {forms.error ? <ErrorView part error={forms.error} onRetry={() => void forms.refetch()} /> : null}
      {open && forms.isPending ? <Skeleton lines={3} /> : null}
      {forms.data?.length === 0 ? <p className="muted">{t("settings.external.seesNothing")}</p> : null}
      <ul>
        {forms.data?.map((one) => (
          <li key={`${one.app}.${one.form}`}>
            <strong>{format.label(one.label)}</strong> <span className="muted">{format.label(one.app_label)}</span>
            {one.groups.map((group) => (
              <p key={group.key}>
                {t(group.by_kind ? "settings.external.byKind" : "settings.external.byName", { group: format.label(group.label) || group.key })}
                {": "}
                {words(group.actions)}
                {group.rows === "all" ? null : <code>{group.rows}</code>}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
