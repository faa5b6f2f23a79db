/**
 * The contract on Fastify: parse, who is calling, call one handler, reply. Named errors meet HTTP status here and
 * nowhere else. Everything of county business is behind the session's actor; the database does the rest.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import {
  type Contract,
  contract,
  type Endpoint,
  type Input,
  isWording,
  methodOf,
  named,
  type Output,
  Problem,
  pathOf,
  type RouteId,
  statusOf,
} from "@wuxin/contract";
import { isOutside, ROLES } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { type Actor, log } from "@wuxin/platform";
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { z } from "zod";

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who is calling. `actor` of an open endpoint sees nothing until the handler names a county. */
export interface Caller {
  readonly actor: Actor;
  /** The session's token, to end it. */
  readonly token: string;
}
export interface Call {
  readonly caller: Caller | undefined;
  readonly ip: string;
  /** What `Authorization: Bearer` says, for endpoints of machines. */
  readonly bearer: string;
  /** The uploaded file of an `upload` endpoint. */
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  /** The same of a `stream` endpoint: read it once, to its end. */
  readonly incoming?: { readonly name: string; readonly stream: Readable };
  setSession(session: { countyCode: string; token: string; expiresAt: Date } | undefined): void;
}
/** A handler's reply to a `binary` endpoint. */
export interface Download {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer | Readable;
}
/** Engines give readonly values; a reply only reads them. */
export type Reading<T> = T extends readonly (infer U)[]
  ? readonly Reading<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Reading<T[K]> }
    : T;
export type Handler<K extends RouteId> = (
  input: Input<Contract[K], "out">,
  call: Contract[K] extends { readonly access: "public" } ? Call : Call & { readonly caller: Caller },
) => Promise<Contract[K] extends { readonly binary: true } ? Download : Reading<Output<Contract[K]>>>;
export type Handlers = { readonly [K in RouteId]: Handler<K> };
export type SomeHandlers<K extends RouteId> = { readonly [k in K]: Handler<k> };

export const SESSION_COOKIE = "wuxin";
const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

export interface Doors {
  readonly handlers: Handlers;
  /** The caller behind the cookie, or undefined when there is none or it has expired. */
  whoIs(cookie: string): Promise<Caller | undefined>;
  readonly secureCookies: boolean;
  /** Logins, registrations and other tries a minute and address (60); an office shares one address. */
  readonly triesPerMinute?: number;
}

export function mount(app: App, doors: Doors): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply));
  for (const id of Object.keys(contract) as RouteId[]) {
    const e = contract[id] as Endpoint;
    app.route({
      method: methodOf(id),
      url: pathOf(id),
      schema: {
        operationId: id,
        summary: e.summary,
        tags: [tagOf(pathOf(id))],
        ...(e.params && { params: e.params }),
        ...(e.query && { querystring: e.query }),
        ...(e.body && { body: e.body }),
        ...(e.upload && { consumes: ["multipart/form-data"] }),
        response: { ...(e.binary ? {} : { 200: e.response as z.ZodType }), "4xx": Problem, "5xx": Problem },
      },
      ...(e.tries && {
        config: { rateLimit: { max: doors.triesPerMinute ?? 60, timeWindow: "1 minute" } },
      }),
      handler: (request, reply) => answer(id, e, doors, request, reply),
    });
  }
}

async function answer(id: RouteId, e: Endpoint, doors: Doors, request: FastifyRequest, reply: FastifyReply) {
  const cookie = request.cookies[SESSION_COOKIE];
  const caller = cookie ? await doors.whoIs(cookie) : undefined;
  if (e.access !== "public") admit(e.access, caller);
  // A page of another site cannot set this header, so it cannot act in a logged-in officer's name.
  if (request.method !== "GET" && request.headers["x-wuxin"] !== "1" && e.access !== "public")
    throw new DomainError("forbidden", "请求缺少来源标记，请从本系统页面操作。");
  const file = e.upload && !e.stream ? await uploaded(request) : undefined;
  const incoming = e.stream ? await streamed(request) : undefined;
  const call: Call = {
    caller,
    ip: request.ip,
    bearer: /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? "",
    ...(file && { file }),
    ...(incoming && { incoming }),
    setSession(session) {
      if (!session) reply.clearCookie(SESSION_COOKIE, { path: "/" });
      else
        reply.setCookie(SESSION_COOKIE, `${session.countyCode}.${session.token}`, {
          path: "/",
          httpOnly: true,
          sameSite: "lax",
          secure: doors.secureCookies,
          expires: session.expiresAt,
        });
    },
  };
  const handler = doors.handlers[id] as (input: unknown, call: Call) => Promise<unknown>;
  const result = await handler({ params: request.params, query: request.query, body: request.body }, call);
  reply.header("cache-control", "no-store");
  if (!e.binary) return reply.send(result);
  const file2 = result as Download;
  return reply
    .header("content-type", file2.mediaType)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file2.name)}`)
    .send(file2.bytes);
}

function admit(
  access: Exclude<Endpoint["access"], "public">,
  caller: Caller | undefined,
): asserts caller is Caller {
  if (!caller)
    throw new DomainError("not-logged-in", "登录已过期或尚未登录，请重新登录，已填写的内容不会丢失。");
  if (access === "own") return;
  if (access === "session") {
    if (!isOutside(caller.actor.role)) return;
    throw new DomainError("forbidden", "您的账号只看交给本单位的事项，不能打开这里。");
  }
  if ((access as readonly string[]).includes(caller.actor.role)) return;
  const roles = access.map((r) => ROLES[r]).join("、");
  throw new DomainError("forbidden", `您的角色不能做这件事。可以办理的角色：${roles}。`);
}

async function uploaded(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  const part = request.isMultipart()
    ? await request.file({ limits: { fileSize: MAX_UPLOAD_BYTES, files: 1 } })
    : undefined;
  if (!part) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
  const bytes = await part.toBuffer();
  if (bytes.length === 0) throw new DomainError("bad-file", `文件「${part.filename}」是空的，请重新选择。`);
  return { name: part.filename, bytes };
}

/** Lists of a whole province have no useful limit; the disk is the limit. */
async function streamed(request: FastifyRequest): Promise<{ name: string; stream: Readable }> {
  const part = request.isMultipart()
    ? await request.file({ limits: { fileSize: Number.MAX_SAFE_INTEGER, files: 1 } })
    : undefined;
  if (!part) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
  return { name: part.filename, stream: part.file };
}

export function sendProblem(error: FastifyError | DomainError, request: FastifyRequest, reply: FastifyReply) {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((v) => ({
      field: v.instancePath.replace(/^\//, "").replaceAll("/", "."),
      message: v.message ?? "填写有误。",
    }));
    return reply.code(400).send({ code: "invalid-input", message: firstOf(error.validation), fields });
  }
  if (error instanceof DomainError) {
    const status = statusOf(error.code);
    if (status >= 500) log.error(error.message, { route: request.routeOptions.url, error });
    return reply.code(status).send({
      code: error.code,
      message: status >= 500 ? "系统出错，已记录。请稍后再试，仍不行请联系系统管理员。" : error.message,
      ...(error.field && { fields: [{ field: error.field, message: error.message }] }),
      ...fieldsOf(error.details),
    });
  }
  const http = httpSentence(error);
  if (http) return reply.code(http.status).send({ code: http.code, message: http.message });
  log.error("unexpected", { route: request.routeOptions.url, error });
  return reply
    .code(500)
    .send({ code: "internal", message: "系统出错，已记录。请稍后再试，仍不行请联系系统管理员。" });
}

/** Under its field a sentence needs no name; standing alone it does. */
function firstOf([first]: NonNullable<FastifyError["validation"]>): string {
  if (!first?.message) return "填写有误，请检查。";
  const { instancePath, keyword, message, params } = first;
  return isWording(message, { code: keyword, ...params }) ? named(instancePath, message) : message;
}

/** An engine gives field errors as details `{ fields: [...] }`; anything else travels as details. */
function fieldsOf(details: unknown): object {
  if (details === undefined || details === null) return {};
  if (typeof details === "object" && "fields" in details) return { ...(details as object) };
  return { details };
}

function httpSentence(error: FastifyError): { status: number; code: string; message: string } | undefined {
  switch (error.code) {
    case "FST_REQ_FILE_TOO_LARGE":
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return {
        status: 413,
        code: "file-too-large",
        message: "内容太大。附件每份不超过 20 MB，表单文字不超过 1 MB。",
      };
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
      return { status: 400, code: "invalid-input", message: "提交的内容格式不对，请刷新页面重试。" };
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return { status: 400, code: "invalid-input", message: "提交的内容类型不支持，请从本系统页面操作。" };
    default:
      if (error.statusCode === 429)
        return { status: 429, code: "too-many-requests", message: "操作太频繁，请过一分钟再试。" };
      if (error.statusCode && error.statusCode < 500)
        return { status: error.statusCode, code: "invalid-input", message: "请求有误，请刷新页面重试。" };
      return undefined;
  }
}

const tagOf = (path: string): string => path.split("/")[2] ?? "api";
