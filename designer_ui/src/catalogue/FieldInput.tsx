import { Suspense } from "react";
import { fieldType, type InputProps } from "./registry";

/** A field's input; keeps its place while the control is on its way. */
export function FieldInput(props: InputProps) {
  const { Input } = fieldType(props.field.type);
  return (
    <Suspense fallback={<span className="j-input-waiting" aria-hidden />}>
      <Input {...props} />
    </Suspense>
  );
}
