import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** What `postmaster.pid` of a cluster says. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
  readonly status: "starting" | "ready" | "stopping" | "unknown";
  /** The Node process that started it, if that process still lives; undefined = it is gone. */
  readonly liveOwner: number | undefined;
}

/** A name for this process that a later process with the same number does not have. */
export function ownerToken(pid: number = process.pid): string {
  return `${pid}:${startMark(pid)}`;
}

/**
 * The server that holds the cluster folder, or undefined when none lives.
 * A `postmaster.pid` left by a dead server (or whose number now belongs to something else, or to a zombie that
 * nobody reaps) is removed: PostgreSQL itself would refuse to start beside it.
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = path.join(cluster, "postmaster.pid");
  let lines: string[];
  try {
    lines = fs.readFileSync(file, "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return undefined;
  const command = commandOf(pid);
  if (!command?.includes("postgres") || !command.includes(cluster)) {
    removeStale(file, pid);
    return undefined;
  }
  const status = lines[7]?.trim();
  return {
    pid,
    socketDir: lines[4]?.trim() ?? "",
    status: status === "ready" || status === "starting" || status === "stopping" ? status : "unknown",
    liveOwner: liveOwner(command),
  };
}

function removeStale(file: string, pid: number): void {
  // Read again: another starter may have written its own between our two looks.
  try {
    if (Math.abs(Number.parseInt(fs.readFileSync(file, "utf8"), 10)) === pid) fs.rmSync(file);
  } catch {
    // Gone already.
  }
}

function liveOwner(command: string): number | undefined {
  const token = /wuxin\.owner=(\d+):(\w*)/.exec(command);
  if (token === null) return undefined;
  const pid = Number(token[1]);
  return commandOf(pid) !== undefined && startMark(pid) === token[2] ? pid : undefined;
}

/** The command line of a living process; undefined when it is gone or a zombie. */
function commandOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return line === "" ? undefined : line;
    } catch {
      return undefined;
    }
  }
  const ps = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  const line = ps.stdout?.trim() ?? "";
  return ps.status === 0 && line !== "" && !line.includes("<defunct>") ? line : undefined;
}

/** When the process started, in the kernel's own unit: tells it from a later process of the same number. */
function startMark(pid: number): string {
  if (process.platform !== "linux") {
    const ps = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
    return ps.stdout?.replace(/\W/g, "") ?? "";
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets and may hold blanks; starttime is field 22.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
