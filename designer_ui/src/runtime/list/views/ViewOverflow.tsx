/** All views as a menu, offered when the tabs do not fit beside each other. */
import type { ViewJson } from "@/api";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconChevronDown } from "@tabler/icons-react";
import { OnDemandDropdown } from "@/ui/OnDemandDropdown";
import { useEffect, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly row: RefObject<HTMLElement | null>;
  readonly views: readonly ViewJson[];
  readonly current: string;
  readonly onOpen: (key: string) => void;
}

export function ViewOverflow({ row, views, current, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    const measure = (): void => setOver(element.scrollWidth > element.clientWidth + 1);
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    measure();
    return () => watcher.disconnect();
  }, [row, views]);
  if (!over) return null;
  const items = views.map((view) => ({ key: view.key, label: format.label(view.label), onClick: () => onOpen(view.key) }));
  return (
    <OnDemandDropdown menu={{ items, selectedKeys: [current] }} trigger={["click"]} placement="bottomRight">
      <IconButton label={t("list.view.others")} aria-haspopup="menu">
        <IconChevronDown size={18} />
      </IconButton>
    </OnDemandDropdown>
  );
}
