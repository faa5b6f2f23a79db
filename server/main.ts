/** `npm start`: opens the platform, fills the demo counties once, serves, sweeps, and stops cleanly. */
import path from "node:path";
import { isOutside } from "@wuxin/declare";
import { fillDemo } from "@wuxin/demo";
import { DomainError } from "@wuxin/kernel";
import { createWorker, explain, log, openPlatform } from "@wuxin/platform";
import { buildApp } from "./app.ts";
import { compose } from "./compose.ts";
import { createHandlers } from "./handlers/index.ts";
import { startSweeps } from "./sweeps.ts";

const started = Date.now();
const step = (chinese: string, english: string) =>
  console.log(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${chinese} / ${english}`);

function fail(error: unknown): never {
  const sentence = explain(error) ?? (error instanceof DomainError ? error.message : undefined);
  if (sentence) console.error(`\n${sentence}`);
  else console.error(error);
  process.exit(1);
}

async function main(): Promise<void> {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || "0.0.0.0";
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new DomainError(
      "bad-port",
      `PORT=${process.env.PORT} 不是有效端口，请设为 1 到 65535 之间的数字。 / PORT must be a number between 1 and 65535.`,
    );
  const platform = await openPlatform({ onStep: (s) => step(s.chinese, s.english) });
  const incoming = path.join(platform.dataDir, "incoming");
  const house = await compose(platform, { incoming });
  const demo = process.env.WUXIN_DEMO !== "off";
  const app = await buildApp({
    ...createHandlers(house, { demo }),
    version: house.version,
    webDir: path.resolve(import.meta.dirname, "..", "web", "dist"),
    trustProxy: process.env.TRUST_PROXY === "1",
    secureCookies: process.env.TRUST_PROXY === "1",
  });
  const worker = createWorker(platform.db, house.jobs, {
    onError: (error) => log.error("job failed", { error }),
  });
  let stopSweeps: (() => Promise<void>) | undefined;
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    step("正在停止", "stopping");
    await app.close();
    await stopSweeps?.();
    await worker.stop();
    await platform.close();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  try {
    if (demo)
      await fillDemo(
        house,
        (clock) => compose(platform, { clock, incoming }),
        (s) => step(s.chinese, s.english),
      );
    await app.listen({ port, host });
  } catch (error) {
    await platform.close();
    throw error;
  }
  stopSweeps = startSweeps(house);
  worker.start();
  step(
    `已就绪：http://localhost:${port}（居民） http://localhost:${port}/console/（工作人员） http://localhost:${port}/api/docs（接口）`,
    "ready",
  );
  if (demo) await announceDemo(house);
}

async function announceDemo(house: Awaited<ReturnType<typeof compose>>): Promise<void> {
  const { demoAccounts } = await import("@wuxin/demo");
  const accounts = demoAccounts(house.counties.list());
  const [first] = accounts;
  if (!first) return;
  console.log(`
演示数据，均为虚构 / all demo data is invented. 各县登录名相同，密码 ${first.password} / same login names in every county：`);
  for (const a of accounts.filter((x) => x.county === first.county && !isOutside(x.role)))
    console.log(`  ${a.loginName.padEnd(10)} ${a.roleName}`);
  for (const a of accounts.filter((x) => isOutside(x.role)))
    console.log(`  ${a.loginName.padEnd(10)} ${a.roleName}（${a.countyName} ${a.scopeName}）`);
  console.log(
    `  县（区） / counties：${house.counties
      .list()
      .map((c) => c.name)
      .join("、")}`,
  );
}

process.on("unhandledRejection", (error) => {
  log.error("unhandled rejection", { error });
});
main().catch(fail);
