import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { FileLink } from "./files/FileLink";
import { useViewer } from "./files/useViewer";
import { filesOf } from "./parts/files";

function Cell({ value, place }: CellProps) {
  const files = filesOf(value).map((file) => ({ file, place }));
  const { open, viewer } = useViewer(files);
  return (
    <span className="f-files">
      {files.map((shown, index) => <FileLink key={shown.file.id} shown={shown} onOpen={() => open(index)} />)}
      {viewer}
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
