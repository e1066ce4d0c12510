import { useTranslation } from "react-i18next";
import { Avatar } from "@/ui/Avatar";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { useOrganisation, useRoles } from "../calls";
import { departmentPaths } from "../departments";
import type { Person, PersonState } from "../types";

const COLORS: Readonly<Record<PersonState, string>> = { active: "green", invited: "amber", inactive: "gray" };

export function StateTag({ state }: { state: PersonState }) {
  const { t } = useTranslation();
  return <Tag color={COLORS[state]}>{t(`settings.people.state.${state}`)}</Tag>;
}

interface Props {
  readonly people: readonly Person[];
  readonly label: string;
  readonly onOpen: (person: Person) => void;
}

/** The words for where people stand: departments, roles (also for a department), the manager. */
function usePlaces() {
  const { t } = useTranslation();
  const format = useFormat();
  const departments = useOrganisation().data ?? [];
  const paths = departmentPaths(departments);
  const names = new Map(departments.map((one) => [one.id, one.name]));
  const labels = new Map((useRoles().data ?? []).map((role) => [role.key, format.label(role.label)]));
  const elsewhere = t("settings.people.elsewhere");
  const role = (key: string): string => labels.get(key) ?? key;
  return {
    departments: (person: Person) => person.department_ids.map((id) => names.get(id) ?? elsewhere).join(", "),
    paths: (person: Person) => person.department_ids.map((id) => paths.get(id) ?? elsewhere).join("\n"),
    roles: (person: Person) =>
      [
        ...(person.is_admin ? [t("settings.people.administrator")] : []),
        ...person.roles.map(role),
        ...person.department_roles.map((one) => t("settings.people.roleIn", { role: role(one.role), department: names.get(one.department_id) ?? elsewhere })),
      ].join(", "),
  };
}

/** People in a table, on a phone as cards; the name opens one. */
export function PeopleList({ people, label, onOpen }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const format = useFormat();
  const places = usePlaces();
  const name = (person: Person) => (
    <button type="button" className="set-person" onClick={() => onOpen(person)}>
      <Avatar name={person.name} size="big" />
      <span>
        <strong className="ellipsis">{person.name}</strong>
        <small className="ellipsis">{person.email}</small>
      </span>
    </button>
  );
  if (phone) {
    return (
      <ul className="set-cards" aria-label={label}>
        {people.map((person) => (
          <li key={person.id}>
            {name(person)}
            <StateTag state={person.state} />
            <p className="muted">{[places.departments(person), places.roles(person)].filter(Boolean).join(" · ")}</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="set-table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("settings.people.name")}</th>
            <th scope="col">{t("settings.people.departments")}</th>
            <th scope="col">{t("settings.people.roles")}</th>
            <th scope="col">{t("settings.people.manager")}</th>
            <th scope="col">{t("settings.people.stateLabel")}</th>
            <th scope="col">{t("settings.people.lastSeen")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} className={person.state === "inactive" ? "left" : ""}>
              <td>{name(person)}</td>
              <td title={places.paths(person)}>{places.departments(person)}</td>
              <td>{places.roles(person)}</td>
              <td>{person.manager?.name ?? ""}</td>
              <td><StateTag state={person.state} /></td>
              <td className="num">{person.last_seen_at ? <time dateTime={person.last_seen_at} title={format.dateTime(person.last_seen_at)}>{format.relative(person.last_seen_at)}</time> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
