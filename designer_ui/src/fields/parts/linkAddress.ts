/** The address as a link may have it; "example.com" means the web. Null for anything else. */
export function linkAddress(text: string): string | null {
  const address = text.trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(address)) return address;
  if (/^\S+@\S+\.\S+$/.test(address)) return `mailto:${address}`;
  return /^[^\s:/]+\.[^\s:]+$/.test(address) ? `https://${address}` : null;
}
