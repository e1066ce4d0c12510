/** What shall be unique and is not, with ways to the records that stand in its way. */
import type { AppDocument } from "@/model/design/formulas";
import { plainListOf } from "@/model/design/views";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { BrokenUniqueness } from "../draft";
import type { Labels } from "./labels";

interface Props {
  readonly app: string;
  readonly published: AppDocument | undefined;
  readonly broken: readonly BrokenUniqueness[];
  readonly labels: Labels;
  readonly onGo: () => void;
}

export function Broken({ app, published, broken, labels, onGo }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (broken.length === 0) return null;
  const place = ({ form, fields, filter }: BrokenUniqueness): string => {
    const view = plainListOf(published, form);
    return `/a/${app}/${form}?${new URLSearchParams({ ...(view ? { view } : {}), filter, sort: fields[0] ?? "", columns: ["title", ...fields].join(",") })}`;
  };
  return (
    <>
      <h3 className="design-problem">{t("design.publish.broken")}</h3>
      <ul className="publish-list">
        {broken.map((one, index) => (
          <li key={index} className="publish-problem">
            <span>
              {t("design.publish.brokenOne", {
                form: labels.form(one.form),
                fields: one.fields.map((key) => labels.field(one.form, key)).join(t("design.publish.between")),
                groups: format.number(one.groups),
                records: format.number(one.records),
              })}
            </span>
            <Link to={place(one)} onClick={onGo}>
              {one.filtered < one.records ? t("design.publish.showFirst", { count: one.filtered }) : t("design.publish.show")}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
