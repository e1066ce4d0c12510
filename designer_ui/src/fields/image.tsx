import { lazyInput } from "@/catalogue/lazyInput";
import { fileAddress } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { filesOf } from "./parts/files";

function Cell({ value, place }: CellProps) {
  return (
    <span className="f-thumbs">
      {filesOf(value).map((file) => (
        <a key={file.id} href={fileAddress(file.id, place)} title={file.name} download={file.name} onClick={(event) => event.stopPropagation()}>
          <img src={fileAddress(file.id, place)} alt={file.name} loading="lazy" />
        </a>
      ))}
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
