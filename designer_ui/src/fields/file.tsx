import { IconPaperclip } from "@tabler/icons-react";
import { lazyInput } from "@/catalogue/lazyInput";
import { fileAddress } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { filesOf } from "./parts/files";

function Cell({ value, place }: CellProps) {
  const format = useFormat();
  return (
    <span className="f-files">
      {filesOf(value).map((file) => (
        <a
          key={file.id}
          href={fileAddress(file.id, place)}
          download={file.name}
          title={`${file.name} · ${format.bytes(file.size)}`}
          onClick={(event) => event.stopPropagation()}
        >
          <IconPaperclip size={14} aria-hidden />
          <span className="ellipsis">{file.name}</span>
        </a>
      ))}
    </span>
  );
}

const file: FieldTypeUi = {
  type: "file",
  Cell,
  Input: lazyInput(() => import("./inputs/FileInput")),
  text: (value) => filesOf(value).map((one) => one.name).join(", "),
  width: 180,
  wide: true,
};

export default file;
