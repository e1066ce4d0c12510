import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { lazyInput } from "@/catalogue/lazyInput";
import { fileAddress } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { filesOf } from "./parts/files";

const ImagePreview = lazy(() => import("./parts/ImagePreview"));

function Cell({ value, place }: CellProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<number | null>(null);
  const files = filesOf(value);
  return (
    <span className="f-thumbs">
      {files.map((file, index) => (
        <button
          key={file.id}
          type="button"
          title={file.name}
          aria-label={t("fields.preview.open", { name: file.name })}
          onClick={(event) => {
            event.stopPropagation();
            setShown(index);
          }}
        >
          <img src={fileAddress(file.id, place)} alt="" loading="lazy" />
        </button>
      ))}
      {shown === null ? null : (
        <Suspense fallback={null}>
          <ImagePreview files={files} first={shown} place={place} onClose={() => setShown(null)} />
        </Suspense>
      )}
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
