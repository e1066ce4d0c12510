/** Settings of steps that reach out of the product: fetched with their words when such a step is first chosen. */
import { lazy } from "react";
import { loadOutsideTexts } from "./texts";

export const WebhookSettings = lazy(async () => {
  const [found] = await Promise.all([import("./WebhookSettings"), loadOutsideTexts()]);
  return found;
});

export const MessageSettings = lazy(async () => {
  const [found] = await Promise.all([import("./MessageSettings"), loadOutsideTexts()]);
  return found;
});
