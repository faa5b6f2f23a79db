import { DomainError, newId } from "@wuxin/kernel";
import { type Actor, type Database, nobody, systemActor, type Tx } from "./database.ts";

/** How far a job is; `checkpoint` is given back to whoever takes the job up after a crash. */
export interface Progress {
  readonly done: number;
  readonly total?: number;
  readonly checkpoint?: unknown;
}

export interface JobRow {
  readonly id: string;
  readonly countyCode: string;
  readonly kind: string;
  readonly input: unknown;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly checkpoint: unknown;
  readonly report: unknown;
  /** A sentence for the person who asked for the job. */
  readonly error: string | null;
  readonly attempts: number;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** What a handler works with. */
export interface JobContext {
  readonly job: JobRow;
  /** The system, for the job's county. */
  readonly actor: Actor;
  readonly db: Database;
  /**
   * One piece of the work: its writes and its progress commit together, and only while this worker still holds the
   * job; so after a crash the next worker goes on exactly from the last committed piece.
   * Throws to leave the handler when the job was cancelled, taken over, or the worker is stopping: let it pass.
   */
  step(work: (tx: Tx) => Promise<Progress>): Promise<void>;
}

/** Gives the report (JSON) kept with the job. */
export type JobHandler = (context: JobContext) => Promise<unknown>;

export interface WorkerOptions {
  /** How long a silent worker keeps its job (default 4 s: recovered within 5 s of a kill). */
  readonly leaseMs?: number;
  readonly pollMs?: number;
  /** Tries of a job that fails by something other than a DomainError, or whose worker dies (default 3). */
  readonly maxAttempts?: number;
  readonly onError?: (error: unknown) => void;
}

export interface Worker {
  start(): void;
  /** Lets the running piece commit, gives its job back to the queue, and ends. */
  stop(): Promise<void>;
  /** Runs what is due now; gives the number of jobs run. For tests and commands. */
  runDue(): Promise<number>;
}

const COLUMNS = `county_code as "countyCode", id, kind, input, state, done_count as done, total_count as total, checkpoint,
  report, error, attempts, created_by as "createdBy", created_at as "createdAt", ended_at as "endedAt"`;

/** Puts work into the queue, in the caller's transaction. The same id twice is one job. */
export async function enqueue(
  tx: Tx,
  kind: string,
  input: object,
  options: { id?: string; runAfter?: Date } = {},
): Promise<string> {
  const id = options.id ?? newId();
  await tx.exec(
    `insert into job (county_code, id, kind, input, run_after)
     values ($1, $2, $3, $4, coalesce($5, clock_timestamp())) on conflict (county_code, id) do nothing`,
    [tx.actor.countyCode, id, kind, JSON.stringify(input), options.runAfter ?? null],
  );
  return id;
}

export function findJob(tx: Tx, id: string): Promise<JobRow | undefined> {
  return tx.maybe(`select ${COLUMNS} from job where county_code = $1 and id = $2`, [tx.actor.countyCode, id]);
}

/** The county's latest jobs, newest first. */
export function listJobs(tx: Tx, limit = 50): Promise<JobRow[]> {
  return tx.query(`select ${COLUMNS} from job where county_code = $1 order by created_at desc limit $2`, [
    tx.actor.countyCode,
    limit,
  ]);
}

/** A queued job is cancelled at once, a running one after its present piece. Throws `job-over`. */
export async function cancelJob(tx: Tx, id: string): Promise<void> {
  const changed = await tx.exec(
    `update job set cancel_asked = true,
            state = case state when 'queued' then 'cancelled' else state end,
            ended_at = case state when 'queued' then clock_timestamp() end
      where county_code = $1 and id = $2 and state in ('queued', 'running')`,
    [tx.actor.countyCode, id],
  );
  if (changed === 0) throw new DomainError("job-over", "该任务已经结束或不存在，不能取消：请刷新页面。");
}

/** Leaves a handler without being its failure. */
class Leave extends Error {
  readonly why: "cancelled" | "lost" | "stopping";

  constructor(why: Leave["why"]) {
    super(`job left: ${why}`);
    this.why = why;
  }
}

/** One worker runs one job at a time; any number of workers may share a database. */
export function createWorker(
  db: Database,
  handlers: Readonly<Record<string, JobHandler>>,
  options: WorkerOptions = {},
): Worker {
  const leaseMs = options.leaseMs ?? 4_000;
  const maxAttempts = options.maxAttempts ?? 3;
  const me = newId();
  let stopping = false;
  let loop: Promise<void> | undefined;
  let wake = () => {};

  const lease = `lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})`;
  const mine = "county_code = $1 and id = $2 and worker = $3 and state = 'running'";

  function claim(countyCode: string): Promise<JobRow | undefined> {
    return db.transact(systemActor(countyCode), (tx) =>
      tx.maybe<JobRow>(
        `update job set state = 'running', worker = $2, attempts = attempts + 1, ${lease}
          where county_code = $1 and id = (
            select id from job
             where county_code = $1 and kind = any($3)
               and ((state = 'queued' and run_after <= clock_timestamp())
                 or (state = 'running' and lease_until < clock_timestamp()))
             order by run_after, id limit 1 for update skip locked)
          returning ${COLUMNS}`,
        [countyCode, me, Object.keys(handlers)],
      ),
    );
  }

  async function run(job: JobRow): Promise<void> {
    const actor = systemActor(job.countyCode);
    const key = [job.countyCode, job.id, me];
    const end = (state: JobRow["state"], report: unknown, error: string | null, waitSeconds = 0) =>
      db.transact(actor, (tx) =>
        tx.exec(
          `update job set state = $4, report = $5, error = $6, lease_until = null, worker = null,
                  run_after = clock_timestamp() + make_interval(secs => $7::float8),
                  ended_at = case when $4 = 'queued' then null else clock_timestamp() end
            where ${mine}`,
          [...key, state, report === undefined ? null : JSON.stringify(report), error, waitSeconds],
        ),
      );
    if (job.attempts > maxAttempts) {
      await end("failed", undefined, "任务多次中断，已停止：请联系系统管理员查看日志后重新发起。");
      return;
    }
    // Renewed while the handler works; a worker that blocks its event loop for longer loses the job, and `step` notices.
    // One at a time: during a long step each would wait for its row, and all connections with them.
    let beating = false;
    const beat = setInterval(() => {
      if (beating) return;
      beating = true;
      db.transact(actor, (tx) => tx.exec(`update job set ${lease} where ${mine}`, key))
        .catch(() => {})
        .finally(() => {
          beating = false;
        });
    }, leaseMs / 3);
    const step: JobContext["step"] = (work) =>
      db.transact(actor, async (tx) => {
        const held = await tx.maybe<{ cancel: boolean }>(
          `select cancel_asked as cancel from job where ${mine} for update`,
          key,
        );
        if (held === undefined) throw new Leave("lost");
        if (held.cancel) throw new Leave("cancelled");
        if (stopping) throw new Leave("stopping");
        const progress = await work(tx);
        await tx.exec(
          `update job set done_count = $4, total_count = coalesce($5, total_count), checkpoint = coalesce($6, checkpoint), ${lease}
            where ${mine}`,
          [
            ...key,
            progress.done,
            progress.total ?? null,
            progress.checkpoint === undefined ? null : JSON.stringify(progress.checkpoint),
          ],
        );
      });
    try {
      const handler = handlers[job.kind] as JobHandler;
      await end("done", (await handler({ job, actor, db, step })) ?? null, null);
    } catch (error) {
      if (error instanceof Leave) {
        if (error.why === "cancelled") await end("cancelled", undefined, null);
        if (error.why === "stopping") await giveBack(actor, key);
        return;
      }
      options.onError?.(error);
      if (error instanceof DomainError || job.attempts >= maxAttempts) {
        const said =
          error instanceof DomainError ? error.message : "任务出错，已停止：请联系系统管理员查看日志。";
        await end("failed", undefined, said);
      } else {
        await end("queued", undefined, null, 2 ** job.attempts);
      }
    } finally {
      clearInterval(beat);
    }
  }

  /** A stop is not the job's fault and costs it no try. */
  function giveBack(actor: Actor, key: string[]): Promise<number> {
    return db.transact(actor, (tx) =>
      tx.exec(
        `update job set state = 'queued', worker = null, lease_until = null, attempts = attempts - 1 where ${mine}`,
        key,
      ),
    );
  }

  async function runDue(): Promise<number> {
    let ran = 0;
    const counties = await db.read(nobody, (tx) =>
      tx.query<{ code: string }>("select job_due_counties() as code"),
    );
    for (const { code } of counties) {
      for (let job = await claim(code); job !== undefined; job = stopping ? undefined : await claim(code)) {
        await run(job);
        ran++;
      }
    }
    return ran;
  }

  return {
    runDue,
    start() {
      stopping = false;
      loop ??= (async () => {
        while (!stopping) {
          await runDue().catch((error) => options.onError?.(error)); // the database may be restarting: go on
          if (!stopping)
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, options.pollMs ?? 500);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
        }
      })();
    },
    async stop() {
      stopping = true;
      wake();
      await loop;
      loop = undefined;
    },
  };
}
