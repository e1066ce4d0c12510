import { IconPaperclip } from "@tabler/icons-react";
import type { MouseEvent, ReactNode } from "react";
import { useFormat } from "@/ui/format";
import type { ShownFile } from "./FileViewer";
import { useFileAddress } from "./task";

interface Props {
  readonly shown: ShownFile;
  readonly onOpen: () => void;
  readonly icon?: ReactNode;
}

/** The name of a file: pressing it opens the viewer; with Ctrl it is a link like any other. */
export function FileLink({ shown: { file, place }, onOpen, icon = <IconPaperclip size={14} aria-hidden /> }: Props) {
  const fileAddress = useFileAddress();
  const format = useFormat();
  const onClick = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a className="f-filelink" href={fileAddress(file.id, place)} download={file.name} title={`${file.name} · ${format.bytes(file.size)}`} onClick={onClick}>
      {icon}
      <span className="ellipsis">{file.name}</span>
    </a>
  );
}
