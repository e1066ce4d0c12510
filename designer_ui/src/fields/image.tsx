import { useTranslation } from "react-i18next";
import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useViewer } from "./files/useViewer";
import { filesOf } from "./parts/files";
import { useFileAddress } from "./files/task";

function Cell({ value, place }: CellProps) {
  const fileAddress = useFileAddress();
  const { t } = useTranslation();
  const files = filesOf(value).map((file) => ({ file, place }));
  const { open, viewer } = useViewer(files);
  return (
    <span className="f-thumbs">
      {files.map(({ file }, index) => (
        <button
          key={file.id}
          type="button"
          title={file.name}
          aria-label={t("fields.showFile", { name: file.name })}
          onClick={(event) => {
            event.stopPropagation();
            open(index);
          }}
        >
          <img src={fileAddress(file.id, place)} alt="" loading="lazy" />
        </button>
      ))}
      {viewer}
    </span>
  );
}

const image: FieldTypeUi = {
  type: "image",
  Cell,
  Input: lazyInput(() => import("./inputs/ImageInput")),
  text: (value) => filesOf(value).map((file) => file.name).join(", "),
  width: 120,
  wide: true,
};

export default image;
