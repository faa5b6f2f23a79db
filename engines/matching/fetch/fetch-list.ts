/** One GET of one list as a whole file. */
import { createHash } from "node:crypto";
import type http from "node:http";
import { type Readable, Transform } from "node:stream";
import { gone, type Reach, reaching } from "./ask.ts";
import { type Credentials, headersFor } from "./sign.ts";

export interface Wanted extends Reach, Credentials {
  readonly url: string;
}
export interface Fetched {
  readonly fileName: string;
  readonly bytes: number;
  readonly digest: Buffer;
}

/** @throws FetchError; what `keep` had written by then is the caller's to delete */
export const fetchList = (w: Wanted, keep: (from: Readable) => Promise<unknown>): Promise<Fetched> =>
  reaching(w.url, w, async (url, ask) => {
    const request = { url, method: "GET" as const, body: null };
    return received(await ask({ ...request, headers: headersFor(request, w) }), url, w.limits.maxBytes, keep);
  });

async function received(
  answer: http.IncomingMessage,
  url: URL,
  maxBytes: number,
  keep: (from: Readable) => Promise<unknown>,
): Promise<Fetched> {
  const tooBig = () => gone(`文件超过 ${(maxBytes / 1e9).toFixed(1)} GB，没有收下，请对方分开提供。`);
  if (Number(answer.headers["content-length"] ?? 0) > maxBytes) {
    answer.destroy();
    throw tooBig();
  }
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > maxBytes ? tooBig() : null, chunk);
    },
  });
  answer.on("error", (error) => counted.destroy(error));
  counted.on("error", () => answer.destroy());
  await keep(answer.pipe(counted));
  return { fileName: nameOf(url, answer.headers["content-disposition"]), bytes, digest: hash.digest() };
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
