import { createContext, use } from "react";
import type { RelationJson } from "@/api";

/** A record that a picker misses: its form, and what was typed for it so far. */
export interface CreateRequest {
  readonly app: string;
  readonly form: string;
  readonly typed: string;
  readonly onCreated: (record: RelationJson) => void;
}

/** Opens a small form for a missing record; null where there is no place for one. */
export const CreateRelated = createContext<((request: CreateRequest) => void) | null>(null);

export const useCreateRelated = () => use(CreateRelated);
