/** Where to go after signing in. Only addresses of our own: a sign-in link must not lead away. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
