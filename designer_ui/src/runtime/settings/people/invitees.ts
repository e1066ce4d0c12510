export interface Invitee {
  readonly name: string;
  readonly email: string;
}

/** "anna.lee@x.com" is Anna Lee until she says otherwise. */
function nameFrom(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._+-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || email;
}

/** People out of text: addresses, or "Name <address>", one a line or separated by comma or semicolon. */
export function readInvitees(text: string): readonly Invitee[] {
  return text
    .split(/[\n,;，；]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, name = "", email = ""] = /^(.*?)[<＜]([^<>＜＞]*)[>＞]$/.exec(part) ?? [];
      const address = (email || part).trim();
      return { name: name.trim().replace(/^"(.*)"$/, "$1") || nameFrom(address), email: address };
    });
}
