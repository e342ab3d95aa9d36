/** WeCom's errmsg taken apart: `<text>, hint: [<id>], from ip: <ip>, more info at <url>`. */
export interface ParsedErrmsg {
  readonly base: string;
  /** Id under which WeCom's support finds the call. */
  readonly hint: string | null;
  /** The address that WeCom saw the call come from; not in every answer. */
  readonly ip: string | null;
}

// Every part after the text is optional. Bounded parts: each place where one might begin is looked at only so
// far.
const ERRMSG = /^(.*?)(?:, hint: \[([^\]]{0,200})\])?(?:, from ip: ([^,\s]{1,100}))?(?:, more info at .*)?$/s;

/** Takes an errmsg apart; never fails, a text of another form is all `base`. */
export function parseErrmsg(errmsg: string): ParsedErrmsg {
  const match = ERRMSG.exec(errmsg);
  return { base: match?.[1] ?? errmsg, hint: match?.[2] ?? null, ip: match?.[3] ?? null };
}
