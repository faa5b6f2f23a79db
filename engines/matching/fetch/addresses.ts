/** To which machines a fetch may go: those the county declared, and at addresses that are no inner ones unless it said so. */
import { BlockList, isIP } from "node:net";
import { DomainError } from "@wuxin/kernel";

/** A host that a county's file allows (`fetchHosts`). */
export interface FetchHost {
  readonly host: string;
  /** Unsaid: the usual one of the scheme. */
  readonly port: number | null;
  /** It stands in the county's own network. */
  readonly private: boolean;
  /** It has no TLS; only in the county's own network. */
  readonly plain: boolean;
}

const list = (...nets: readonly string[]): BlockList => {
  const blocked = new BlockList();
  for (const net of nets) {
    const [address = "", bits] = net.split("/");
    blocked.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return blocked;
};
const INNER = list(
  ...["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"],
  ...["::1/128", "fc00::/7"],
);
/** Never, whatever a county says: this machine's "any", link-local (where clouds keep their keys), multicast, reserved. */
const NEVER = list(
  ...["0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ...[
    "::/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "2002::/16",
    "2001::/32",
  ],
);

/** An IPv4 address written as an IPv6 one is judged as what it is. */
const asIs = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

export function mayReach(address: string, inner: boolean): boolean {
  const is = asIs(address);
  const family = isIP(is);
  if (family === 0 || (family === 6 && /^::ffff:/i.test(is))) return false;
  const kind = family === 6 ? "ipv6" : "ipv4";
  return !NEVER.check(is, kind) && (inner || !INNER.check(is, kind));
}

/** @throws DomainError invalid-input, with the way out */
export function allowedUrl(typed: string, hosts: readonly FetchHost[]): { url: URL; host: FetchHost } {
  const no = (message: string) => new DomainError("invalid-input", message, { field: "url" });
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    throw no("网址写法不对，应像 https://主机/文件.csv。");
  }
  if (url.username || url.password) throw no("口令不要写在网址里，请填在“口令”一栏。");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw no("只能用 https 取。");
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? null : Number(url.port);
  const host = hosts.find((h) => h.host === name && h.port === port);
  if (!host)
    throw no(
      `本县没有允许到 ${url.host} 取数据。允许的主机写在本县的 county.yaml（fetchHosts），现有：${hosts.map(hostWords).join("、") || "无"}。`,
    );
  if (url.protocol === "http:" && !host.plain)
    throw no(`到 ${url.host} 应当用 https；对方确实没有的，在 county.yaml 里写明 plain: true。`);
  return { url, host };
}
export const hostWords = (h: FetchHost): string => (h.port === null ? h.host : `${h.host}:${h.port}`);
