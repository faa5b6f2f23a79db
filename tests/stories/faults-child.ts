/** A process of its own for the test that kills it: works on jobs, makes a roster, or loads a return. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Month } from "@wuxin/kernel";
import { type Actor, connect, createVault, createWorker, openFileStore } from "@wuxin/platform";
import { compose } from "@wuxin/server";

export interface Asked {
  readonly appUrl: string;
  readonly actor: Actor;
  readonly what:
    | { readonly kind: "work"; readonly piece: number }
    | { readonly kind: "roster"; readonly id: string; readonly month: Month }
    | { readonly kind: "return"; readonly rosterId: string; readonly id: string; readonly file: string };
}
const asked = JSON.parse(process.argv[2] as string) as Asked;
const { appUrl, actor, what } = asked;
const vault = createVault(Buffer.alloc(64, 7));
const db = connect(appUrl);
const files = openFileStore(fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-faults-")), vault);
const house = await compose({ db, vault, files }, what.kind === "work" ? { repricePiece: what.piece } : {});
process.stdout.write("ready\n");
switch (what.kind) {
  case "work":
    createWorker(db, house.jobs, { leaseMs: 400, pollMs: 50 }).start();
    break;
  case "roster":
    await house.as({ actor }, (tx) => house.payments.generate(tx, { id: what.id, month: what.month }));
    process.stdout.write("done\n");
    process.exit(0);
    break;
  case "return":
    await house.as({ actor }, (tx) =>
      house.payments.loadReturn(tx, what.rosterId, {
        ...{ id: what.id, fileName: "回盘.csv", bytes: fs.readFileSync(what.file) },
      }),
    );
    process.stdout.write("done\n");
    process.exit(0);
}
