/** The web server: security headers, limits, the contract's endpoints, OpenAPI, and the built front ends. */
import fs from "node:fs";
import path from "node:path";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { wording } from "@wuxin/contract";
import Fastify from "fastify";
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { z } from "zod";
import { type App, type Doors, mount } from "./http.ts";

z.config({ localeError: wording });

export interface AppOptions extends Doors {
  readonly version: string;
  /** Folder with `console/`, `citizen/` and `field/`; without it only the API is served. */
  readonly webDir?: string;
  /** True behind a reverse proxy that sets X-Forwarded-For. */
  readonly trustProxy: boolean;
  /** Requests a minute and address. */
  readonly requestsPerMinute?: number;
}

export async function buildApp(options: AppOptions): Promise<App> {
  const app: App = Fastify({
    trustProxy: options.trustProxy,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // antd writes its styles at run time
        imgSrc: ["'self'", "data:", "blob:"],
        workerSrc: ["'self'", "blob:"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: null, // TLS ends at the proxy
      },
    },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(compress, { global: true, threshold: 1024, encodings: ["br", "gzip"] });
  await app.register(cookie);
  await app.register(multipart);
  await app.register(rateLimit, { max: options.requestsPerMinute ?? 3000, timeWindow: "1 minute" });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "五心 · 县级民政业务系统",
        version: options.version,
        description:
          "接口由契约生成。除标明公开的以外，都要先登录（POST /api/session），并带请求头 x-wuxin: 1。",
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: "/api/docs", staticCSP: true });
  mount(app, options);
  if (options.webDir && fs.existsSync(path.join(options.webDir, "citizen", "index.html")))
    await serveWeb(app, options.webDir);
  else
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ code: "not-found", message: "没有这个页面或接口。" }),
    );
  return app;
}

/**
 * The worker's phone needs less than the other pages, and what it carries deserves the narrowest door: no style or script
 * from within the page, no frame around it, nothing but this house to talk to.
 */
const FIELD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(";");

/**
 * `/console/…` is the staff's application, `/field/…` the worker's phone, everything else the citizens'; unknown paths give
 * the page, which routes itself.
 */
async function serveWeb(app: App, webDir: string): Promise<void> {
  const longLived = (reply: { header(name: string, value: string): unknown }, file: string) => {
    reply.header(
      "cache-control",
      file.includes(`${path.sep}assets${path.sep}`) ? "public, max-age=31536000, immutable" : "no-cache",
    );
  };
  await app.register(fastifyStatic, {
    root: path.join(webDir, "console"),
    prefix: "/console/",
    setHeaders: longLived,
  });
  await app.register(fastifyStatic, {
    root: path.join(webDir, "field"),
    prefix: "/field/",
    decorateReply: false,
    setHeaders: (reply, file) => {
      longLived(reply, file);
      reply.header("content-security-policy", FIELD_POLICY);
      // The phone's camera and its place; nothing else, and for nobody else.
      reply.header("permissions-policy", "camera=(self), geolocation=(self), microphone=()");
    },
  });
  await app.register(fastifyStatic, {
    root: path.join(webDir, "citizen"),
    prefix: "/",
    decorateReply: false,
    setHeaders: longLived,
  });
  for (const side of ["console", "field"])
    app.get(`/${side}`, { schema: { hide: true } }, (_request, reply) => reply.redirect(`/${side}/`));
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith("/api/"))
      return reply.code(404).send({ code: "not-found", message: "没有这个接口，请查看 /api/docs。" });
    // A file of an earlier build: an answer of HTML would be taken for the script that was asked for.
    if (request.method !== "GET" || request.url.includes("/assets/"))
      return reply.code(404).send({ code: "not-found", message: "没有这个页面。" });
    if (request.url.startsWith("/field/")) return reply.redirect("/field/");
    const side = request.url.startsWith("/console") ? "console" : "citizen";
    return reply.header("cache-control", "no-cache").sendFile("index.html", path.join(webDir, side));
  });
}
