import { lazy } from "react";

/** Few decisions are signed: what one signs with comes when it is needed. */
export const SignatureInput = lazy(async () => ({ default: (await import("./SignatureInput")).SignatureInput }));
export { useKeepSignature } from "./calls";
export { SignatureMark } from "./SignatureMark";
export type { Signed } from "./SignatureInput";
