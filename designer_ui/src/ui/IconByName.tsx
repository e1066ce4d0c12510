import {
  IconAddressBook, IconAlertTriangle, IconArrowsExchange, IconBan, IconBolt, IconBox, IconBriefcase, IconBucket, IconCategory, IconBuilding, IconBuildingStore, IconCalendar, IconCash, IconChartBar, IconCheck, IconCircleCheck, IconCircleX,
  IconChecklist, IconClipboard, IconClock, IconContract, IconDatabase, IconFile, IconFileInvoice, IconFileText, IconFlag, IconFolder,
  IconForms, IconGift, IconHeadset, IconHeart, IconHome, IconId, IconInbox, IconLayoutKanban, IconList, IconMail, IconMap, IconMessage,
  IconMessageDots, IconMessages, IconNote, IconPackage, IconPhone, IconPlayerPause, IconPlayerPlay, IconPlus, IconPool, IconReceipt, IconReportMoney, IconRocket, IconSchool, IconSettings,
  IconShoppingCart, IconSpeakerphone, IconStar, IconSwords, IconTag, IconTarget, IconTargetArrow, IconTool, IconTrophy, IconTruck, IconUser, IconUserPlus,
  IconUsers, IconUsersGroup, type Icon,
} from "@tabler/icons-react";

/** The icons a definition may name; anything else shows as a form. */
const ICONS: Readonly<Record<string, Icon>> = {
  "address-book": IconAddressBook, "alert-triangle": IconAlertTriangle, "arrows-exchange": IconArrowsExchange, ban: IconBan, bolt: IconBolt, box: IconBox, briefcase: IconBriefcase, bucket: IconBucket, category: IconCategory, building: IconBuilding,
  "building-store": IconBuildingStore, calendar: IconCalendar, cash: IconCash, "chart-bar": IconChartBar, check: IconCheck, "circle-check": IconCircleCheck, "circle-x": IconCircleX, checklist: IconChecklist,
  clipboard: IconClipboard, clock: IconClock, contract: IconContract, database: IconDatabase, file: IconFile,
  "file-invoice": IconFileInvoice, "file-text": IconFileText, flag: IconFlag, folder: IconFolder, forms: IconForms, gift: IconGift,
  headset: IconHeadset, heart: IconHeart, home: IconHome, id: IconId, inbox: IconInbox, "layout-kanban": IconLayoutKanban, list: IconList,
  mail: IconMail, map: IconMap, message: IconMessage, "message-dots": IconMessageDots, messages: IconMessages, note: IconNote, package: IconPackage, phone: IconPhone, "player-pause": IconPlayerPause, "player-play": IconPlayerPlay, plus: IconPlus,
  pool: IconPool, receipt: IconReceipt, "report-money": IconReportMoney, rocket: IconRocket, school: IconSchool, settings: IconSettings,
  "shopping-cart": IconShoppingCart, speakerphone: IconSpeakerphone, star: IconStar, swords: IconSwords, tag: IconTag, target: IconTarget, "target-arrow": IconTargetArrow,
  tool: IconTool, trophy: IconTrophy, truck: IconTruck, user: IconUser, "user-plus": IconUserPlus, users: IconUsers,
  "users-group": IconUsersGroup,
};

export function IconByName({ name, size = 18 }: { name: string | null | undefined; size?: number }) {
  const Shape = ICONS[name ?? ""] ?? IconForms;
  return <Shape size={size} stroke={1.6} aria-hidden />;
}
