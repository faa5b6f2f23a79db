/** Asking a machine that the county allows: at the address that was checked, bounded in time, with a sentence for whatever goes wrong. */
import dns from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { allowedUrl, type FetchHost, mayReach } from "./addresses.ts";

export interface Reach {
  readonly hosts: readonly FetchHost[];
  readonly limits: { readonly maxBytes: number; readonly silentMs: number; readonly totalMs: number };
  readonly signal: AbortSignal;
}
export interface Request {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}
/** Resolves with an answer of status 200. */
export type Ask = (request: Request) => Promise<http.IncomingMessage>;

/** `again`: worth another try before the next time of the schedule. */
export class FetchError extends Error {
  readonly again: boolean;

  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}
export const gone = (message: string) => new FetchError(message, false);
export const later = (message: string) => new FetchError(message, true);

/** @throws FetchError, whatever breaks inside */
export async function reaching<T>(
  typed: string,
  r: Reach,
  work: (url: URL, ask: Ask) => Promise<T>,
): Promise<T> {
  const { url, host } = allowedUrl(typed, r.hosts);
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
  const whole = AbortSignal.timeout(r.limits.totalMs);
  const signal = AbortSignal.any([r.signal, whole]);
  try {
    return await work(url, async (request) => {
      const answer = await send(request, { silentMs: r.limits.silentMs, lookup, signal });
      if (answer.statusCode === 200) return answer;
      answer.destroy();
      throw refusal(answer.statusCode ?? 0);
    });
  } catch (error) {
    if (error instanceof FetchError || r.signal.aborted) throw error;
    if (whole.aborted) throw later(`取了 ${Math.round(r.limits.totalMs / 60_000)} 分钟还没有取完，已停下。`);
    throw inWords(error as NodeJS.ErrnoException);
  }
}

function send(
  { url, method, headers, body }: Request,
  o: { silentMs: number; lookup: http.RequestOptions["lookup"]; signal: AbortSignal },
): Promise<http.IncomingMessage> {
  const silent = () => later(`对方 ${Math.round(o.silentMs / 1000)} 秒没有动静，已停下。`);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(
      url,
      {
        ...{ method, agent: false, lookup: o.lookup, signal: o.signal, timeout: o.silentMs },
        headers: { accept: "*/*", "accept-encoding": "identity", ...headers },
      },
      (answer) => {
        request.on("timeout", () => answer.destroy(silent()));
        resolve(answer);
      },
    );
    request.once("timeout", () => request.destroy(silent()));
    request.on("error", reject);
    request.end(body ?? undefined);
  });
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
