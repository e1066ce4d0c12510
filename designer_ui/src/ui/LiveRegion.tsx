import { useAnnouncement } from "./announce";

export function LiveRegion() {
  const { text, count } = useAnnouncement();
  return (
    <div className="sr-only" role="status" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  );
}
