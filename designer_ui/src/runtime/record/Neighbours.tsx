import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Describe } from "@/api";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { useRecordPages } from "../list/records";
import type { Trail } from "../list/trail";
import type { ListState } from "./RecordHeader";

interface Props {
  readonly describe: Describe;
  readonly id: number;
  readonly state: ListState;
  readonly trail: Trail | null;
}

const NOTHING = {};
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, "Alt+ArrowDown": 1, "Alt+ArrowUp": -1 };
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=grid]";

/** The place in the list one came from, and the way to the records before and after: buttons, J and K, Alt with arrows. */
export function Neighbours({ describe, id, state, trail }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const pages = useRecordPages(describe.app, describe.key, trail?.query ?? NOTHING, trail !== null && !state.ids);
  const found = trail ? (pages.data?.pages ?? []) : [];
  const ids = state.ids ?? found.flatMap((page) => page.records.map((record) => record.id));
  const count = state.ids ? { value: state.ids.length, exact: true } : found[0]?.count;
  const at = ids.indexOf(id);
  const last = at === ids.length - 1 && !(state.ids ? false : pages.hasNextPage);
  const show = (next: number | undefined) => {
    if (next !== undefined) void navigate(`/a/${describe.app}/${describe.key}/${next}`, { state, replace: true });
  };
  const go = async (step: number) => {
    if (at < 0 || (step < 0 && at === 0) || (step > 0 && last)) return;
    if (ids[at + step] !== undefined) return show(ids[at + step]);
    const more = await pages.fetchNextPage();
    show(more.data?.pages.flatMap((page) => page.records.map((record) => record.id))[at + step]);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.isComposing || event.defaultPrevented || target?.closest(TYPING) || document.querySelector("dialog[open], [role=dialog]")) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const step = plain ? STEPS[(event.altKey ? "Alt+" : "") + event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    void go(step);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  if (at < 0 || (ids.length < 2 && last)) return null;
  const whole = count ? `${format.number(count.value)}${count.exact ? "" : "+"}` : format.number(ids.length);
  return (
    <span className="record-neighbours">
      <span className="muted num">{t("record.position", { at: format.number(at + 1), count: whole })}</span>
      <IconButton label={t("record.previous")} aria-keyshortcuts="K Alt+ArrowUp" disabled={at === 0} onClick={() => void go(-1)}><IconChevronUp size={18} aria-hidden /></IconButton>
      <IconButton label={t("record.next")} aria-keyshortcuts="J Alt+ArrowDown" disabled={last} onClick={() => void go(1)}><IconChevronDown size={18} aria-hidden /></IconButton>
    </span>
  );
}
