import {
  IconArrowsJoin, IconArrowsSplit, IconCircleCheck, IconClockPause, IconCopyPlus, IconForms, IconHourglass, IconMessage, IconPencilCog, IconPlayerPlay, IconSend, IconSitemap, IconSquareDashed, IconStack2, IconUserCheck, IconWebhook,
  type Icon,
} from "@tabler/icons-react";

const ICONS: Readonly<Record<string, Icon>> = {
  start: IconPlayerPlay,
  approval: IconUserCheck,
  fill_in: IconForms,
  copy: IconSend,
  branch: IconArrowsSplit,
  join: IconArrowsJoin,
  set_fields: IconPencilCog,
  create_record: IconCopyPlus,
  update_records: IconStack2,
  delay: IconHourglass,
  wait_for: IconClockPause,
  sub_workflow: IconSitemap,
  webhook: IconWebhook,
  message: IconMessage,
  end: IconCircleCheck,
};

/** The colour word of a type of node: people, ways, data, time. */
const TONES: Readonly<Record<string, string>> = {
  start: "green", approval: "blue", fill_in: "blue", copy: "cyan", branch: "purple", join: "purple", set_fields: "teal", create_record: "teal", update_records: "teal", delay: "amber", wait_for: "amber", sub_workflow: "indigo", webhook: "orange", message: "cyan", end: "gray",
};

/** The mark of a type of node; one that is not known here shows as an empty box. */
export function NodeIcon({ type, size = 18 }: { readonly type: string; readonly size?: number }) {
  const Shape = ICONS[type] ?? IconSquareDashed;
  return (
    <span className={`wf-icon tone-${TONES[type] ?? "gray"}`} aria-hidden>
      <Shape size={size} stroke={1.6} />
    </span>
  );
}
