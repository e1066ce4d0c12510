/** Within a task files are fetched through it: whoever decides may see what its step shows, whatever else he may. */
import { fileAddress, type FilePlace } from "@/api";
import { createContext, useContext } from "react";

/** The task that is looked at; missing elsewhere. */
export const FilesOfTask = createContext<number | undefined>(undefined);

export function useFileAddress(): (id: number, place?: FilePlace) => string {
  const task = useContext(FilesOfTask);
  return (id, place) => fileAddress(id, place && task !== undefined ? { ...place, task } : place);
}
