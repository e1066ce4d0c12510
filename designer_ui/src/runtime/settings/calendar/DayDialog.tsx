import { Button, Input, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { Field, issueAt } from "../parts/Field";
import { useChangeCalendar } from "./calls";
import { range } from "./days";

export type DayChoice = "holiday" | "makeup" | "week";

export interface DayDraft {
  readonly from: string;
  readonly to: string;
  readonly kind: DayChoice;
  readonly name: string;
}

/** The longest holiday that is entered at once, in days. */
const LONGEST = 100;

/** Makes days free, worked, or again as the week says. */
export function DayDialog({ draft, onClose }: { draft: DayDraft; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const change = useChangeCalendar();
  const [value, setValue] = useState(draft);
  const [tried, setTried] = useState(false);
  const set = (next: Partial<DayDraft>) => setValue({ ...value, ...next });
  const days = range(value.from, value.to, LONGEST);
  const save = (): void => {
    setTried(true);
    if (days.length === 0) return;
    const working = value.kind === "makeup";
    const body = value.kind === "week" ? { remove: days } : { days: days.map((day) => ({ day, working, name: value.name })) };
    change.mutate(body, {
      onSuccess: () => {
        announce(t("settings.calendar.saved", { count: days.length }));
        onClose();
      },
    });
  };
  const wrong = tried && days.length === 0 ? t("settings.calendar.wrongRange", { most: LONGEST }) : undefined;
  return (
    <Dialog
      title={t("settings.calendar.days")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={change.isPending} onClick={save}>{t("ui.save")}</Button>
        </>
      }
    >
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <div className="set-two">
          <Field id={`${id}-from`} label={t("settings.calendar.from")} issue={wrong}>
            <Input id={`${id}-from`} type="date" value={value.from} onChange={(event) => set({ from: event.target.value, to: event.target.value > value.to ? event.target.value : value.to })} />
          </Field>
          <Field id={`${id}-to`} label={t("settings.calendar.to")}>
            <Input id={`${id}-to`} type="date" value={value.to} onChange={(event) => set({ to: event.target.value })} />
          </Field>
        </div>
        <Radio.Group aria-label={t("settings.calendar.these")} value={value.kind} onChange={(event) => set({ kind: event.target.value as DayChoice })}>
          <div className="cal-choices">
            <Radio value="holiday">{t("settings.calendar.kind.holiday")}</Radio>
            <Radio value="makeup">{t("settings.calendar.kind.makeup")}</Radio>
            <Radio value="week">{t("settings.calendar.asWeek")}</Radio>
          </div>
        </Radio.Group>
        {value.kind === "week" ? null : (
          <Field id={`${id}-name`} label={t("settings.calendar.name")} issue={issueAt(change.error, "/days")}>
            <Input id={`${id}-name`} value={value.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />
          </Field>
        )}
        {change.isError && !issueAt(change.error, "/days") ? <p className="set-issue" role="alert">{errorText(change.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
