/** What happened in a simulation, step by step: who got what and when, which values were set, who was told. */
import type { PlayedEffect, PlayedStep, Simulation } from "@/model/workflows";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { IconBell, IconMessage, IconPencilCog, IconPlus, IconSitemap, IconStack2, IconWebhook } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Steps that are told; the others say how the engine got there. */
const TOLD = new Set(["started", "entered", "decided", "returned", "reassigned", "added", "asked", "answered", "held", "skipped", "copied", "reminded", "escalated", "timer", "failed", "stopped", "withdrawn", "ended", "created", "updated", "children", "called", "told"]);

const ICONS = { set_fields: IconPencilCog, create_record: IconPlus, update_records: IconStack2, start_children: IconSitemap, call_webhook: IconWebhook, send_message: IconMessage, notify: IconBell };

export function Timeline({ played, onSelect }: { readonly played: Simulation; readonly onSelect: (key: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const told = played.steps.filter(({ event }) => TOLD.has(event));
  const effects = grouped(told, played.effects);
  return (
    <section className="wp-story" aria-label={t("play.story")}>
      <h3>{t("play.story")}</h3>
      <ol>
        {told.map((step) => (
          <li key={step.number}>
            <p>
              <span>{words(step)}{step.node !== null && step.event === "entered" ? <>{" "}<button type="button" className="perm-link" onClick={() => onSelect(step.node ?? "")}>{format.label(step.label)}</button></> : null}{step.signed ? <> <Tag color="gray">{t("play.signed")}</Tag></> : null}</span>
              <time className="muted num" dateTime={step.at}>{format.dateTime(step.at)}</time>
            </p>
            {(effects.get(step.number) ?? []).map((effect, index) => <EffectLine key={index} effect={effect} />)}
          </li>
        ))}
      </ol>
    </section>
  );

  function words(step: PlayedStep): string {
    const people = step.people.map(({ name }) => name).join(", ");
    return t(`play.event.${step.event}`, {
      node: format.label(step.label),
      name: step.user?.name ?? t("play.machine"),
      people,
      decision: format.label(step.decision_label),
      to: format.label(step.to),
      status: format.label(played.status_label),
    });
  }
}

function EffectLine({ effect }: { readonly effect: PlayedEffect }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = ICONS[effect.kind];
  const values = effect.values.map(({ label, text }) => (text ? t("play.value", { field: format.label(label), value: text }) : format.label(label))).join(" · ");
  const people = effect.people.map(({ name }) => name).join(", ");
  const text = effect.kind === "notify" ? t("play.tells", { people, what: t(`play.notice.${effect.notice ?? "task"}`) }) : [t(`play.effect.${effect.kind}`), effect.call ? `${effect.call.method} ${effect.call.url}` : values || people].filter(Boolean).join(": ");
  return <p className="wp-effect"><Icon size={14} aria-hidden /><span>{text}</span></p>;
}

/** What was wished for, under the last told step before it; the same message to several people is one line. */
function grouped(told: readonly PlayedStep[], effects: readonly PlayedEffect[]): ReadonlyMap<number, readonly PlayedEffect[]> {
  const found = new Map<number, PlayedEffect[]>();
  for (const effect of effects) {
    if (effect.kind === "notify" && effect.people.length === 0) continue;
    const at = [...told].reverse().find(({ number }) => number <= effect.step)?.number ?? told[0]?.number ?? 0;
    const list = found.get(at) ?? [];
    const same = effect.kind === "notify" ? list.findIndex((one) => one.kind === "notify" && one.notice === effect.notice && one.node === effect.node) : -1;
    const before = list[same];
    if (before) list[same] = { ...before, people: [...before.people, ...effect.people] };
    else list.push(effect);
    found.set(at, list);
  }
  return found;
}
