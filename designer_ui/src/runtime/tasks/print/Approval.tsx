import { useTranslation } from "react-i18next";
import { durationParts } from "@/model/duration";
import { useFormat } from "@/ui/format";
import { SignatureMark } from "../signing";
import type { InstanceJson } from "../types";
import { approvalRows, type ApprovalRow } from "./rows";
import "./approval.css";

/** What of an approval is printed. */
export interface Choices {
  readonly comments: boolean;
  readonly signatures: boolean;
  readonly durations: boolean;
}

/** How a run of a workflow went, as a table for paper. */
export function Approval({ instance, choices }: { readonly instance: InstanceJson; readonly choices: Choices }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { comments, signatures, durations } = choices;
  const id = `approval-${instance.id}`;
  const head: readonly (readonly [string, string])[] = [
    [t("print.approval.number"), `${instance.id}`],
    [t("print.approval.status"), format.label(instance.status_label)],
    [t("print.approval.initiator"), instance.initiator?.name ?? t("print.approval.machine")],
    [t("print.approval.started"), format.dateTime(instance.started_at)],
    [t("print.approval.ended"), instance.ended_at ? format.dateTime(instance.ended_at) : "—"],
  ];
  return (
    <section className="approval" aria-labelledby={id}>
      <h2 id={id}>{format.label(instance.label)}</h2>
      <dl className="approval-head">
        {head.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="num">{value}</dd></div>)}
      </dl>
      <div className="approval-scroll" role="region" aria-labelledby={id} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("print.approval.node")}</th>
              <th scope="col">{t("print.approval.person")}</th>
              <th scope="col">{t("print.approval.result")}</th>
              {comments ? <th scope="col">{t("print.approval.comment")}</th> : null}
              {signatures ? <th scope="col">{t("print.approval.signature")}</th> : null}
              <th scope="col">{t("print.approval.at")}</th>
              {durations ? <th scope="col">{t("print.approval.took")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {approvalRows(instance).map((row) => (
              <tr key={row.key}>
                <td>{format.label(row.node)}</td>
                <td>{row.people === null ? t("print.approval.machine") : row.people.map(({ name }) => name).join(", ") || "—"}</td>
                <td>{result(row)}</td>
                {comments ? <td className="approval-comment">{row.comment}</td> : null}
                {signatures ? <td>{row.signature ? <SignatureMark signature={row.signature} name={row.people?.[0]?.name ?? ""} /> : null}</td> : null}
                <td className="num">{row.at ? format.dateTime(row.at) : ""}</td>
                {durations ? <td className="num">{took(row.seconds)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );

  function result({ decision, event, to }: ApprovalRow): string {
    const what = decision ? format.label(decision) : t(event === "waiting" ? "print.approval.waiting" : `tasks.event.${event}`);
    const where = to.map((one) => (typeof one === "string" ? one : format.label(one))).join(", ");
    return where ? `${what} → ${where}` : what;
  }

  function took(seconds: number | null): string {
    if (seconds === null) return "";
    const { unit, count } = durationParts(seconds);
    return t(`print.approval.${unit}`, { count });
  }
}
