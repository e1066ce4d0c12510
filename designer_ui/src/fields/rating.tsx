import { IconStarFilled } from "@tabler/icons-react";
import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";

function Cell({ value, field }: CellProps) {
  const maximum = numberSetting(field, "maximum") ?? 5;
  return (
    <span className="f-rating" role="img" aria-label={`${String(value)} / ${maximum}`}>
      {Array.from({ length: maximum }, (_, index) => (
        <IconStarFilled key={index} size={14} className={index < Number(value) ? "" : "off"} aria-hidden />
      ))}
    </span>
  );
}

const rating: FieldTypeUi = {
  type: "rating",
  Cell,
  Input: lazyInput(() => import("./inputs/RatingInput")),
  text: (value) => String(value),
  width: 110,
};

export default rating;
