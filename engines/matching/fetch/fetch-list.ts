/** One GET of one list over HTTPS: to a checked address, bounded in time and size, with a sentence for whatever goes wrong. */
import { createHash } from "node:crypto";
import dns from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { type Readable, Transform } from "node:stream";
import { allowedUrl, type FetchHost, mayReach } from "./addresses.ts";

export interface Wanted {
  readonly url: string;
  readonly header: string;
  readonly secret: string | null;
  readonly hosts: readonly FetchHost[];
  readonly limits: { readonly maxBytes: number; readonly silentMs: number; readonly totalMs: number };
  readonly signal: AbortSignal;
}
export interface Fetched {
  readonly fileName: string;
  readonly bytes: number;
  readonly digest: Buffer;
}

/** `again`: worth another try before the next time of the schedule. */
export class FetchError extends Error {
  readonly again: boolean;

  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}
const gone = (message: string) => new FetchError(message, false);
const later = (message: string) => new FetchError(message, true);

/** @throws FetchError; what `keep` had written by then is the caller's to delete */
export async function fetchList(w: Wanted, keep: (from: Readable) => Promise<unknown>): Promise<Fetched> {
  const { url, host } = allowedUrl(w.url, w.hosts);
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = await dns.lookup(name, { all: true }).catch(() => {
    throw later(`找不到主机 ${name} 的地址，请核对网址，或检查服务器的域名解析。`);
  });
  const bad = addresses.find((a) => !mayReach(a.address, host.private));
  if (bad)
    throw gone(
      `${name} 指向 ${bad.address}，是内部地址，本县没有允许（county.yaml 的 fetchHosts 写 private: true），没有去取。`,
    );
  // Asked again on connecting, a name may answer otherwise: the address that was checked is the one that is used.
  const lookup: http.RequestOptions["lookup"] = (_name, options, done) =>
    options.all
      ? (done as (e: null, all: typeof addresses) => void)(null, addresses)
      : (done as (e: null, a: string, f: number) => void)(null, addresses[0]!.address, addresses[0]!.family);
  const whole = AbortSignal.timeout(w.limits.totalMs);
  try {
    const answer = await get(url, { ...w, lookup, signal: AbortSignal.any([w.signal, whole]) });
    return await received(answer, url, w, keep);
  } catch (error) {
    if (error instanceof FetchError || w.signal.aborted) throw error;
    if (whole.aborted) throw later(`取了 ${Math.round(w.limits.totalMs / 60_000)} 分钟还没有取完，已停下。`);
    throw inWords(error as NodeJS.ErrnoException);
  }
}

function get(
  url: URL,
  w: Pick<Wanted, "header" | "secret" | "limits" | "signal"> & { lookup: http.RequestOptions["lookup"] },
): Promise<http.IncomingMessage> {
  const silent = () => later(`对方 ${Math.round(w.limits.silentMs / 1000)} 秒没有动静，已停下。`);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).get(
      url,
      {
        ...{ agent: false, lookup: w.lookup, signal: w.signal, timeout: w.limits.silentMs },
        headers: { accept: "*/*", "accept-encoding": "identity", ...(w.secret && { [w.header]: w.secret }) },
      },
      (answer) => {
        request.on("timeout", () => answer.destroy(silent()));
        resolve(answer);
      },
    );
    request.once("timeout", () => request.destroy(silent()));
    request.on("error", reject);
  });
}

async function received(
  answer: http.IncomingMessage,
  url: URL,
  w: Wanted,
  keep: (from: Readable) => Promise<unknown>,
): Promise<Fetched> {
  const { statusCode: status = 0, headers } = answer;
  const tooBig = () =>
    gone(`文件超过 ${(w.limits.maxBytes / 1e9).toFixed(1)} GB，没有收下，请对方分开提供。`);
  if (status !== 200 || Number(headers["content-length"] ?? 0) > w.limits.maxBytes) {
    answer.destroy();
    throw status === 200 ? tooBig() : refusal(status);
  }
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > w.limits.maxBytes ? tooBig() : null, chunk);
    },
  });
  answer.on("error", (error) => counted.destroy(error));
  counted.on("error", () => answer.destroy());
  await keep(answer.pipe(counted));
  return { fileName: nameOf(url, headers["content-disposition"]), bytes, digest: hash.digest() };
}

function refusal(status: number): FetchError {
  if (status === 401 || status === 403)
    return gone(`对方不认口令（${status}），请系统管理员向对方核实后重新录入。`);
  if (status >= 300 && status < 400)
    return gone(`对方要求转到别的地址（${status}），为了安全不跟着走，请把网址改成最后的地址。`);
  if (status === 404) return later("对方那里还没有这个文件（404），请核对网址，或等对方放好。");
  return later(`对方答复 ${status}，暂时取不到。`);
}

function inWords(error: NodeJS.ErrnoException): FetchError {
  const { code = "" } = error;
  if (code === "ECONNREFUSED") return later("对方的服务没有开（连接被拒绝），请联系对方。");
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE" || error.message === "aborted")
    return later("传到一半断开，没有收下。");
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return gone(`对方的证书不可信（${code}），没有取，请对方换成有效的证书。`);
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(code)) return later("到对方的网络不通，请检查网络。");
  if (code === "ENOSPC") return later("服务器的磁盘满了，请清理后再取。");
  return later(`没有取成（${code || "未知原因"}），请稍后再试或联系对方。`);
}

/** As the answer names it, else as the address does. */
function nameOf(url: URL, disposition = ""): string {
  const starred = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const said = starred ?? plain ?? url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(said).slice(-200) || url.hostname;
  } catch {
    return said.slice(-200);
  }
}
